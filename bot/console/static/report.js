// While somebody types into the report's forms: what the check says of what stands there. Nothing is kept.
(function () {
  "use strict";
  var form = document.querySelector("form[data-check]"), place = document.getElementById("findings"), timer = 0, asked = 0;
  if (!form || !place || !window.fetch) return;
  form.addEventListener("input", function () {
    clearTimeout(timer);
    timer = setTimeout(check, 600);
  });
  function check() {
    var mine = ++asked;
    fetch(location.pathname, { method: "POST", body: new FormData(form), headers: { "X-Requested-With": "fetch" } })
      .then(function (answer) { return answer.ok ? answer.text() : null; })
      .then(function (text) { if (text !== null && mine === asked) place.innerHTML = text; })
      .catch(function () {});
  }
  // Whoever leaves with something typed is asked.
  var changed = false;
  form.addEventListener("input", function () { changed = true; });
  form.addEventListener("submit", function () { changed = false; });
  window.addEventListener("beforeunload", function (event) { if (changed) event.preventDefault(); });
})();
