/* A lesson tells the platform how far the person is. It never stops, blurs or pops up: speed and going back are the
   person's own business, the server's clock bounds what counts. Without this file the button 我看完了 does the same. */
(function () {
"use strict";
var form = document.querySelector("form[data-study]");
if (!form) { return; }
var film = document.querySelector("[data-study-film]");
var shown = form.querySelector("[data-study-shown]"), said = form.querySelector("[data-study-said]");
var studied = Number(form.dataset.studied), whole = Number(form.dataset.whole), visible = studied, wasAtEnd = false;
var EVERY = 15;

if (film) {
  film.addEventListener("loadedmetadata", function () { film.currentTime = Math.min(studied, film.duration || studied); });
  film.addEventListener("ended", report);
}
function atEnd() {
  return window.innerHeight + window.scrollY >= document.documentElement.scrollHeight - 40;
}
setInterval(function () {
  if (document.visibilityState !== "visible") { return; }
  visible += 1;
  if (form.dataset.study === "text" && atEnd()) { wasAtEnd = true; }
}, 1000);
function position() {
  if (film) { return film.ended || film.currentTime >= (film.duration || 1e9) - 2 ? whole : film.currentTime; }
  return wasAtEnd ? whole : visible;
}
function report() {
  if (document.visibilityState !== "visible" && !film) { return; }
  var content = new FormData(form);
  content.set("seconds", Math.floor(position()));
  fetch(form.action, {method: "POST", body: content, headers: {"X-Autosave": "1"}, redirect: "manual"}).then(function (answer) {
    if (!answer.ok) { said.textContent = "进度没有记下，请刷新页面"; return null; }
    return answer.json().then(function (body) {
      studied = body.seconds;
      shown.textContent = Math.floor(studied / 60);
      said.textContent = "进度已记录";
      if (body.finished) { location.reload(); }
    });
  }).catch(function () { said.textContent = "网络断开，恢复后继续记录"; });
}
setInterval(report, 1000 * EVERY);
})();
