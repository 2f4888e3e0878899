// Vangnet: keeps what somebody is writing when the session locks or ends. The server decides; this only follows it.
// SPDX-FileCopyrightText: Vangnet contributors
// SPDX-License-Identifier: EUPL-1.2
(function () {
  "use strict";

  const sheet = document.getElementById("vn-slotvel");
  const main = document.getElementById("inhoud");
  if (!sheet || !main) return;
  const words = sheet.dataset;
  const IDLE = Number(words.minuten) * 60000;
  const MINUTE = 60000;
  const STORE = "vangnet.actief";
  let token = words.csrf;
  let lastAct = Date.now();
  let lastHeard = Date.now();
  let lastTold = Date.now();
  let locked = false;
  let title = "";

  const channel = "BroadcastChannel" in window ? new BroadcastChannel("vangnet.slot") : null;
  const tell = (word) => { if (channel) channel.postMessage(word); };

  function ask(address, options = {}) {
    const { headers, ...rest } = options;
    return fetch(address, { credentials: "same-origin", headers: { Accept: "application/json", "X-CSRFToken": token, ...headers }, ...rest });
  }

  // --- a fresh token reaches every form that stands open, also after signing in again elsewhere ---
  function renew(fresh) {
    token = fresh;
    document.querySelectorAll("[name=csrfmiddlewaretoken]").forEach((field) => { field.value = fresh; });
  }

  document.addEventListener("htmx:configRequest", (event) => {
    event.detail.headers["X-CSRFToken"] = token;
    if ("csrfmiddlewaretoken" in event.detail.parameters) event.detail.parameters.csrfmiddlewaretoken = token;
  });

  // --- the bar that says that the session is gone, with a way back in a new tab ---
  function gone(sentence, withLink) {
    let bar = document.getElementById("vn-weg");
    if (!bar) {
      bar = document.createElement("div");
      bar.id = "vn-weg";
      bar.className = "vn-bericht vn-heel vn-weg";
      bar.setAttribute("role", "alert");
      main.prepend(bar);
    }
    bar.textContent = sentence + " ";
    if (withLink) {
      const link = document.createElement("a");
      link.href = words.aanmelden;
      link.target = "_blank";
      link.rel = "noopener";
      link.textContent = words.aanmeldwoord;
      bar.append(link);
    }
    bar.scrollIntoView({ block: "nearest" });
  }

  // --- the state of the session, by the server: "open", "slot", "af", or "" when nothing came back ---
  async function state() {
    try {
      const answer = await ask(words.stand, { headers: { "X-Achtergrond": "1" } });
      const found = await answer.json();
      lastHeard = Date.now();
      renew(found.csrf);
      if (found.stand === "af") gone(words.af, true);
      else if (found.functie !== words.functie) { gone(words.ander, false); return "ander"; }
      else if (found.stand === "slot") lock(false);
      else { document.getElementById("vn-weg")?.remove(); unlock(); }
      return found.stand;
    } catch (fault) {
      return "";
    }
  }

  // --- the lock: everything goes out of sight, except what its author is writing ---
  function hideAround(part) {
    const keep = part.querySelector("[data-blijft-schrijfbaar]");
    for (const child of Array.from(part.children)) {
      if (child.hidden || child.classList.contains("vn-slotvel") || child.id === "vn-weg") continue;
      if (child.matches("[data-blijft-schrijfbaar]")) continue;
      if (keep && child.contains(keep)) hideAround(child);
      else { child.hidden = true; child.dataset.opSlot = ""; }
    }
  }

  function lock(byMe) {
    if (locked) return;
    locked = true;
    document.querySelectorAll("dialog[open]").forEach((one) => one.close());
    hideAround(main);
    document.querySelectorAll(".vn-wie, .vn-voet").forEach((one) => { one.hidden = true; one.dataset.opSlot = ""; });
    main.prepend(sheet.content.cloneNode(true));
    renew(token);
    document.body.classList.add("is-op-slot");
    title = document.title;
    document.title = words.titel;
    document.dispatchEvent(new CustomEvent("vangnet:slotvel"));
    if (!document.activeElement?.closest("[data-blijft-schrijfbaar]")) main.querySelector(".vn-slotvel h1").focus();
    if (byMe) {
      tell("slot");
      ask(words.slot, { method: "POST", body: new URLSearchParams({ doe: "slot" }), headers: { "X-Achtergrond": "1" } }).catch(() => {});
    }
  }

  function unlock() {
    if (!locked) return;
    locked = false;
    act();
    main.querySelector(".vn-slotvel")?.remove();
    document.querySelectorAll("[data-op-slot]").forEach((one) => { one.hidden = false; delete one.dataset.opSlot; });
    document.body.classList.remove("is-op-slot");
    document.title = title;
    if (!document.activeElement?.closest("[data-blijft-schrijfbaar]")) main.focus();
  }

  document.addEventListener("vangnet:open", () => { tell("open"); state(); });
  if (channel) channel.onmessage = (message) => { if (message.data === "slot") lock(false); else state(); };

  document.addEventListener("submit", async (event) => {
    const form = event.target;
    if (!form.closest(".vn-slotvel") || form.getAttribute("action") !== words.slot) return;
    event.preventDefault();
    const fault = form.closest(".vn-slotvel").querySelector("[data-sleutelfout]");
    fault.textContent = "";
    const body = new URLSearchParams(new FormData(form, event.submitter));
    try {
      const answer = await ask(words.slot, { method: "POST", body });
      const found = await answer.json();
      if (answer.ok) { renew(found.csrf); tell("open"); document.dispatchEvent(new CustomEvent("vangnet:open")); return; }
      if (answer.status === 401) gone(words.af, true);
      fault.textContent = found.zin || "";
      form.querySelector("input:not([type=hidden])")?.select();
    } catch (problem) {
      fault.textContent = words.geenAntwoord;
    }
  });

  // --- what a person does keeps the session awake; told to the server at most once a minute ---
  function act() {
    if (locked) return;
    lastAct = Date.now();
    if (lastAct - lastTold < MINUTE) return;
    lastTold = lastAct;
    try { window.localStorage.setItem(STORE, String(lastAct)); } catch (error) { /* storage refused: only this tab then */ }
    ask(words.wakker).then((answer) => { if (answer.ok) lastHeard = Date.now(); else state(); }).catch(() => {});
  }
  for (const name of ["pointerdown", "keydown", "wheel", "touchstart", "input"]) {
    document.addEventListener(name, act, { passive: true, capture: true });
  }

  function elsewhere() {
    try { return Number(window.localStorage.getItem(STORE)) || 0; } catch (error) { return 0; }
  }

  window.setInterval(() => { if (!locked && Date.now() - Math.max(lastAct, elsewhere()) >= IDLE) lock(true); }, 5000);
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "visible" && Date.now() - lastHeard > 5000) state();
  });

  // --- an answer of the server that the session is locked or gone: before the page's own "no answer" ---
  window.addEventListener("htmx:responseError", (event) => {
    const status = event.detail.xhr?.status;
    if (status !== 401 && status !== 423) return;
    event.stopPropagation();
    if (status === 423) lock(false);
    else gone(words.af, true);
  }, true);

  // A plain form that stood open for a while asks first, so that what is in it is not lost on the way.
  window.addEventListener("submit", async (event) => {
    const form = event.target;
    if (form.method !== "post" || form.closest(".vn-slotvel") || form.dataset.gevraagd !== undefined) return;
    if (event.defaultPrevented || Date.now() - lastHeard < MINUTE || form.matches("[hx-post], [data-hx-post]")) return;
    const submitter = event.submitter;
    event.preventDefault();
    event.stopImmediatePropagation();
    const found = await state();
    if (found !== "open" && found !== "") return;
    form.dataset.gevraagd = "";
    form.requestSubmit(submitter);
    delete form.dataset.gevraagd;
  }, true);
})();
