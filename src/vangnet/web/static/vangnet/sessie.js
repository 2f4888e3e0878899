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
  const FRESH = 3000; // so long an answer of the server counts as proof that it is there
  const PATIENCE = 15000;
  const SLOW = 1500;
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
    const stop = new AbortController();
    const timer = window.setTimeout(() => stop.abort(), PATIENCE);
    try {
      const answer = await ask(words.stand, { headers: { "X-Achtergrond": "1" }, signal: stop.signal });
      const found = await answer.json();
      lastHeard = Date.now();
      // With the token of somebody else what stands here would go on record in his name.
      if (found.stand === "af" || found.functie === words.functie) renew(found.csrf);
      if (found.stand === "af") gone(words.af, true);
      else if (found.functie !== words.functie) { gone(words.ander, false); return "ander"; }
      else if (found.stand === "slot") lock(false);
      else { document.getElementById("vn-weg")?.remove(); unlock(); }
      return found.stand;
    } catch (fault) {
      return "";
    } finally {
      window.clearTimeout(timer);
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
    document.dispatchEvent(new CustomEvent("vangnet:opslot"));
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
    document.dispatchEvent(new CustomEvent("vangnet:alarm"));
    main.querySelector(".vn-slotvel")?.remove();
    document.querySelectorAll("[data-op-slot]").forEach((one) => { one.hidden = false; delete one.dataset.opSlot; });
    document.body.classList.remove("is-op-slot");
    document.title = title;
    if (!document.activeElement?.closest("[data-blijft-schrijfbaar]")) main.focus();
  }

  document.addEventListener("vangnet:open", () => { tell("open"); state(); });
  document.addEventListener("vangnet:stand", () => { state(); });
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
    if (status === 403) state(); // a token of before the last sign-in: the next try carries the fresh one
    if (status !== 401 && status !== 423) return;
    event.stopPropagation();
    if (status === 423) lock(false);
    else gone(words.af, true);
  }, true);

  // A plain form asks first, so that what is in it is not lost on the way: no connection, no database, no session. Sent
  // once, it is not sent again by a second click or a key that is held down.
  const asking = new WeakSet();
  const sent = new WeakMap();
  window.addEventListener("pageshow", (event) => { if (event.persisted) document.querySelectorAll("form").forEach((form) => sent.delete(form)); });
  window.addEventListener("submit", async (event) => {
    const form = event.target;
    if (form.method !== "post" || form.closest(".vn-slotvel") || form.matches("[hx-post], [data-hx-post]") || event.defaultPrevented) return;
    const halt = () => { event.preventDefault(); event.stopImmediatePropagation(); };
    if (asking.has(form) || Date.now() - (sent.get(form) || 0) < FRESH) { halt(); return; }
    if (Date.now() - lastHeard < FRESH) {
      window.setTimeout(() => { if (!event.defaultPrevented) sent.set(form, Date.now()); }, 0);
      return;
    }
    const submitter = event.submitter;
    halt();
    asking.add(form);
    const slow = window.setTimeout(() => gone(words.traag, false), SLOW);
    const found = await state();
    window.clearTimeout(slow);
    asking.delete(form);
    if (found === "") gone(words.stil, false);
    if (found === "open") form.requestSubmit(submitter);
  }, true);
})();
