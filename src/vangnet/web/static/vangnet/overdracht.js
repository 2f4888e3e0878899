// The hand-over keeps itself up to date while somebody writes; what he wrote stays. The page works without it.
// SPDX-FileCopyrightText: Vangnet contributors
// SPDX-License-Identifier: EUPL-1.2
(function () {
  "use strict";
  const page = document.getElementById("od");
  const words = document.getElementById("od-woorden")?.dataset;
  if (!page || !words) return;
  document.getElementById("poging")?.focus();

  const notice = document.getElementById("od-anders");
  const html = (element) => element.innerHTML.replace(/\s+/g, " ").trim();
  const rows = (part) => new Map(Array.from(part.querySelectorAll("[data-casus]"), (row) => [row.dataset.casus, row]));
  let over = false;

  function mark(row, text) {
    row.classList.add("is-anders");
    const sign = document.createElement("b");
    sign.className = "vn-merkje is-let";
    sign.textContent = text;
    row.querySelector(".od-wie")?.append(" ", sign);
  }
  function say(text, again) {
    notice.querySelector("span").textContent = text;
    notice.querySelector("a").hidden = !again;
    notice.hidden = false;
  }
  function put(old, next) { // who stands on a link in it keeps his place
    const here = old.contains(document.activeElement) ? document.activeElement.getAttribute("href") : null;
    old.replaceChildren(...Array.from(next.childNodes, (node) => document.importNode(node, true)));
    if (here) Array.from(old.querySelectorAll("a")).find((one) => one.getAttribute("href") === here)?.focus({ preventScroll: true });
  }
  function merge(fresh) {
    if (fresh.dataset.stand !== page.dataset.stand) {
      over = true; // somebody signed: this is no longer the page to sign on
      say(words.getekend, true);
      return;
    }
    fresh.querySelectorAll("[data-deel]").forEach((next) => {
      const old = page.querySelector(`[data-deel="${next.dataset.deel}"]`);
      if (old && html(old) !== html(next)) put(old, next);
    });
    const list = document.getElementById("od-lijst");
    const now = rows(list);
    let changed = false;
    rows(fresh).forEach((next, id) => {
      const row = now.get(id);
      now.delete(id);
      if (!row) {
        const added = document.importNode(next, true);
        list.append(added);
        mark(added, words.nieuw);
        changed = true;
      } else if (row.dataset.versie !== next.dataset.versie) {
        put(row.querySelector(".od-tekst"), next.querySelector(".od-tekst"));
        row.dataset.versie = next.dataset.versie;
        mark(row, words.net);
        changed = true;
      }
    });
    now.forEach((row) => { // its remark has no casus to go with any more
      row.querySelectorAll("textarea").forEach((area) => { area.name = ""; });
      if (!row.classList.contains("is-weg")) { row.classList.add("is-weg"); mark(row, words.weg); changed = true; }
    });
    const seen = fresh.querySelector('[name="gezien"]');
    const mine = page.querySelector('[name="gezien"]');
    if (seen && mine) mine.value = seen.value;
    if (changed) say(words.veranderd, false);
  }

  let busy = false;
  let again = false;
  async function refresh() {
    if (over || document.hidden) return;
    if (busy) { again = true; return; }
    busy = true;
    try {
      const answer = await fetch(page.dataset.haal, { headers: { "X-Achtergrond": "1" }, credentials: "same-origin", redirect: "error" });
      if (answer.ok) {
        const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").getElementById("od");
        if (fresh) merge(fresh);
      }
    } catch (error) { /* no answer: what is signed is checked again when it is sent */ }
    busy = false;
    if (again) { again = false; refresh(); }
  }
  document.addEventListener("vangnet:veranderd", refresh);
  document.addEventListener("visibilitychange", () => { if (!document.hidden) refresh(); });
  window.setInterval(refresh, 60000);
})();
