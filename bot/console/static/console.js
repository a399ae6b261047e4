// Saves clicks: every page works without it.
(function () {
  "use strict";
  // A form that sends to its own fault keeps that in the address when it went well, too.
  if (/^#(fault|note|text)$/.test(location.hash) && !document.querySelector("[role=alert]")) history.replaceState(null, "", location.pathname + location.search);
  // A second press sends nothing: the word changes, and the form's key stops what slips through.
  document.addEventListener("submit", function (event) {
    var form = event.target;
    if (form.dataset.sent) return event.preventDefault();
    if (form.method !== "post") return;
    form.dataset.sent = "yes";
    var button = event.submitter;
    if (button && button.dataset.busy) button.textContent = button.dataset.busy;
    if (button) button.setAttribute("aria-busy", "true");
  });
  window.addEventListener("pageshow", function () {
    document.querySelectorAll("form[data-sent]").forEach(function (form) { delete form.dataset.sent; });
    document.querySelectorAll("[aria-busy]").forEach(function (button) { button.removeAttribute("aria-busy"); });
  });

  // What the browser says of a field that is left out, in the language of the page whatever the browser's is.
  document.addEventListener("invalid", function (event) {
    var field = event.target;
    if (field.validity.valueMissing) field.setCustomValidity(/^(radio|checkbox|file|select-one)$/.test(field.type) ? "请选一项。" : "请填上这一项。");
  }, true);
  ["input", "change"].forEach(function (name) {
    document.addEventListener(name, function (event) {
      var form = event.target.form;
      Array.prototype.forEach.call(form ? form.elements : [], function (field) { if (field.setCustomValidity) field.setCustomValidity(""); });
    });
  });

  // The phone's frame is as long as its article on a phone, where a frame that scrolls inside a page that scrolls is a trap.
  document.querySelectorAll("iframe[data-grows]").forEach(function (frame) {
    function grow() {
      var page = frame.contentDocument;
      if (page && page.body && window.innerWidth < 640) frame.style.height = page.documentElement.scrollHeight + 4 + "px";
    }
    frame.addEventListener("load", grow);
    grow();
  });

  // A tap on a paragraph of the phone chooses it as the place of a remark.
  var places = document.querySelector("[data-places]"), looks = document.querySelector("#looks iframe.phone");
  if (places && looks) {
    var marked = null, chosen = document.querySelector("[data-chosen]");
    var choose = function (event) {
      var text = "", element = event.target;
      while (element && element.nodeType === 1 && !text) { text = element.textContent.replace(/\s+/g, " ").trim(); element = element.parentElement; }
      var found = Array.prototype.filter.call(places.options, function (option) {
        var quote = option.textContent.split("段：").slice(1).join("段：").trim().replace(/…$/, "");
        return quote && text.indexOf(quote) === 0;
      })[0];
      if (!found) return;
      places.value = found.value;
      if (marked) marked.style.outline = "";
      marked = event.target.closest("p,li,td,th,h1,h2,h3,h4,blockquote") || event.target;
      marked.style.outline = "3px solid #0b4f8a";
      // Where the form stands beside the phone it is ready to be written in; on a phone the reading place stays.
      if (window.innerWidth >= 1024) document.getElementById("note").focus({ preventScroll: true });
      if (chosen) chosen.textContent = "评第 " + found.value + " 段";
    };
    var listen = function () { if (looks.contentDocument) looks.contentDocument.addEventListener("click", choose); };
    looks.addEventListener("load", listen);
    listen();
  }

  // A finding leads to its paragraph in the phone, which may stand elsewhere on the page.
  document.querySelectorAll("a[data-leads]").forEach(function (link) {
    link.addEventListener("click", function () { document.getElementById(link.dataset.leads).scrollIntoView({ block: "nearest" }); });
  });

  // Dragging in the calendar leads to the same page as the form: there stands what will happen. A day that refuses says why.
  var dragged = null, told = document.querySelector("[data-drag-said]");
  function refusal(cell) { return cell.dataset.past || (dragged && dragged.hasAttribute("data-mass") && cell.dataset.full) || ""; }
  function tell(words) { if (told) { told.hidden = !words; told.textContent = words; } }
  document.querySelectorAll(".tile[draggable=true]").forEach(function (tile) {
    tile.addEventListener("dragstart", function (event) {
      dragged = tile;
      event.dataTransfer.setData("text/plain", tile.href);
      document.querySelectorAll(".cell").forEach(function (cell) { cell.classList.toggle("refuses", !!refusal(cell)); });
    });
    tile.addEventListener("dragend", function () {
      dragged = null;
      document.querySelectorAll(".cell.refuses").forEach(function (cell) { cell.classList.remove("refuses"); });
    });
  });
  document.querySelectorAll(".cell").forEach(function (cell) {
    cell.addEventListener("dragover", function (event) {
      if (!dragged) return;
      var why = refusal(cell);
      tell(why ? cell.dataset.words + "：" + why + "。" : "");
      if (!why) { event.preventDefault(); cell.classList.add("over"); }
    });
    cell.addEventListener("dragleave", function () { cell.classList.remove("over"); });
    cell.addEventListener("drop", function (event) {
      event.preventDefault();
      if (dragged) location.href = dragged.dataset.move + "?at=" + encodeURIComponent(cell.dataset.day + "T" + (dragged.dataset.time || "09:00"));
    });
  });

  // An open menu closes by Escape or when the focus leaves it, and gives the focus back to what opened it.
  document.querySelectorAll("details.menu").forEach(function (menu) {
    menu.addEventListener("keydown", function (event) {
      if (event.key !== "Escape" || !menu.open) return;
      menu.open = false;
      menu.querySelector("summary").focus();
    });
    menu.addEventListener("focusout", function (event) { if (event.relatedTarget && !menu.contains(event.relatedTarget)) menu.open = false; });
  });

  // What was wrong with a form takes the eye and the focus: all of it in one box, or the field, or the sentence above the form.
  // A form names where its fault would stand; where there is none, the address does not go on naming it.
  var target = location.hash && document.getElementById(location.hash.slice(1)), held = /^#(fault|note|why|text|answer|settle-note)(-|$)/.test(location.hash);
  if (held && !(target && (target.matches("[role=alert],[aria-invalid=true]")))) { history.replaceState(null, "", location.pathname + location.search); scrollTo(0, 0); }
  if (innerWidth < 700) document.querySelectorAll("details[data-folds]").forEach(function (each) { each.open = false; });
  var faults = document.getElementById("faults") || document.querySelector("[aria-invalid=true]") || document.querySelector("main [role=alert]");
  if (faults) { if (!faults.matches("input,textarea,select")) faults.tabIndex = -1; faults.focus({ preventScroll: true }); (faults.closest(".field") || faults).scrollIntoView({ block: "center" }); }

  var copy = document.querySelector("[data-copy]"), source = document.querySelector("[data-copy-from]");
  if (copy && source && navigator.clipboard) {
    copy.hidden = false;
    copy.addEventListener("click", function () {
      navigator.clipboard.writeText(source.href || source.value || source.textContent).then(function () {
        document.querySelector("[data-said]").textContent = copy.dataset.copy || "复制好了，可以粘贴到聊天里。";
      });
    });
  }
  // Standing phrases: a press puts one at the end of the answer. Without script they can be copied.
  document.querySelectorAll("[data-phrases] li").forEach(function (line) {
    var button = document.createElement("button"), field = document.getElementById(line.parentElement.dataset.phrases);
    button.type = "button"; button.className = "button quiet"; button.textContent = line.textContent;
    button.addEventListener("click", function () { field.value = (field.value.trim() + "\n" + button.textContent).trim(); field.focus(); });
    line.replaceChildren(button);
  });

  // A file that was chosen, in the language of the page whatever the browser's is.
  document.querySelectorAll("input[type=file]").forEach(function (input) {
    var button = document.createElement("button"), words = document.createElement("span");
    button.type = "button"; button.className = "button second file-button"; button.textContent = "选文件"; button.tabIndex = -1; button.setAttribute("aria-hidden", "true");
    words.className = "small soft"; words.setAttribute("role", "status");
    function tell() {
      var names = Array.prototype.map.call(input.files, function (file) { return file.name; });
      words.textContent = names.length ? "选了：" + names.join("、") : "还没有选";
    }
    button.addEventListener("click", function () { input.click(); });
    input.addEventListener("change", tell);
    input.addEventListener("taken", function (event) { words.textContent = event.detail; });
    input.classList.add("unseen");
    input.after(button, words);
    tell();
  });

  var print = document.querySelector("[data-print]");
  if (print) { print.hidden = false; print.addEventListener("click", function () { window.print(); }); }
})();
