// Passkeys. What is offered here is hidden until the browser says that it knows them.
(function () {
  "use strict";
  if (!window.PublicKeyCredential || !navigator.credentials) { return; }

  var bytes = function (text) {
    var plain = window.atob(text.replace(/-/g, "+").replace(/_/g, "/"));
    return Uint8Array.from(plain, function (letter) { return letter.charCodeAt(0); });
  };
  var text = function (buffer) {
    var plain = String.fromCharCode.apply(null, new Uint8Array(buffer));
    return window.btoa(plain).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
  };
  var named = function (list) {
    return (list || []).map(function (one) { return { type: one.type, id: bytes(one.id) }; });
  };

  var ways = {
    create: function (options) {
      options.challenge = bytes(options.challenge);
      options.user.id = bytes(options.user.id);
      options.excludeCredentials = named(options.excludeCredentials);
      return navigator.credentials.create({ publicKey: options });
    },
    get: function (options) {
      options.challenge = bytes(options.challenge);
      options.allowCredentials = named(options.allowCredentials);
      return navigator.credentials.get({ publicKey: options });
    },
  };
  var written = function (made) {
    var given = { clientDataJSON: text(made.response.clientDataJSON) };
    ["attestationObject", "authenticatorData", "signature", "userHandle"].forEach(function (name) {
      if (made.response[name]) { given[name] = text(made.response[name]); }
    });
    return JSON.stringify({ id: made.id, rawId: text(made.rawId), type: made.type, response: given });
  };

  document.querySelectorAll("[data-passkey-link]").forEach(function (link) { link.hidden = false; });
  document.querySelectorAll("form[data-passkey]").forEach(function (form) {
    var unable = document.querySelector("[data-passkey-unable]");
    var failed = document.querySelector("[data-passkey-failed]");
    form.hidden = false;
    if (unable) { unable.hidden = true; }
    form.addEventListener("submit", function (event) {
      var answer = form.querySelector("[name=answer]");
      var name = form.querySelector("[name=name]");
      // Without a name the server says what is missing; with an answer the form goes on its way.
      if (answer.value || (name && !name.value.trim())) { return; }
      event.preventDefault();
      failed.hidden = true;
      ways[form.dataset.passkey](JSON.parse(form.dataset.question)).then(function (made) {
        answer.value = written(made);
        form.submit();
      }).catch(function () { failed.hidden = false; });
    });
  });
})();
