// SPDX-License-Identifier: EUPL-1.2
// Mijn werk: keys J K A W, and a refresh in the background that never moves what is read.
(function () {
  "use strict";
  const EVERY = 15000;
  const questions = () => Array.from(document.querySelectorAll("[data-vraag]"));
  let here = -1;

  function writing(event) {
    const el = event.target;
    return event.ctrlKey || event.metaKey || event.altKey || (el.closest && el.closest("input,textarea,select,[contenteditable]"));
  }
  function go(step) {
    const all = questions();
    if (!all.length) return;
    here = (here + step + all.length) % all.length;
    const head = all[here].querySelector("h3");
    head.focus();
    all[here].scrollIntoView({ block: "nearest" });
  }
  document.addEventListener("keydown", (event) => {
    if (writing(event) || document.querySelector("dialog[open]")) return;
    if (window.localStorage && window.localStorage.getItem("vn-toetsen") === "uit") return;
    const key = event.key.toLowerCase();
    if (key === "j") go(1);
    else if (key === "k") go(-1);
    else if (key === "a" && here >= 0) questions()[here].querySelector("button[value=ja]").focus();
    else if (key === "w" && here >= 0) {
      const no = questions()[here].querySelector("details");
      no.open = true;
      no.querySelector("input[type=radio]").focus();
    } else return;
    event.preventDefault();
  });

  // What can have changed is compared by its text; the page itself stays as it is until the reader asks for it.
  const shown = () => Array.from(document.querySelectorAll("[data-vraag] h3, [data-rij] th, [data-rij] td:nth-child(-n+4)")).map((el) => el.textContent.trim()).join("|");
  const first = shown();
  async function look() {
    const part = document.getElementById("mw");
    if (!part || document.hidden) return;
    const live = document.getElementById("vn-live");
    try {
      const answer = await fetch(part.dataset.adres, { headers: { "X-Achtergrond": "1" }, credentials: "same-origin" });
      if (!answer.ok) throw new Error(String(answer.status));
      const doc = new DOMParser().parseFromString(await answer.text(), "text/html");
      const theirs = Array.from(doc.querySelectorAll("[data-vraag] h3, [data-rij] th, [data-rij] td:nth-child(-n+4)")).map((el) => el.textContent.trim()).join("|");
      doc.querySelectorAll("[data-rij]").forEach((row) => {
        const link = row.querySelector("a");
        const mine = link && document.querySelector(`[data-rij] a[href="${link.getAttribute("href")}"]`);
        const old = mine && mine.closest("tr").lastElementChild;
        if (old && old.innerHTML !== row.lastElementChild.innerHTML) old.replaceChildren(...row.lastElementChild.childNodes);
      });
      document.getElementById("vn-live-tijd").textContent = doc.getElementById("mw").dataset.tijd;
      live.classList.remove("is-weg");
      if (theirs !== first) document.getElementById("mw-nieuws").hidden = false;
    } catch (error) {
      live.classList.add("is-weg");
    }
  }
  window.setInterval(look, EVERY);
})();
