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
      form.elements.file.dispatchEvent(new CustomEvent("taken", { detail: "“" + file.name + "”收进正文了，在下面接着改。" }));
      var named = /[\u4e00-\u9fff]/.test(file.name) ? file.name.replace(/\.[^.]+$/, "") : "";  // lib.docx is nobody's title
      if (!form.elements.title.value && (told.title || named)) { form.elements.title.value = told.title || named; form.elements.title.dispatchEvent(new Event("input", { bubbles: true })); }
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
  function drop() {  // what is missing may stand far up in a long text
    var button = document.createElement("button");
    button.type = "button"; button.className = "button second"; button.textContent = "删掉没有过来的图片";
    button.addEventListener("click", editor.drop);
    findings.append(button);
  }
  // A finding stands beside the words: pressing it shows the paragraph in the phone and marks the words in the editor.
  function lead(finding) {
    var page = phone.contentDocument, there = page && finding.anchor && page.getElementById(finding.anchor);
    if (page) page.querySelectorAll("[data-found]").forEach(function (e) { e.style.outline = ""; delete e.dataset.found; });
    if (there) { there.dataset.found = "yes"; there.style.outline = "3px solid #7a4a00"; there.scrollIntoView({ block: "center" }); }
    var field = { "标题": "title", "摘要": "digest", "原文链接": "source_url" }[finding.place];
    if (field) form.elements[field].focus(); else if (!select(finding.words)) select(finding.passage.split("\n")[0]);
  }
  function range_of(words, from) {  // in the editor, wherever its elements divide them
    var walker = document.createTreeWalker(editor.pane, NodeFilter.SHOW_TEXT), nodes = [], text = "";
    while (walker.nextNode()) { nodes.push([walker.currentNode, text.length]); text += walker.currentNode.data; }
    var start = words ? text.indexOf(words, from || 0) : -1, range = document.createRange();
    if (start < 0) return null;
    function at(place) { return nodes.filter(function (pair) { return pair[1] <= place; }).pop(); }
    var first = at(start), last = at(start + words.length - 1);
    range.setStart(first[0], start - first[1]); range.setEnd(last[0], start + words.length - last[1]);
    range.offset = start;
    return range;
  }
  function select(words) {
    var range = range_of(words);
    if (!range) return false;
    getSelection().removeAllRanges(); getSelection().addRange(range);
    range.startContainer.parentElement.scrollIntoView({ block: "center" });
    return true;
  }
  // The words found stand underlined in the editor, where the browser can do that without touching the text.
  function underline(found) {
    if (!window.Highlight || !CSS.highlights) return;
    var ranges = found.map(function (finding) { return place_of(finding) || range_of(finding.words); }).filter(Boolean);
    CSS.highlights.set("found", new Highlight(...ranges));
  }
  function squeezed(text) { return text.replace(/\s+/g, ""); }
  // Where exactly what one press would replace stands: in its own paragraph, after as many of the same as come before it.
  function place_of(finding) {
    if (!finding.stands || /\n/.test(finding.stands)) return null;
    for (var from = 0, range; (range = range_of(finding.stands, from)); from = range.offset + finding.stands.length) {
      var start = range.startContainer.parentElement, block = start.closest("p,li,td,th,h1,h2,h3,h4,blockquote,section,div") || editor.pane;
      if (squeezed(block.textContent).indexOf(squeezed(finding.passage)) < 0) continue;
      for (var skip = +finding.before; skip && range; skip -= 1) range = range_of(finding.stands, range.offset + finding.stands.length);
      return range;
    }
    return null;
  }
  function replace(finding) {
    var field = { "标题": "title", "摘要": "digest" }[finding.place], input = field && form.elements[field], range;
    if (input) { input.value = input.value.replace(finding.stands, finding.instead); input.dispatchEvent(new Event("input", { bubbles: true })); return true; }
    range = place_of(finding);
    if (!range) return false;
    editor.put([document.createTextNode(finding.instead)], range);
    return true;
  }
  function presser(finding) {  // one press for what can be put right here; files are changed after saving
    var button = document.createElement("button");
    button.type = "button"; button.className = "button second"; button.textContent = finding.press;
    button.addEventListener("click", function () { if (replace(finding)) button.disabled = true; else lead(finding); });
    return button;
  }
  function show_findings(found) {
    underline(found);
    if (!found.length) return;
    var p = document.createElement("p"), list = document.createElement("ol");
    p.textContent = "点一下看在哪里。";
    list.className = "findings";
    found.forEach(function (finding) {
      var li = document.createElement("li"), button = document.createElement("button"), why = document.createElement("p");
      button.type = "button"; button.className = "button quiet";
      button.textContent = finding.word + " · " + finding.place + "：" + finding.what + (finding.shown && finding.words ? "“" + finding.shown + "”" : "");
      button.addEventListener("click", function () { lead(finding); });
      why.textContent = (finding.press && finding.instead && !/\*/.test(finding.instead) ? "" : finding.advice + " ") + finding.why; why.className = "soft";
      if (finding.severity !== "query") li.className = "stops";
      li.append(button, why);
      if (finding.press && !/^附件/.test(finding.place)) li.append(presser(finding));
      list.append(li);
    });
    findings.append(p, list);
  }
  var counted = form.querySelector("[data-count]");
  function count(stops, queries) {  // above all that was found, and beside the button that saves, which is always in sight
    var words = "检查：" + [stops ? stops + " 处要改" : "", queries ? queries + " 处请看一眼" : ""].filter(Boolean).join("，"), all = document.createElement("p");
    counted.hidden = !(stops + queries);
    counted.textContent = all.textContent = words;
    all.className = "strong";
    if (stops + queries) findings.prepend(all);
    counted.className = stops ? "bad-words" : "";
  }
  function data() {
    var all = new FormData(form);
    ["cover", "attach", "file"].forEach(function (name) { all.delete(name); });
    return all;
  }
  function look() {
    var shown = data();
    shown.set("body", editor.seen());
    editor.post(form.dataset.look, shown).then(function (answer) { return answer.ok ? answer.json() : null; }).then(function (told) {
      if (!told) return;
      form.querySelector("[data-time]").textContent = told.time || "";
      if (told.page) phone.srcdoc = told.page;
      findings.replaceChildren();
      var missing = editor.pane.querySelectorAll("img.missing").length;
      if (missing) told.faults.push("有 " + missing + " 张图片没有跟着文字过来。点正文里的红框换一张，或者删掉。");
      list("要改的：", told.faults); if (missing) drop(); show_findings(told.findings || []); list("请看一眼：", told.warnings);
      count(told.faults.length + (told.findings || []).filter(function (f) { return f.severity !== "query"; }).length,
        told.warnings.length + (told.findings || []).filter(function (f) { return f.severity === "query"; }).length);
    }).catch(function () {});
  }
  var expired = document.querySelector("[data-expired]");
  function over(is) { if (expired.hidden === is) { expired.hidden = !is; if (is) expired.scrollIntoView({ block: "nearest" }); } }
  function save() {
    var typed = data();
    typed.set("form", form.dataset.form);
    editor.post(form.dataset.typing, typed).then(function (answer) {
      over(answer.status === 401);
      if (answer.status === 401) return answer.text().then(function (words) { said.textContent = words; });
      if (!answer.ok) { said.textContent = "没有存上，请先不要关这一页。"; return null; }
      return answer.json().then(function (told) {
        said.textContent = told.kept;
        other.hidden = !told.other;
        if (told.other) other.querySelector("strong").textContent = told.other;
      });
    }).catch(function () { said.textContent = "网络断了，没有存上，请先不要关这一页。"; });
  }
  // What a failed save said of a field is over once the field is filled in; the checks beside it go on.
  function solve(event) {
    var pane = event.target === editor.pane || editor.pane.contains(event.target), name = pane ? "body" : event.target.name;
    var filled = pane ? editor.pane.textContent.trim() || editor.pane.querySelector("img") : String(event.target.value || "").trim();
    var box = document.getElementById("faults"), line = name && filled && box && box.querySelector('a[href="#' + name + '"]');
    if (!line) return;
    var field = document.getElementById(name).closest(".field"), error = field && field.querySelector(".error");
    line.closest("li").remove();
    if (error) error.remove();
    if (field) { field.classList.remove("wrong"); document.getElementById(name).removeAttribute("aria-invalid"); }
    var left = box.querySelectorAll("li").length;
    if (left) box.querySelector("strong").textContent = "有 " + left + " 处要改"; else box.remove();
  }
  form.addEventListener("input", solve);
  form.addEventListener("change", solve);
  form.elements.at.addEventListener("change", look);  // a time that is over is said at once
  function changed() { clearTimeout(later); later = setTimeout(function () { look(); save(); }, 1200); }
  form.addEventListener("input", changed);
  form.addEventListener("change", changed);
  looks.hidden = false;
  form.querySelector("[data-look-button]").hidden = true;
  look();
})();
