// Small comforts. Every page works without this file.
(function () {
  "use strict";
  var find = function (selector) { return Array.prototype.slice.call(document.querySelectorAll(selector)); };

  // After a refused form the summary is the first thing read.
  var summary = document.querySelector("[data-focus]");
  if (summary) {
    summary.focus();
    summary.addEventListener("click", function (event) {
      var link = event.target.closest("a[href^='#']");
      var target = link && document.getElementById(link.getAttribute("href").slice(1));
      if (!target) { return; }
      event.preventDefault();
      var control = target.matches("input,select,textarea") ? target : target.querySelector("input,select,textarea");
      target.scrollIntoView({ block: "center" });
      (control || target).focus({ preventScroll: true });
    });
  }

  // Leaving a form with unsaved changes asks first. A form that came back with errors holds unsaved changes.
  var unsaved = false;
  find("form[data-guard]").forEach(function (form) {
    unsaved = unsaved || Boolean(summary);
    form.addEventListener("input", function () { unsaved = true; });
    form.addEventListener("change", function () { unsaved = true; });
  });
  document.addEventListener("submit", function (event) {
    if (event.target.method === "post") { unsaved = false; }
  });
  window.addEventListener("beforeunload", function (event) {
    if (unsaved) { event.preventDefault(); event.returnValue = ""; }
  });

  // A form that keeps itself says when it could not, and tries again once there is a network.
  var kept = document.querySelector("form[data-keep]");
  var tell = function () {
    var line = document.getElementById("da-luu");
    if (line) { line.textContent = kept.dataset.keep; line.className = "saved bad"; }
  };
  if (kept) {
    kept.addEventListener("htmx:sendError", tell);
    kept.addEventListener("htmx:beforeRequest", function (event) { if (kept.dataset.sent) { event.preventDefault(); } });
    kept.addEventListener("htmx:afterRequest", function (event) { if (event.detail.successful) { unsaved = false; } });
    kept.addEventListener("submit", function (event) {
      if (navigator.onLine === false) { event.preventDefault(); unsaved = true; tell(); }
    });
    window.addEventListener("online", function () { kept.dispatchEvent(new Event("input", { bubbles: true })); });
  }

  // A second click in quick succession sends nothing twice. The pause ends by itself: a download stays on the page.
  document.addEventListener("submit", function (event) {
    var form = event.target;
    if (form.method !== "post" || event.defaultPrevented) { return; }
    if (form.dataset.sent) { event.preventDefault(); return; }
    form.dataset.sent = "yes";
    window.setTimeout(function () { delete form.dataset.sent; }, 3000);
  });

  // Open menus close with Escape or a click elsewhere.
  var menus = find("details[data-menu]");
  document.addEventListener("click", function (event) {
    menus.forEach(function (menu) { if (menu.open && !menu.contains(event.target)) { menu.open = false; } });
  });
  document.addEventListener("keydown", function (event) {
    if (event.key !== "Escape") { return; }
    menus.forEach(function (menu) {
      if (menu.open) { menu.open = false; menu.querySelector("summary").focus(); }
    });
  });

  find("[data-print]").forEach(function (button) {
    button.hidden = false;
    button.addEventListener("click", function () { window.print(); });
  });
})();
