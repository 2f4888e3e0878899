// SPDX-License-Identifier: EUPL-1.2
// Mijn werk: keys J K A W, on to the next question after an answer, and a refresh that never moves what is read.
(function () {
  "use strict";
  const EVERY = 15000;
  const NEXT = "vangnet.mijnwerk.verder";
  const page = document.getElementById("mw");
  const live = document.getElementById("mw-live");
  if (!page || !live) return;
  const questions = () => Array.from(document.querySelectorAll("[data-vraag]"));
  let here = -1;

  function keysOff() {
    try { return window.localStorage.getItem("vangnet.toetsen") === "uit"; } catch (error) { return false; }
  }
  function go(step) {
    const all = questions();
    if (!all.length) return;
    const at = all.findIndex((one) => one.contains(document.activeElement));
    here = at >= 0 ? at : here;
    here = here < 0 && step < 0 ? all.length - 1 : (here + step + all.length) % all.length;
    all[here].querySelector("h3").focus();
    all[here].scrollIntoView({ block: "nearest" });
  }
  function current() {
    const at = questions().findIndex((one) => one.contains(document.activeElement));
    if (at >= 0) here = at;
    return questions()[Math.max(here, 0)];
  }
  document.addEventListener("keydown", (event) => {
    if (keysOff() || event.ctrlKey || event.metaKey || event.altKey || document.querySelector("dialog[open]")) return;
    if (event.target.closest("input, textarea, select, [contenteditable]")) return;
    const key = event.key.toLowerCase();
    if (key === "j") go(1);
    else if (key === "k") go(-1);
    else if (key === "a") current()?.querySelector("button[value=ja]").focus();
    else if (key === "w") {
      const no = current()?.querySelector("details");
      if (no) { no.open = true; no.querySelector("input[type=radio]").focus(); }
    } else return;
    event.preventDefault();
  });

  // --- after an answer: what happened is said, and the next question is at hand ---
  const store = (what) => { try { return what(window.sessionStorage); } catch (error) { return null; } };
  document.addEventListener("submit", (event) => {
    if (event.target.closest("[data-vraag]")) store((s) => s.setItem(NEXT, "1"));
  });
  const wrong = document.querySelector("[data-vraag] [aria-invalid]");
  if (wrong) wrong.focus();
  else if (store((s) => s.getItem(NEXT))) {
    const said = document.querySelector(".vn-bericht:not([hidden])");
    const region = document.getElementById("vn-meld");
    if (said && region) window.setTimeout(() => { region.textContent = said.textContent.trim(); }, 300);
    if (questions().length) go(1);
  }
  store((s) => s.removeItem(NEXT));

  // --- clocks change in place; order and new lines wait until the reader asks for them ---
  const shape = (root) => Array.from(root.querySelectorAll("[data-vraag] h3, [data-rij] th, [data-rij] td:nth-child(-n+4), #mw-zij li, [id^=t-] h3"), (el) => el.textContent.replace(/\s+/g, " ").trim()).join("|");
  const first = shape(document);
  let time = page.dataset.tijd;
  let told = false;

  const REST = 55000;
  let lookedAt = Date.now();

  async function look() {
    if (document.hidden) return;
    lookedAt = Date.now();
    try {
      const answer = await fetch(page.dataset.adres, { headers: { "X-Achtergrond": "1" }, credentials: "same-origin" });
      if (!answer.ok) throw new Error(String(answer.status));
      const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
      const there = fresh.getElementById("mw");
      if (!there) throw new Error("page");
      fresh.querySelectorAll("[data-klokcel]").forEach((cell) => {
        const mine = document.querySelector(`[data-klokcel="${cell.dataset.klokcel}"]`);
        if (mine && mine.innerHTML !== cell.innerHTML) mine.replaceChildren(...cell.childNodes);
      });
      time = there.dataset.tijd;
      live.textContent = `${live.dataset.live} ${time}`;
      live.classList.remove("is-weg");
      if (shape(fresh) !== first && !told) {
        told = true;
        document.getElementById("mw-nieuws").hidden = false;
        const region = document.getElementById("vn-meld");
        if (region) region.textContent = live.dataset.anders;
      }
    } catch (error) {
      live.classList.add("is-weg");
      live.textContent = `${live.dataset.weg} ${time}`;
    }
  }
  // As soon as something changed; without that word every fifteen seconds, and with it once a minute.
  window.setInterval(() => { if (!document.body.classList.contains("is-levend") || Date.now() - lookedAt >= REST) look(); }, EVERY);
  document.addEventListener("vangnet:veranderd", look);
})();
