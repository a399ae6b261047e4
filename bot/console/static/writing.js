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
  // A finding stands beside the words: pressing it shows the paragraph in the phone and marks the words in the editor.
  function lead(finding) {
    var page = phone.contentDocument, there = page && finding.anchor && page.getElementById(finding.anchor);
    if (page) page.querySelectorAll("[data-found]").forEach(function (e) { e.style.outline = ""; delete e.dataset.found; });
    if (there) { there.dataset.found = "yes"; there.style.outline = "3px solid #7a4a00"; there.scrollIntoView({ block: "center" }); }
    var field = { "标题": "title", "摘要": "digest", "原文链接": "source_url" }[finding.place];
    if (field) form.elements[field].focus(); else if (!select(finding.words)) select(finding.passage.split("\n")[0]);
  }
  function select(words) {  // in the editor, wherever its elements divide them
    var walker = document.createTreeWalker(editor.pane, NodeFilter.SHOW_TEXT), nodes = [], text = "";
    while (walker.nextNode()) { nodes.push([walker.currentNode, text.length]); text += walker.currentNode.data; }
    var start = words ? text.indexOf(words) : -1, range = document.createRange();
    if (start < 0) return false;
    function at(place) { return nodes.filter(function (pair) { return pair[1] <= place; }).pop(); }
    var first = at(start), last = at(start + words.length - 1);
    range.setStart(first[0], start - first[1]); range.setEnd(last[0], start + words.length - last[1]);
    getSelection().removeAllRanges(); getSelection().addRange(range);
    first[0].parentElement.scrollIntoView({ block: "center" });
    return true;
  }
  function show_findings(found) {
    if (!found.length) return;
    var p = document.createElement("p"), list = document.createElement("ol"), stops = found.filter(function (f) { return f.severity !== "query"; }).length;
    p.textContent = "检查：" + (stops ? stops + " 处要改，" : "") + "共 " + found.length + " 处。点一下看在哪里。";
    list.className = "findings";
    found.forEach(function (finding) {
      var li = document.createElement("li"), button = document.createElement("button"), why = document.createElement("p");
      button.type = "button"; button.className = "button quiet";
      button.textContent = finding.word + " · " + finding.place + "：" + finding.what + (finding.shown && finding.words ? "“" + finding.shown + "”" : "");
      button.addEventListener("click", function () { lead(finding); });
      why.textContent = finding.advice + " " + finding.why; why.className = "soft";
      if (finding.severity !== "query") li.className = "stops";
      li.append(button, why); list.append(li);
    });
    findings.append(p, list);
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
      list("要改的：", told.faults); show_findings(told.findings || []); list("请看一眼：", told.warnings);
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
