/* The crop tool; loaded on pages with the photo component only. Without it the picture is sent as chosen. */
(function () {
"use strict";
function all(selector, root) { return Array.from((root || document).querySelectorAll(selector)); }

/* photo crop: whatever picture is chosen, a JPEG of the demanded shape and size is what gets posted */
all("[data-photo]").forEach(function (box) {
  var input = box.querySelector("input[type=file]"), crop = box.querySelector(".crop"), canvas = box.querySelector("canvas");
  var zoom = box.querySelector("input[type=range]"), list = box.querySelector(".checks"), view = canvas.getContext("2d");
  var picture = null, middle = [0, 0], held = null, own = false, timer = null;
  var SHAPES = [[480, 672], [750, 1050], [1050, 1470], [1500, 2100]];
  function paint(pen, width, height) {
    var scale = Math.max(width / picture.width, height / picture.height) * zoom.value / 100;
    var half = [width / scale / 2, height / scale / 2];
    middle = [Math.min(Math.max(middle[0], half[0]), picture.width - half[0]), Math.min(Math.max(middle[1], half[1]), picture.height - half[1])];
    pen.fillStyle = "#fff";
    pen.fillRect(0, 0, width, height);
    pen.drawImage(picture, middle[0] - half[0], middle[1] - half[1], half[0] * 2, half[1] * 2, 0, 0, width, height);
    return scale;
  }
  function show() { if (picture) { paint(view, canvas.width, canvas.height); clearTimeout(timer); timer = setTimeout(make, 250); } }
  function tell(lines) {
    list.replaceChildren.apply(list, lines.map(function (line) {
      var item = document.createElement("li");
      item.textContent = line[0];
      item.className = line[1];
      return item;
    }));
  }
  function make(shape, quality) {
    shape = shape || 0;
    quality = quality || 0.92;
    var sheet = document.createElement("canvas"), size = SHAPES[shape];
    sheet.width = size[0];
    sheet.height = size[1];
    paint(sheet.getContext("2d"), size[0], size[1]);
    sheet.toBlob(function (blob) {
      if (blob.size <= 30 * 1024 + 512 && shape + 1 < SHAPES.length) { make(shape + 1, 0.98); return; }
      if (blob.size >= 1000 * 1024 && quality > 0.5) { make(shape, quality - 0.12); return; }
      var files = new DataTransfer();
      files.items.add(new File([blob], "证件照.jpg", {type: "image/jpeg"}));
      own = true;
      input.files = files.files;
      own = false;
      var fits = blob.size > 30 * 1024 && blob.size < 1024 * 1024;
      tell([["JPG 格式，" + size[0] + "×" + size[1] + " 像素，宽高比 0.71", ""],
        ["大小 " + Math.round(blob.size / 1024) + " KB" + (fits ? "，在 30 KB 和 1 MB 之间" : "，不在 30 KB 和 1 MB 之间，请换一张清楚的照片"), fits ? "" : "x"],
        ["背景是否纯白、是否正脸免冠，请您自己看一眼", "q"]]);
    }, "image/jpeg", quality);
  }
  input.addEventListener("change", function () {
    if (own || !input.files.length) { return; }
    var image = new Image(), address = URL.createObjectURL(input.files[0]);
    image.onload = function () {
      picture = image;
      middle = [image.width / 2, image.height / 2];
      zoom.value = 100;
      crop.hidden = false;
      if (image.width <= 215 || image.height <= 300) {
        tell([["照片只有 " + image.width + "×" + image.height + " 像素，太小，请换一张", "x"]]);
        view.clearRect(0, 0, canvas.width, canvas.height);
        picture = null;
        input.value = "";
      } else { show(); }
      URL.revokeObjectURL(address);
    };
    image.onerror = function () { crop.hidden = false; tell([["打不开这个文件，请选一张 JPG 照片", "x"]]); };
    image.src = address;
  });
  function move(right, down) {
    if (!picture) { return; }
    var scale = Math.max(canvas.width / picture.width, canvas.height / picture.height) * zoom.value / 100;
    middle = [middle[0] - right / scale, middle[1] - down / scale];
    show();
  }
  zoom.addEventListener("input", show);
  canvas.addEventListener("pointerdown", function (event) { canvas.setPointerCapture(event.pointerId); held = [event.clientX, event.clientY]; });
  canvas.addEventListener("pointermove", function (event) {
    if (!held) { return; }
    var ratio = canvas.width / canvas.getBoundingClientRect().width;
    move((event.clientX - held[0]) * ratio, (event.clientY - held[1]) * ratio);
    held = [event.clientX, event.clientY];
  });
  canvas.addEventListener("pointerup", function () { held = null; });
  canvas.addEventListener("keydown", function (event) {
    var way = {ArrowLeft: [-6, 0], ArrowRight: [6, 0], ArrowUp: [0, -6], ArrowDown: [0, 6]}[event.key];
    var step = {"+": 10, "=": 10, "-": -10}[event.key];
    if (!way && !step) { return; }
    event.preventDefault();
    if (way) { move(way[0], way[1]); } else { zoom.value = +zoom.value + step; show(); }
  });
});
})();
