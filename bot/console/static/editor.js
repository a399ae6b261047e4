// The editor: a place to write and to paste into, with the phone beside it. Without this script the text area takes Markdown or HTML.
(function () {
  "use strict";
  var form = document.getElementById("writing");
  var area = document.getElementById("body"), pane = form.querySelector("[data-editor]"), bar = form.querySelector("[data-toolbar]");
  var csrf = document.querySelector("meta[name=csrf]").content;
  var said = document.querySelector("[data-kept]"), other = document.querySelector("[data-other]");
  var later = null;

  function clean(fragment) {  // what the server would take away in any case, so that nothing runs or loads here
    fragment.querySelectorAll("script,style,link,meta,base,iframe,object,embed,form,input,textarea,select,button,title").forEach(function (e) { e.remove(); });
    fragment.querySelectorAll("*").forEach(function (e) {
      Array.from(e.attributes).forEach(function (a) { if (/^on/i.test(a.name) || a.name === "contenteditable") e.removeAttribute(a.name); });
    });
    return fragment;
  }
  function parsed(html) { return clean(new DOMParser().parseFromString(html, "text/html").body); }
  function describe(image) {
    var words = prompt("这张图片里是什么？看不见的人会听到这句话。", image.alt);
    if (words !== null) { image.alt = words; keep(); }
  }
  function show(html) {
    pane.replaceChildren.apply(pane, Array.from(parsed(html).childNodes));
    pane.querySelectorAll("img:not([alt])").forEach(function (image) { image.alt = ""; });
  }
  function keep() { area.value = pane.innerHTML; area.dispatchEvent(new Event("input", { bubbles: true })); }
  function put(nodes) {
    var selection = getSelection(), range = selection.rangeCount && pane.contains(selection.anchorNode) ? selection.getRangeAt(0) : null;
    if (!range) { range = document.createRange(); range.selectNodeContents(pane); range.collapse(false); }
    range.deleteContents();
    var fragment = document.createDocumentFragment();
    fragment.append.apply(fragment, nodes);
    range.insertNode(fragment);
    range.collapse(false);
    keep();
  }
  // Pictures go to the server one by one, so that a form stays light; what cannot be used is said where the work stands.
  function upload(file) {
    var data = new FormData();
    data.append("picture", file, file.name || "图片");
    said.textContent = "正在传图片…";
    return post(form.dataset.pictures, data).then(function (answer) {
      return answer.headers.get("Content-Type").indexOf("json") < 0 ? { fault: "图片没有传上，请再试一次。" } : answer.json();
    }).then(function (told) {
      said.textContent = told.fault || "图片传好了";
      return told.address || "";
    }).catch(function () { said.textContent = "网络断了，图片没有传上。"; return ""; });
  }
  function picture(file) {
    upload(file).then(function (address) {
      if (!address) return;
      var image = document.createElement("img");
      image.src = address;
      put([image]);
      describe(image);
    });
  }
  function bytes(address) {  // of a picture that stands inside the HTML
    var parts = /^data:([^;,]+);base64,(.*)$/.exec(address);
    return parts && new File([Uint8Array.from(atob(parts[2]), function (letter) { return letter.charCodeAt(0); })], "图片", { type: parts[1] });
  }
  function settle(image) {
    var file = bytes(image.src);
    if (file) upload(file).then(function (address) { if (address) { image.src = address; keep(); } });
  }
  function take(data, event) {
    var html = data.getData("text/html"), pictures = Array.from(data.files).filter(function (f) { return /^image\//.test(f.type); });
    if (html) {  // as it was copied: a browser would drop some of its styles
      event.preventDefault();
      var pasted = parsed(html), inside = Array.from(pasted.querySelectorAll("img[src^='data:']"));
      put(Array.from(pasted.childNodes));
      inside.forEach(settle);
    } else if (pictures.length) { event.preventDefault(); pictures.forEach(picture); }
  }

  var TOOLS = [["formatBlock", "标题", "h2"], ["formatBlock", "小标题", "h3"], ["formatBlock", "段落", "p"], ["bold", "加粗"], ["insertUnorderedList", "列表"], ["insertOrderedList", "编号"], ["createLink", "链接"], ["undo", "撤销"], ["removeFormat", "去格式"]];
  TOOLS.forEach(function (tool) {
    var button = document.createElement("button");
    button.type = "button"; button.className = "button second"; button.textContent = tool[1];
    button.addEventListener("click", function () {
      pane.focus();
      var value = tool[0] === "createLink" ? prompt("网址", "https://") : tool[2] || null;
      if (tool[0] !== "createLink" || value) document.execCommand(tool[0], false, value);
      keep();
    });
    bar.append(button);
  });
  var insert = document.createElement("label");
  insert.className = "button second"; insert.textContent = "图片";
  var chooser = document.createElement("input");
  chooser.type = "file"; chooser.accept = "image/*"; chooser.className = "unseen"; chooser.setAttribute("aria-label", "插入图片");
  chooser.addEventListener("change", function () { Array.from(chooser.files).forEach(picture); chooser.value = ""; });
  insert.append(chooser); bar.append(insert);

  if (area.value.trim() && area.value.trim()[0] !== "<") area.value = area.value.split(/\n{2,}/).map(function (p) { var e = document.createElement("p"); e.textContent = p; return e.outerHTML; }).join("");
  var first = area.value;
  show(first);
  area.hidden = true; pane.hidden = false; bar.hidden = false;
  document.execCommand("defaultParagraphSeparator", false, "p");
  pane.addEventListener("input", keep);
  pane.addEventListener("click", function (event) { if (event.target.tagName === "IMG") describe(event.target); });
  pane.addEventListener("paste", function (event) { take(event.clipboardData, event); });
  pane.addEventListener("drop", function (event) { if (event.dataTransfer.files.length) take(event.dataTransfer, event); });
  // A Word file dropped anywhere on the form is the body.
  form.addEventListener("dragover", function (event) { event.preventDefault(); });
  form.addEventListener("drop", function (event) {
    var file = event.dataTransfer.files[0];
    if (!file || /^image\//.test(file.type)) return;
    event.preventDefault();
    form.elements.file.files = event.dataTransfer.files;
    changed();
  });

  // Counters: characters as the platform counts them; they speak near the limit.
  form.querySelectorAll("[data-limit]").forEach(function (field) {
    var counter = document.createElement("span"), limit = +field.dataset.limit;
    counter.className = "counter"; counter.setAttribute("aria-live", "polite");
    form.querySelector("label[for=" + field.id + "]").append(counter);
    function count() {
      var length = Array.from(field.value).length;
      counter.textContent = length + "/" + limit;
      counter.classList.toggle("close", length > limit - 10 && length <= limit);
      counter.classList.toggle("over", length > limit);
    }
    field.addEventListener("input", count);
    count();
  });

  var looks = document.querySelector("[data-looks]"), phone = document.querySelector("[data-phone]"), findings = document.querySelector("[data-findings]");
  function post(address, data) { return fetch(address, { method: "POST", body: data, headers: { "X-CSRF": csrf, "X-Requested-With": "fetch" }, credentials: "same-origin" }); }
  function list(words, lines) { if (!lines.length) return; var p = document.createElement("p"), ul = document.createElement("ul"); p.textContent = words; lines.forEach(function (line) { var li = document.createElement("li"); li.textContent = line; ul.append(li); }); findings.append(p, ul); }
  function look() {
    var data = new FormData(form);
    data.delete("cover"); data.delete("attach");
    post(form.dataset.look, data).then(function (answer) { return answer.ok ? answer.json() : null; }).then(function (told) {
      if (!told) return;
      if (told.page) phone.srcdoc = told.page;
      findings.replaceChildren();
      list("要改的：", told.faults); list("请看一眼：", told.warnings);
    }).catch(function () {});
  }
  function save() {
    var data = new FormData(form);
    ["cover", "attach", "file"].forEach(function (name) { data.delete(name); });
    data.set("form", form.dataset.form);
    post(form.dataset.typing, data).then(function (answer) {
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
