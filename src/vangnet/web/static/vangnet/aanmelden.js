// Vangnet: passkeys. A button with data-sleutel proves one, a button with data-nieuwe-sleutel makes one.
// SPDX-FileCopyrightText: Vangnet contributors
// SPDX-License-Identifier: EUPL-1.2
(function () {
  "use strict";

  const bytes = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (one) => one.charCodeAt(0));
  const text = (buffer) => btoa(String.fromCharCode(...new Uint8Array(buffer)))
    .replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
  const token = () => document.querySelector("[name=csrfmiddlewaretoken]")?.value
    || document.getElementById("vn-slotvel")?.dataset.csrf || "";

  // What goes to the authenticator is bytes, what goes over the line is text.
  function opened(options) {
    const asked = { ...options.publicKey, challenge: bytes(options.publicKey.challenge) };
    if (asked.user) asked.user = { ...asked.user, id: bytes(asked.user.id) };
    for (const name of ["excludeCredentials", "allowCredentials"]) {
      if (asked[name]) asked[name] = asked[name].map((one) => ({ ...one, id: bytes(one.id) }));
    }
    return { publicKey: asked };
  }

  function closed(credential) {
    const response = {};
    for (const name of ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"]) {
      if (credential.response[name]) response[name] = text(credential.response[name]);
    }
    return {
      id: credential.id, rawId: text(credential.rawId), type: credential.type, response,
      authenticatorAttachment: credential.authenticatorAttachment || undefined,
      clientExtensionResults: credential.getClientExtensionResults(),
    };
  }

  class Refused extends Error {}

  async function ask(address, body) {
    const words = { headers: { Accept: "application/json" }, credentials: "same-origin" };
    if (body !== undefined) {
      words.method = "POST";
      words.body = JSON.stringify(body);
      words.headers["Content-Type"] = "application/json";
      words.headers["X-CSRFToken"] = token();
    }
    const answer = await fetch(address, words);
    const found = (answer.headers.get("Content-Type") || "").startsWith("application/json") ? await answer.json() : {};
    if (!answer.ok) throw new Refused(found.zin || "");
    return found;
  }

  async function run(button, work) {
    const place = (button.closest("section, main") || document).querySelector("[data-sleutelfout]")
      || document.querySelector("[data-sleutelfout]");
    place.textContent = "";
    button.disabled = true;
    try {
      await work();
    } catch (fault) {
      if (fault instanceof Refused) place.textContent = fault.message || place.dataset.stil;
      else place.textContent = fault instanceof TypeError ? place.dataset.stil : place.dataset.geen;
    }
    button.disabled = false;
  }

  async function prove(button) {
    const address = button.dataset.sleutel;
    const credential = await navigator.credentials.get(opened(await ask(address)));
    const found = await ask(address, closed(credential));
    // In the sheet that a page lays over itself nothing has to be loaded anew.
    const form = button.dataset.dan && document.getElementById(button.dataset.dan); // proved for this form
    if (form) form.requestSubmit();
    else if (button.closest(".vn-slotvel")) document.dispatchEvent(new CustomEvent("vangnet:open"));
    else window.location.assign(found.volgende);
  }

  async function make(button) {
    const address = button.dataset.nieuweSleutel;
    const naam = document.getElementById("sleutelnaam")?.value || "";
    const credential = await navigator.credentials.create(opened(await ask(address)));
    window.location.assign((await ask(address, { naam, sleutel: closed(credential) })).volgende);
  }

  const possible = Boolean(window.PublicKeyCredential && navigator.credentials);
  const show = (root) => root.querySelectorAll("[data-sleutelplek]").forEach((part) => { part.hidden = !possible; });
  show(document);
  document.addEventListener("vangnet:slotvel", () => show(document));

  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-sleutel], [data-nieuwe-sleutel]");
    if (!button || !possible) return;
    run(button, () => (button.dataset.sleutel ? prove(button) : make(button)));
  });
})();
