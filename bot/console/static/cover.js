// The cover: which part of a picture it takes, and how it will stand in a list. The server cuts it; here one sees where.
(function () {
  "use strict";
  var form = document.getElementById("writing"), box = form.querySelector("[data-cut]"), picture = box.querySelector("[data-cut-picture]");
  var lists = box.querySelector("[data-in-lists]"), wide = box.querySelector("[data-wide]"), square = box.querySelector("[data-square]");
  var RATIO = 900 / 383, image = new Image(), isNew = false, held = null;

  function value(name) { return +form.elements[name].value; }
  function part() {  // as the server reckons it; a cover that stands already is cut already
    var whole = Math.min(image.naturalWidth, image.naturalHeight * RATIO), width = whole * (isNew ? value("cut_size") : 100) / 100, height = width / RATIO;
    return { x: (image.naturalWidth - width) * (isNew ? value("cut_across") : 50) / 100, y: (image.naturalHeight - height) * (isNew ? value("cut_down") : 50) / 100, width: width, height: height };
  }
  function draw() {
    if (!image.naturalWidth) return;
    var cut = part(), scale = 700 / image.naturalWidth, pen = picture.getContext("2d"), edge = cut.height, left = cut.x + (cut.width - edge) * value("cover_square") / 100;
    picture.height = Math.round(image.naturalHeight * scale);
    pen.drawImage(image, 0, 0, picture.width, picture.height);
    pen.fillStyle = "rgba(0,0,0,.5)";
    pen.beginPath();
    pen.rect(0, 0, picture.width, picture.height);
    pen.rect(cut.x * scale, cut.y * scale, cut.width * scale, cut.height * scale);
    pen.fill("evenodd");
    pen.strokeStyle = "#fff"; pen.lineWidth = 3;
    pen.strokeRect(cut.x * scale, cut.y * scale, cut.width * scale, cut.height * scale);
    pen.setLineDash([8, 6]);
    pen.strokeRect(left * scale, cut.y * scale, edge * scale, edge * scale);
    pen.setLineDash([]);
    wide.getContext("2d").drawImage(image, cut.x, cut.y, cut.width, cut.height, 0, 0, 900, 383);
    square.getContext("2d").drawImage(image, left, cut.y, edge, edge, 0, 0, 160, 160);
    lists.querySelectorAll("[data-list-title]").forEach(function (p) { p.textContent = form.elements.title.value; });
  }
  function show(address, brought) {
    isNew = brought;
    image = new Image();
    image.addEventListener("load", function () {
      box.hidden = lists.hidden = false;
      picture.hidden = !isNew;
      ["cut_size", "cut_across", "cut_down"].forEach(function (name) { form.elements[name].closest(".field").hidden = !isNew; });
      draw();
    });
    image.addEventListener("error", function () { box.hidden = true; });
    image.src = address;
  }
  form.elements.cover.addEventListener("change", function () {
    var file = form.elements.cover.files[0];
    if (held) URL.revokeObjectURL(held);
    if (file) { held = URL.createObjectURL(file); show(held, true); }
    else if (box.dataset.cover) show(box.dataset.cover, false);
    else box.hidden = true;
  });
  box.addEventListener("input", draw);
  form.elements.title.addEventListener("input", draw);
  // Dragging in the picture moves the part; the sliders do the same from the keyboard.
  var from = null;
  picture.addEventListener("pointerdown", function (event) { from = { x: event.clientX, y: event.clientY, across: value("cut_across"), down: value("cut_down") }; picture.setPointerCapture(event.pointerId); });
  picture.addEventListener("pointermove", function (event) {
    if (!from) return;
    var cut = part(), shown = picture.clientWidth / image.naturalWidth;
    var across = (image.naturalWidth - cut.width) * shown, down = (image.naturalHeight - cut.height) * shown;
    if (across > 1) form.elements.cut_across.value = from.across + (event.clientX - from.x) / across * 100;
    if (down > 1) form.elements.cut_down.value = from.down + (event.clientY - from.y) / down * 100;
    draw();
  });
  picture.addEventListener("pointerup", function () { from = null; });
  box.hidden = true;
  if (box.dataset.cover) show(box.dataset.cover, false);
})();
