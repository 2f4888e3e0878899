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

  // --- Fields that keep themselves. ---
  function save(box) {
    const form = box.closest("form[data-zelf]");
    const field = box.querySelector("[name^='w:']:checked") || box.querySelector("[name^='w:']:not([type=radio])");
    const sign = box.querySelector("[data-bewaard]");
    const value = field ? field.value : "";
    if (!form || box.dataset.laatst === value) return;
    box.dataset.laatst = value;
    const body = new URLSearchParams({ pad: box.dataset.pad, waarde: value, was: box.dataset.was });
    sign.className = "vn-bewaard is-wacht";
    sign.textContent = "…";
    fetch(form.dataset.zelf, { method: "POST", credentials: "same-origin", body, headers: { Accept: "application/json", "X-CSRFToken": token() } })
      .then((answer) => answer.json().then((found) => ({ ok: answer.ok, found }), () => ({ ok: false, found: {} })))
      .then(({ ok, found }) => {
        if (ok) {
          box.dataset.was = found.was;
          sign.className = "vn-bewaard";
          sign.textContent = "✓ " + found.om;
          version += 1;
          own.versie = String(Number(own.versie) + 1);
          return;
        }
        delete box.dataset.laatst;
        const fault = (found.fouten || [])[0];
        sign.className = "vn-bewaard is-fout";
        sign.textContent = [found.zin, fault ? fault.verwacht : "", found.nu !== null && found.nu !== undefined ? "→ " + found.nu : ""].filter(Boolean).join(" ");
        if (found.code === "Achterhaald") box.dataset.was = JSON.stringify(found.nu);
      })
      .catch(() => {
        delete box.dataset.laatst;
        sign.className = "vn-bewaard is-fout";
        sign.textContent = fill(document.querySelector("[data-oud]")?.dataset.tekst || "…", { om: lastHeard });
      });
  }
  document.querySelectorAll("form[data-zelf] .vn-zelf").forEach((box) => {
    const field = box.querySelector("[name^='w:']:checked") || box.querySelector("[name^='w:']:not([type=radio])");
    box.dataset.laatst = field ? field.value : "";
  });
  const rest = new Map();
  document.addEventListener("input", (event) => {
    const box = event.target.closest("form[data-zelf] .vn-zelf");
    if (!box || event.target.type === "radio") return;
    window.clearTimeout(rest.get(box));
    rest.set(box, window.setTimeout(() => save(box), 1000));
  });
  document.addEventListener("change", (event) => {
    const box = event.target.closest("form[data-zelf] .vn-zelf");
    if (box) { window.clearTimeout(rest.get(box)); save(box); }
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
