// The editor: a field to write and to paste into. It keeps what the clipboard holds; the server decides what may go out.
// Without this script the text area takes Markdown or HTML.
(function () {
  "use strict";
  var form = document.getElementById("writing"), area = document.getElementById("body");
  var pane = form.querySelector("[data-editor]"), bar = form.querySelector("[data-toolbar]");
  var said = document.querySelector("[data-kept]"), removed = form.querySelector("[data-removed]");
  var csrf = document.querySelector("meta[name=csrf]").content;

  // What the server would take away in any case, so that nothing runs or loads here; what a person would miss is named.
  var GONE = { script: "脚本", iframe: "嵌入的网页", object: "嵌入的对象", embed: "嵌入的对象", form: "表单", input: "表单", textarea: "表单", select: "表单", button: "按钮", base: "", style: "", link: "", meta: "", title: "", frame: "嵌入的网页" };
  var HOLDERS = ["form"];
  function clean(fragment, names) {
    fragment.querySelectorAll(Object.keys(GONE).join(",")).forEach(function (element) {
      var tag = element.localName;
      if (GONE[tag]) names[GONE[tag]] = (names[GONE[tag]] || 0) + 1;
      if (HOLDERS.indexOf(tag) < 0) element.remove(); else element.replaceWith.apply(element, Array.from(element.childNodes));
    });
    fragment.querySelectorAll("*").forEach(function (element) {
      Array.from(element.attributes).forEach(function (attribute) {
        var runs = /^(on|data-runs-)/i.test(attribute.name) || /^\s*(javascript|vbscript|data:text)/i.test(attribute.value) && /href|src|action|xlink/i.test(attribute.name);
        if (runs) names["会自己运行的代码"] = (names["会自己运行的代码"] || 0) + 1;
        if (runs || attribute.name === "contenteditable" || attribute.name === "srcdoc") element.removeAttribute(attribute.name);
      });
    });
    return fragment;
  }
  function parsed(html, tell) {
    // Handlers are renamed before anything is parsed, so that not even the policy has to stop them.
    var inert = html.replace(/<[a-z][^>]*>/gi, function (tag) { return tag.replace(/([\s"'\/])on([a-z]+\s*=)/gi, "$1data-runs-$2"); });
    var names = {}, body = clean(new DOMParser().parseFromString(inert, "text/html").body, names);
    var told = Object.keys(names).map(function (name) { return name + " " + names[name] + " 处"; });
    if (tell) removed.textContent = told.length ? "贴进来的内容里去掉了：" + told.join("、") + "，没有运行。" : "";
    return body;
  }
  function post(address, data) { return fetch(address, { method: "POST", body: data, headers: { "X-CSRF": csrf, "X-Requested-With": "fetch" }, credentials: "same-origin" }); }
  function asked(address, data, doing, failed) {  // JSON of the server, or a fault in words
    said.textContent = doing;
    return post(address, data).then(function (answer) {
      if (answer.status === 401) return answer.text().then(function (words) { return { fault: words }; });
      return (answer.headers.get("Content-Type") || "").indexOf("json") < 0 ? { fault: failed } : answer.json();
    }).catch(function () { return { fault: "网络断了。" + failed }; }).then(function (told) {
      said.textContent = told.fault || "";
      return told;
    });
  }

  // Undo: a browser cannot take back what a script put in, so the field keeps its own steps.
  var steps = [], at = -1, lastTyped = 0;
  function caret() {
    var selection = getSelection();
    if (!selection.rangeCount || !pane.contains(selection.anchorNode)) return null;
    var range = document.createRange();
    range.selectNodeContents(pane);
    range.setEnd(selection.anchorNode, selection.anchorOffset);
    return range.toString().length;
  }
  function setCaret(place) {
    var walker = document.createTreeWalker(pane, NodeFilter.SHOW_TEXT), node;
    while (place !== null && (node = walker.nextNode())) {
      if (place <= node.length) { getSelection().collapse(node, place); return; }
      place -= node.length;
    }
  }
  function note(typing) {
    var html = pane.innerHTML, now = Date.now();
    if (at >= 0 && steps[at].html === html) return;
    var goesOn = typing && now - lastTyped < 800 && at > 0;
    lastTyped = typing ? now : 0;
    steps.length = at + 1;
    if (goesOn) at -= 1;
    steps.length = at + 1;
    steps.push({ html: html, place: caret() });
    if (steps.length > 100) steps.shift();
    at = steps.length - 1;
  }
  function step(by) {
    if (!steps[at + by]) return;
    at += by;
    pane.innerHTML = steps[at].html;  // it stood here before
    setCaret(steps[at].place);
    tell();
  }
  function tell() { area.value = pane.innerHTML; area.dispatchEvent(new Event("input", { bubbles: true })); }
  function keep(typing) { note(typing === true); tell(); }

  function place() {
    var selection = getSelection();
    if (selection.rangeCount && pane.contains(selection.anchorNode)) return selection.getRangeAt(0);
    var range = document.createRange();
    range.selectNodeContents(pane);
    range.collapse(false);
    return range;
  }
  function put(nodes, range) {
    range = range || place();
    range.deleteContents();
    var first = pane.firstElementChild;
    if (pane.children.length === 1 && first.localName === "p" && !first.textContent && !first.querySelector("img")) { pane.replaceChildren(); range = place(); }
    var fragment = document.createDocumentFragment();
    fragment.append.apply(fragment, nodes);
    range.insertNode(fragment);
    range.collapse(false);
    getSelection().removeAllRanges();
    getSelection().addRange(range);
    keep();
  }

  // Pictures go to the server one by one, so that a form stays light; what cannot be used is said where the work stands.
  function upload(file) {
    return lighter(file).then(function (small) {
      var data = new FormData();
      data.append("picture", small, small.name || "图片");
      return asked(form.dataset.pictures, data, "正在传图片…", "图片没有传上，请再试一次。");
    }, function (words) { return { fault: words }; }).then(function (told) {
      if (told.fault) said.textContent = removed.textContent = told.fault;
      return told.address || "";
    });
  }
  // What the server would refuse as too heavy is made smaller before it is sent, where the browser can read it.
  var MOST = +form.dataset.most, LONGEST = 2560;
  function megabytes(file) { return Math.round(file.size / 1048576) + " MB"; }
  function lighter(file) {
    if (file.size <= MOST) return Promise.resolve(file);
    said.textContent = "“" + file.name + "”有 " + megabytes(file) + "，正在缩小…";
    return createImageBitmap(file).then(function (image) {
      var scale = Math.min(1, LONGEST / Math.max(image.width, image.height)), canvas = document.createElement("canvas"), pen = canvas.getContext("2d");
      canvas.width = Math.round(image.width * scale); canvas.height = Math.round(image.height * scale);
      pen.fillStyle = "#fff"; pen.fillRect(0, 0, canvas.width, canvas.height);
      pen.drawImage(image, 0, 0, canvas.width, canvas.height);
      return new Promise(function (done) { canvas.toBlob(done, "image/jpeg", .88); });
    }).then(function (data) {
      if (!data || data.size > MOST) throw new Error("still too heavy");
      return new File([data], file.name.replace(/\.[^.]*$/, "") + ".jpg", { type: "image/jpeg" });
    }).catch(function () { throw "图片“" + file.name + "”有 " + megabytes(file) + "，超过 " + MOST / 1048576 + " MB，在这里缩不了。请先用看图软件存小一点，再放进来。"; });
  }
  function ease(input) {  // a field for a picture: what was done, or why it cannot be used, stands under it
    var told = document.createElement("p");
    told.className = "small"; told.setAttribute("role", "status");
    input.after(told);
    input.addEventListener("change", function (event) {
      var file = input.files[0];
      if (!file || file.size <= MOST) { if (!file || !input.dataset.eased) told.textContent = ""; delete input.dataset.eased; return; }
      event.stopImmediatePropagation();
      told.className = "small"; told.textContent = "有 " + megabytes(file) + "，正在缩小…";
      lighter(file).then(function (small) {
        var held = new DataTransfer();
        held.items.add(small);
        input.files = held.files; input.dataset.eased = "yes";
        told.textContent = "原来有 " + megabytes(file) + "，已经缩小。"; said.textContent = "";
        input.dispatchEvent(new Event("change", { bubbles: true }));
      }, function (words) { input.value = ""; told.className = "error"; told.textContent = words; said.textContent = ""; });
    }, true);
  }
  ease(document.getElementById("picture-file"));
  ease(form.elements.cover);
  var MISSING = "这张图片取不到，点这里换一张，或者删掉";
  function miss(image) { image.classList.add("missing"); if (!image.alt) image.alt = MISSING; }
  function came(image, url) { image.src = url; image.classList.remove("missing"); if (!image.className) image.removeAttribute("class"); if (image.alt === MISSING) image.alt = ""; }
  function bring(image, url) {  // a picture of another web site, which no page of ours may show
    var data = new FormData();
    data.append("url", url);
    image.alt = image.alt || "";
    image.removeAttribute("srcset");
    return asked(form.dataset.pictures, data, "正在取图片…", "图片取不到。").then(function (told) {
      if (told.address) { came(image, told.address); ["data-src", "data-original"].forEach(function (name) { image.removeAttribute(name); }); } else { miss(image); image.dataset.src = url; }
      keep();
    });
  }
  function bytes(address) {  // of a picture that stands inside the HTML
    var parts = /^data:([^;,]+);base64,(.*)$/.exec(address);
    return parts && new File([Uint8Array.from(atob(parts[2]), function (letter) { return letter.charCodeAt(0); })], "图片", { type: parts[1] });
  }
  function settle(images) {  // one after the other
    return images.reduce(function (before, image) {
      return before.then(function () {
        var address = image.dataset.src || image.dataset.original || image.dataset.held || "", file = bytes(address);
        image.removeAttribute("data-held");
        if (file) return upload(file).then(function (kept) { if (kept) { came(image, kept); image.removeAttribute("data-src"); } else miss(image); keep(); });
        if (/^(https?:)?\/\//.test(address)) return bring(image, address);
        miss(image);
        return keep();
      });
    }, Promise.resolve());
  }
  function isOurs(address) { return address.replace(location.origin, "").indexOf("/console/files/") === 0; }
  function hold(body) {  // pictures that must come to the server first: nothing is asked of strangers from here
    return Array.from(body.querySelectorAll("img")).filter(function (image) {
      if (!image.hasAttribute("alt")) image.alt = "";
      var source = image.getAttribute("src") || "";
      if (isOurs(source)) return false;
      if (source) image.dataset.held = source;
      image.removeAttribute("src");
      return true;
    });
  }
  function paste(html) {
    var body = parsed(html, true), later = hold(body);
    put(Array.from(body.childNodes));
    settle(later);
  }
  function pictures(files, range) {
    return Array.from(files).reduce(function (before, file) {
      return before.then(function () { return upload(file); }).then(function (address) {
        if (!address) return;
        var image = document.createElement("img");
        image.src = address; image.alt = "";
        put([image], range);
        range = undefined;
        return describe(image);
      });
    }, Promise.resolve());
  }
  function take(data, event) {
    var html = data.getData("text/html"), files = Array.from(data.files).filter(function (file) { return /^image\//.test(file.type) || /\.hei[cf]$/i.test(file.name); });
    if (html && !/^\s*<(meta[^>]*>\s*<)?img[^>]*>\s*$/i.test(html)) { event.preventDefault(); paste(html); }
    else if (files.length) { event.preventDefault(); pictures(files); }
    else if (html) { event.preventDefault(); paste(html); }
  }

  // Questions in dialogs: the answer is the button that was pressed.
  function ask(name) {
    var dialog = document.getElementById("ask-" + name), range = place().cloneRange();
    dialog.returnValue = "";
    dialog.showModal();
    return new Promise(function (done) {
      dialog.addEventListener("close", function () {
        pane.focus();
        getSelection().removeAllRanges();
        getSelection().addRange(range);
        done(dialog.returnValue);
      }, { once: true });
    });
  }
  function field(id, value) { var input = document.getElementById(id); if (value !== undefined) input.value = value; return input; }
  function forget() { field("picture-file", "").dispatchEvent(new Event("change")); }
  function describe(image) {
    var missing = image.classList.contains("missing"), dialog = document.getElementById("ask-picture");
    field("picture-words", image.alt === MISSING ? "" : image.alt || ""); forget();
    dialog.querySelector("[data-missing]").hidden = !missing;
    dialog.querySelector("[data-remove]").hidden = false;
    dialog.querySelector("[data-yes]").textContent = "好了";
    return ask("picture").then(function (answer) {
      var file = field("picture-file").files[0];
      if (answer === "remove") { image.remove(); return keep(); }
      if (answer !== "yes") return;
      image.alt = field("picture-words").value.trim();
      keep();
      if (file) return upload(file).then(function (address) { if (address) { came(image, address); keep(); } });
    });
  }
  var ASK = {
    link: function () {
      var range = place(), around = (range.startContainer.parentElement || pane).closest("a");
      field("link-address", around && pane.contains(around) ? around.getAttribute("href") : "");
      ask("link").then(function (answer) {
        var address = field("link-address").value.trim();
        if (answer !== "yes" || !address) return;
        if (around && pane.contains(around)) around.setAttribute("href", address);
        else if (getSelection().isCollapsed) { var link = document.createElement("a"); link.href = address; link.textContent = address; put([link]); }
        else document.execCommand("createLink", false, address);
        keep();
      });
    },
    picture: function () {
      var dialog = document.getElementById("ask-picture");
      field("picture-words", ""); forget();
      dialog.querySelector("[data-missing]").hidden = dialog.querySelector("[data-remove]").hidden = true;
      dialog.querySelector("[data-yes]").textContent = "放进来";
      ask("picture").then(function (answer) {
        var file = field("picture-file").files[0], words = field("picture-words").value.trim();
        if (answer === "yes" && file) upload(file).then(function (address) {
          if (!address) return;
          var image = document.createElement("img");
          image.src = address; image.alt = words;
          put([image]);
        });
      });
    },
    table: function () {
      ask("table").then(function (answer) {
        if (answer !== "yes") return;
        var table = document.createElement("table"), columns = Math.min(Math.max(+field("table-columns").value || 1, 1), 8), rows = Math.min(Math.max(+field("table-rows").value || 1, 1), 50);
        for (var y = 0; y < rows; y += 1) {
          var row = table.insertRow();
          for (var x = 0; x < columns; x += 1) { var cell = document.createElement(y ? "td" : "th"); cell.append(document.createElement("br")); row.append(cell); }
        }
        var after = document.createElement("p");
        after.append(document.createElement("br"));
        put([table, after]);
      });
    },
  };

  function command(name, value) { pane.focus(); document.execCommand("styleWithCSS", false, /^(justify|underline)/.test(name)); document.execCommand(name, false, value || null); keep(); mark(); }
  function mark() {  // which buttons hold where the caret is
    if (!pane.contains(getSelection().anchorNode)) return;
    bar.querySelectorAll("[data-command]").forEach(function (button) {
      var holds = false;
      try { holds = document.queryCommandState(button.dataset.command); } catch (error) { holds = false; }
      button.setAttribute("aria-pressed", String(holds));
    });
    var block = document.queryCommandValue("formatBlock");
    bar.querySelector("[data-block]").value = ["h2", "h3", "blockquote"].indexOf(block) < 0 ? "p" : block;
  }
  function plain() {  // of what is chosen, or of all: words, pictures, lists and tables stay
    var chosen = !getSelection().isCollapsed && pane.contains(getSelection().anchorNode);
    pane.querySelectorAll("*").forEach(function (element) {
      if (chosen && !getSelection().containsNode(element, true)) return;
      ["style", "class", "align", "bgcolor", "width", "height", "color", "face", "size"].forEach(function (name) { if (element.localName !== "img" || name !== "class") element.removeAttribute(name); });
    });
    if (chosen) document.execCommand("removeFormat");
    keep();
  }
  bar.addEventListener("mousedown", function (event) { if (event.target.closest("button")) event.preventDefault(); });  // the choice stays
  bar.addEventListener("click", function (event) {
    var button = event.target.closest("button");
    if (!button) return;
    if (button.dataset.command) command(button.dataset.command);
    else if (button.dataset.ask) ASK[button.dataset.ask]();
    else if (button.dataset.step) step(+button.dataset.step);
    else plain();
  });
  bar.querySelector("[data-block]").addEventListener("change", function (event) { command("formatBlock", event.target.value); });
  // One stop for the tab key; arrows go on from there.
  var tools = Array.from(bar.querySelectorAll(".tool"));
  tools.forEach(function (tool, number) { tool.tabIndex = number ? -1 : 0; });
  bar.addEventListener("keydown", function (event) {
    var by = { ArrowRight: 1, ArrowLeft: -1 }[event.key], here = tools.indexOf(document.activeElement);
    if (!by || here < 0) return;
    event.preventDefault();
    var next = tools[(here + by + tools.length) % tools.length];
    tools.forEach(function (tool) { tool.tabIndex = tool === next ? 0 : -1; });
    next.focus();
  });
  pane.addEventListener("keydown", function (event) {
    if (!(event.ctrlKey || event.metaKey)) return;
    var key = event.key.toLowerCase();
    if (key === "z" || key === "y") { event.preventDefault(); step(key === "y" || event.shiftKey ? 1 : -1); }
    if (key === "k") { event.preventDefault(); ASK.link(); }
  });

  if (area.value.trim() && area.value.trim()[0] !== "<") area.value = area.value.split(/\n{2,}/).map(function (part) { var p = document.createElement("p"); p.textContent = part; return p.outerHTML; }).join("");
  var loaded = parsed(area.value, false), still = hold(loaded);  // what did not come along the last time is shown again
  pane.replaceChildren.apply(pane, Array.from(loaded.childNodes));
  area.hidden = true; pane.hidden = false; bar.hidden = false;
  document.execCommand("defaultParagraphSeparator", false, "p");
  note();
  settle(still);
  pane.addEventListener("input", function (event) { keep(/^(insertText|insertCompositionText|deleteContent)/.test(event.inputType)); });
  pane.addEventListener("error", function (event) { if (event.target.localName === "img") miss(event.target); }, true);
  pane.addEventListener("click", function (event) { if (event.target.localName === "img") describe(event.target); });
  pane.addEventListener("paste", function (event) { take(event.clipboardData, event); });
  pane.addEventListener("drop", function (event) {
    var files = Array.from(event.dataTransfer.files);
    if (files.length && files.every(function (file) { return /^image\//.test(file.type) || /\.hei[cf]$/i.test(file.name); })) { event.preventDefault(); event.stopPropagation(); pictures(files); }
  });
  document.addEventListener("selectionchange", mark);
  form.querySelector("label[for=body]").addEventListener("click", function (event) { event.preventDefault(); pane.focus(); });

  // For the form around: the server's own HTML goes to the end of the field, or takes the place of nothing.
  form.editor = {
    pane: pane,
    put: put,
    post: post,
    asked: asked,
    add: function (html) {
      if (!pane.textContent.trim() && !pane.querySelector("img,table")) pane.replaceChildren();
      var end = document.createRange();
      end.selectNodeContents(pane);
      end.collapse(false);
      put(Array.from(parsed(html, false).childNodes), end);
    },
    tell: function (words) { removed.textContent = words; },
    drop: function () { pane.querySelectorAll("img.missing").forEach(function (image) { image.remove(); }); keep(); },
    seen: function () { var copy = parsed(area.value, false); copy.querySelectorAll("img.missing").forEach(function (image) { image.remove(); }); return copy.innerHTML; },
  };
})();
