// The form around the editor: files become its text, counters, the phone beside it, and keeping what is typed.
(function () {
  "use strict";
  var form = document.getElementById("writing"), editor = form.editor, later = null;
  var said = document.querySelector("[data-kept]"), other = document.querySelector("[data-other]");
  var looks = document.querySelector("[data-looks]"), phone = document.querySelector("[data-phone]"), findings = document.querySelector("[data-findings]");

  // A Word or Markdown file, chosen or dropped anywhere on the form, becomes text that one goes on writing.
  function read(file) {
    var data = new FormData();
    data.append("file", file);
    data.append("title", form.elements.title.value);
    return editor.asked(form.dataset.read, data, "正在读“" + file.name + "”…", "文件没有读成，请再试一次。").then(function (told) {
      if (told.fault) { editor.tell(told.fault); return; }
      form.elements.file.value = "";
      editor.add(told.html);
      editor.tell((told.notes || []).join(" "));
      if (!form.elements.title.value) { form.elements.title.value = file.name.replace(/\.[^.]+$/, ""); form.elements.title.dispatchEvent(new Event("input", { bubbles: true })); }
    });
  }
  form.elements.file.addEventListener("change", function (event) {
    event.stopPropagation();
    if (form.elements.file.files[0]) read(form.elements.file.files[0]);
  });
  form.addEventListener("dragover", function (event) { event.preventDefault(); });
  form.addEventListener("drop", function (event) {
    var file = event.dataTransfer.files[0];
    if (!file || event.target.matches("input[type=file]")) return;
    event.preventDefault();
    if (!/^image\//.test(file.type)) read(file);
  });

  // Counters: characters as the platform counts them; they speak near the limit.
  form.querySelectorAll("[data-limit]").forEach(function (field) {
    var counter = document.createElement("span"), limit = +field.dataset.limit;
    counter.className = "counter";
    form.querySelector("label[for=" + field.id + "]").append(counter);
    function count() {
      var length = Array.from(field.value.trim().replace(/\s+/g, " ")).length;
      counter.textContent = length + "/" + limit;
      counter.setAttribute("aria-live", length > limit - 10 ? "polite" : "off");
      counter.classList.toggle("close", length > limit - 10 && length <= limit);
      counter.classList.toggle("over", length > limit);
    }
    field.addEventListener("input", count);
    count();
  });

  function list(words, lines) {
    if (!lines.length) return;
    var p = document.createElement("p"), ul = document.createElement("ul");
    p.textContent = words;
    lines.forEach(function (line) { var li = document.createElement("li"); li.textContent = line; ul.append(li); });
    findings.append(p, ul);
  }
  function data() {
    var all = new FormData(form);
    ["cover", "attach", "file"].forEach(function (name) { all.delete(name); });
    return all;
  }
  function look() {
    editor.post(form.dataset.look, data()).then(function (answer) { return answer.ok ? answer.json() : null; }).then(function (told) {
      if (!told) return;
      if (told.page) phone.srcdoc = told.page;
      findings.replaceChildren();
      list("要改的：", told.faults); list("请看一眼：", told.warnings);
    }).catch(function () {});
  }
  function save() {
    var typed = data();
    typed.set("form", form.dataset.form);
    editor.post(form.dataset.typing, typed).then(function (answer) {
      if (answer.status === 401) return answer.text().then(function (words) { said.textContent = words; });
      if (!answer.ok) { said.textContent = "没有存上，请先不要关这一页。"; return null; }
      return answer.json().then(function (told) {
        said.textContent = told.kept;
        other.hidden = !told.other;
        if (told.other) other.querySelector("strong").textContent = told.other;
      });
    }).catch(function () { said.textContent = "网络断了，没有存上，请先不要关这一页。"; });
  }
  function changed() { clearTimeout(later); later = setTimeout(function () { look(); save(); }, 1200); }
  form.addEventListener("input", changed);
  form.addEventListener("change", changed);
  looks.hidden = false;
  form.querySelector("[data-look-button]").hidden = true;
  look();
})();
