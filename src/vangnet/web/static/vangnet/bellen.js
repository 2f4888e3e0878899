// SPDX-License-Identifier: EUPL-1.2
// The phone list: filter while typing, arrows to the numbers, and fresh numbers as the day goes on.
(function () {
  "use strict";
  const EVERY = 60000;
  const box = document.getElementById("bel-filter");
  const field = document.getElementById("bel-zoek");
  const list = document.getElementById("bel-lijst");
  if (!box || !field || !list) return;
  box.hidden = false;

  const plain = (text) => text.normalize("NFKD").replace(/[\u0300-\u036f]/g, "").toLocaleLowerCase("nl");

  function filter() {
    const words = plain(field.value).split(/\s+/).filter(Boolean);
    let any = false;
    list.querySelectorAll("[data-groep]").forEach((group) => {
      const heading = group.querySelector("h2").firstChild.textContent;
      let some = false;
      group.querySelectorAll("[data-bel]").forEach((row) => {
        const text = plain(`${heading} ${row.textContent} ${row.dataset.woorden}`);
        row.hidden = !words.every((word) => text.includes(word));
        some = some || !row.hidden;
      });
      group.hidden = !some;
      any = any || some;
    });
    list.querySelectorAll(".bel-niemand").forEach((line) => { line.hidden = words.length > 0; });
    document.getElementById("bel-niets").hidden = any;
  }
  field.addEventListener("input", filter);

  document.addEventListener("keydown", (event) => {
    if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
    const shown = Array.from(list.querySelectorAll(".vn-tel")).filter((link) => link.offsetParent);
    const all = [field, ...shown];
    const at = all.indexOf(document.activeElement);
    const next = all[at + (event.key === "ArrowDown" ? 1 : -1)];
    if (at < 0 || !next) return;
    event.preventDefault();
    next.focus();
  });

  // Numbers change with the hour. Nothing moves while somebody stands in the list.
  window.setInterval(async () => {
    if (document.hidden || list.contains(document.activeElement)) return;
    try {
      const answer = await fetch(window.location.href, { headers: { "X-Achtergrond": "1" }, credentials: "same-origin" });
      if (!answer.ok) return;
      const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
      for (const id of ["bel-lijst", "bel-nu"]) {
        const here = document.getElementById(id);
        const there = fresh.getElementById(id);
        if (there && here.innerHTML !== there.innerHTML) here.replaceChildren(...there.childNodes);
      }
      filter();
    } catch (error) { /* the time in the title says how old it is */ }
  }, EVERY);
})();
