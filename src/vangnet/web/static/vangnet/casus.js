// The casus and its steps: keys, the heartbeat, fields that keep themselves, steps that open in place. All of it an extra.
// SPDX-FileCopyrightText: Vangnet contributors
// SPDX-License-Identifier: EUPL-1.2
(function () {
  "use strict";

  const root = document.querySelector("[data-casus]");
  if (!root) {
    hide(document);
    return;
  }
  const own = root.dataset;
  const words = document.querySelector("[data-kijkt]")?.dataset || {};
  const announce = (text) => { const place = document.getElementById("vn-meld"); if (place) place.textContent = text; };
  const token = () => document.querySelector("[name=csrfmiddlewaretoken]")?.value || "";
  const fill = (text, values) => Object.entries(values).reduce((out, [name, value]) => out.replace("{" + name + "}", value), text || "");
  const clockNow = () => new Date().toLocaleTimeString("nl-NL", { hour: "2-digit", minute: "2-digit" });

  // --- Where somebody writes: told to colleagues with the heartbeat. ---
  let writing = "";
  document.addEventListener("focusin", (event) => {
    const form = event.target.closest("[data-bij]");
    writing = form && event.target.matches("input, select, textarea") ? form.dataset.bij : "";
  });

  // --- The heartbeat, every fifteen seconds; it never moves what is being read. ---
  let version = Number(own.versie);
  let missed = 0;
  let lastHeard = clockNow();
  function beat() {
    if (document.hidden) return;
    fetch(own.adres + "?bij=" + encodeURIComponent(writing), { credentials: "same-origin", headers: { Accept: "application/json", "X-Achtergrond": "1" } })
      .then((answer) => (answer.ok ? answer.json() : Promise.reject(answer.status)))
      .then((found) => {
        missed = 0;
        lastHeard = clockNow();
        show("[data-oud]", false);
        tellOthers(found.anderen || []);
        if (found.versie > version) tellChange(found.versie - Number(own.versie));
        version = found.versie;
      })
      .catch(() => {
        missed += 1;
        const place = document.querySelector("[data-oud]");
        if (missed < 2 || !place) return;
        place.textContent = fill(place.dataset.tekst, { om: lastHeard });
        place.hidden = false;
      });
  }
  function show(selector, on) { const place = document.querySelector(selector); if (place) place.hidden = !on; }
  function tellOthers(others) {
    const place = document.querySelector("[data-aanwezig]");
    if (!place || !words.kijkt) return;
    const text = others.map((one) => fill(one.onderdeel ? words.schrijft : words.kijkt, { naam: one.naam, bij: one.onderdeel })).join(" ");
    if (place.textContent.trim() !== text) place.textContent = text;
    place.hidden = !text;
  }
  function tellChange(count) {
    const place = document.querySelector("[data-wijziging]");
    if (!place) return;
    const text = place.querySelector("[data-tekst]");
    text.textContent = count === 1 ? text.dataset.een : fill(text.dataset.meer, { n: count });
    place.hidden = false;
  }
  window.setInterval(beat, 15000);
  document.addEventListener("vangnet:veranderd", beat);

  // --- Fields that keep themselves: one at a time per field, and again until the server has answered. ---
  const fieldOf = (box) => box.querySelector("[name^='w:']:checked") || box.querySelector("[name^='w:']:not([type=radio])");
  const TIMEOUT = 15000;
  const open = new Map(); // per field that is not on record yet: whether it is on its way now
  let tries = 0;
  let retry = 0;
  function say(box, kind, text) {
    const sign = box.querySelector("[data-bewaard]");
    sign.className = "vn-bewaard" + kind;
    sign.textContent = text;
  }
  async function save(box) {
    const form = box.closest("form[data-zelf]");
    const field = fieldOf(box);
    const value = field ? field.value : "";
    if (!form || open.get(box) || (box.dataset.laatst === value && !open.has(box))) return;
    open.set(box, true);
    box.dataset.laatst = value;
    say(box, " is-wacht", "…");
    const stop = new AbortController();
    const timer = window.setTimeout(() => stop.abort(), TIMEOUT);
    const body = new URLSearchParams({ pad: box.dataset.pad, waarde: value, was: box.dataset.was });
    let status = 0;
    let found = null;
    try {
      const answer = await fetch(form.dataset.zelf, { method: "POST", credentials: "same-origin", redirect: "manual", body, signal: stop.signal, keepalive: document.visibilityState === "hidden" && value.length < 20000, headers: { Accept: "application/json", "X-CSRFToken": token() } });
      status = answer.status;
      if ((answer.headers.get("Content-Type") || "").includes("json")) found = await answer.json();
    } catch (error) { status = 0; }
    window.clearTimeout(timer);
    open.delete(box);
    if (status === 200 && found) {
      tries = 0;
      box.dataset.was = found.was;
      say(box, "", ["✓ " + found.om].concat(found.termijnen || []).join(" · "));
      version += 1;
      own.versie = String(Number(own.versie) + 1);
      save(box); // what was typed meanwhile
    } else if (found && status >= 400 && status < 500) {
      delete box.dataset.laatst;
      const fault = (found.fouten || [])[0];
      say(box, " is-fout", [found.zin, fault ? fault.verwacht : "", found.nu !== null && found.nu !== undefined ? "→ " + found.nu : ""].filter(Boolean).join(" "));
      if (found.code === "Achterhaald") box.dataset.was = JSON.stringify(found.nu);
    } else if (status === 413 || status === 400) {
      delete box.dataset.laatst;
      say(box, " is-fout", words.teLang);
    } else {
      // The server, the connection or the session is away: the text stays, and goes by itself as soon as it can.
      open.set(box, false);
      say(box, " is-wacht", status === 401 || status === 423 ? words.wachtAf : words.wacht);
      if (status === 401 || status === 423 || status === 403) document.dispatchEvent(new CustomEvent("vangnet:stand"));
      tries += 1;
      if (!retry) retry = window.setTimeout(goOn, Math.min(30000, 1000 * 2 ** Math.min(tries - 1, 5)));
    }
  }
  function goOn() {
    window.clearTimeout(retry);
    retry = 0;
    for (const [box, busy] of open) if (!busy) save(box);
  }
  window.addEventListener("online", goOn);
  document.addEventListener("vangnet:open", () => window.setTimeout(goOn, 500));
  function flush() {
    for (const [box, timer] of Array.from(rest)) { window.clearTimeout(timer); rest.delete(box); save(box); }
  }
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden") flush(); // a phone that goes into a pocket
    else if (open.size) window.setTimeout(goOn, 500);
  });
  window.addEventListener("beforeunload", (event) => {
    flush();
    if (open.size) event.preventDefault();
  });
  document.querySelectorAll("form[data-zelf] .vn-zelf").forEach((box) => {
    const field = fieldOf(box);
    box.dataset.laatst = field ? field.value : "";
  });
  const rest = new Map();
  document.addEventListener("input", (event) => {
    const box = event.target.closest("form[data-zelf] .vn-zelf");
    if (!box || event.target.type === "radio") return;
    window.clearTimeout(rest.get(box));
    rest.set(box, window.setTimeout(() => { rest.delete(box); save(box); }, 1000));
  });
  document.addEventListener("change", (event) => {
    const box = event.target.closest("form[data-zelf] .vn-zelf");
    if (box) { window.clearTimeout(rest.get(box)); rest.delete(box); save(box); }
  });

  // --- Steps open in place; the link stays a page of its own. ---
  function openInline(link) {
    const place = document.getElementById(link.dataset.inline);
    if (!place || !window.htmx) return false;
    document.querySelectorAll(".vn-inline").forEach((one) => { one.replaceChildren(); });
    window.htmx.ajax("GET", link.getAttribute("href"), { target: place, swap: "innerHTML" }).then(() => {
      const first = place.querySelector("input:not([type=hidden]), select, textarea") || place.querySelector("button, summary, a");
      place.dataset.van = link.getAttribute("href");
      hide(place);
      (first || place).focus?.();
    });
    return true;
  }
  document.addEventListener("click", (event) => {
    const shut = event.target.closest("[data-dicht]");
    if (shut) { closeInline(shut.closest(".vn-inline")); return; }
    const link = event.target.closest("a[data-inline]");
    const plain = event.button === 0 && !event.ctrlKey && !event.metaKey && !event.shiftKey && !event.altKey;
    if (link && plain && openInline(link)) event.preventDefault();
  });
  function closeInline(place) {
    if (!place) return;
    const link = document.querySelector('a[data-inline="' + place.id + '"][href="' + place.dataset.van + '"]');
    place.replaceChildren();
    link?.focus();
  }
  document.addEventListener("htmx:afterSwap", (event) => {
    if (!event.target.closest?.(".vn-inline")) return;
    hide(event.target);
    event.target.querySelector("#poging")?.focus();
  });

  // --- The secret address hides itself. ---
  document.addEventListener("htmx:afterSwap", (event) => { forget(event.target); });
  function forget(place) {
    place.querySelectorAll?.("[data-verdwijnt]").forEach((part) => {
      window.setTimeout(() => { part.replaceWith(document.createTextNode("••••••••••••")); }, Number(part.dataset.verdwijnt) * 1000);
    });
  }

  // --- Keys: outside fields, can be switched off like all of them. ---
  let keysOn = true;
  try { keysOn = window.localStorage.getItem("vangnet.toetsen") !== "uit"; } catch (error) { /* then they stay on */ }
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || document.querySelector("dialog[open]")) return;
    if (event.key === "Escape") {
      const open = event.target.closest(".vn-inline") || document.querySelector(".vn-inline:not(:empty)");
      if (open) { closeInline(open); return; }
      if (!event.target.closest("input, select, textarea") && own.terug) window.location.assign(own.terug);
      return;
    }
    if (!keysOn || event.target.closest("input, select, textarea, [contenteditable]")) return;
    const link = document.querySelector('[data-toets="' + CSS.escape(event.key.toLowerCase()) + '"]');
    if (!link) return;
    event.preventDefault();
    link.click();
  });

  hide(document);
  function hide(part) {
    part.querySelectorAll("[data-zonder-script]").forEach((one) => { one.hidden = true; });
    part.querySelectorAll("[data-met-script]").forEach((one) => { one.hidden = false; });
    part.querySelectorAll("[data-verdwijnt]").forEach((one) => {
      window.setTimeout(() => { one.textContent = "••••••••••••"; }, Number(one.dataset.verdwijnt) * 1000);
    });
  }
  if (document.getElementById("poging")) { document.getElementById("poging").focus(); announce(document.getElementById("poging").textContent.trim()); }
})();
