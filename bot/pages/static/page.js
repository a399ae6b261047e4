// Share, copy and print on the pages of single items. Everything else works without a script.
(function () {
  "use strict";
  var tools = document.querySelector("[data-tools]");
  if (!tools) return;
  var address = document.querySelector("link[rel=canonical]").href;
  var title = document.querySelector("h1").textContent;
  var inWeChat = /MicroMessenger/i.test(navigator.userAgent); // has a menu of its own for sharing, and no printer

  function show(name, action) {
    var part = tools.querySelector("[data-" + name + "]");
    part.hidden = false;
    if (action) part.addEventListener("click", action);
  }
  function say(words) {
    tools.querySelector("[data-said]").textContent = words;
  }
  function copied() {
    say("链接已复制，粘贴到聊天里就能发给别人");
  }
  function copyByHand() {
    var field = document.createElement("textarea");
    field.value = address;
    field.setAttribute("readonly", "");
    document.body.appendChild(field);
    field.select();
    var done = document.execCommand("copy");
    document.body.removeChild(field);
    if (done) copied();
    else say("复制不了，请长按这个网址：" + address);
  }
  function copy() {
    if (navigator.clipboard) navigator.clipboard.writeText(address).then(copied, copyByHand);
    else copyByHand();
  }
  function share() {
    navigator.share({ title: title, url: address }).catch(function (error) {
      if (error.name !== "AbortError") copy();
    });
  }

  if (inWeChat) show("wechat");
  else if (navigator.share) show("share", share);
  show("copy", copy);
  if (!inWeChat && window.print) show("print", function () { window.print(); });
  tools.hidden = false;
})();
