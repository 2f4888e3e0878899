// Break-glass: what is left of the hour, and nothing of the child on the screen once it is over.
// SPDX-FileCopyrightText: Vangnet contributors
// SPDX-License-Identifier: EUPL-1.2
(function () {
  "use strict";

  const band = document.querySelector("[data-nood]");
  if (!band) return;
  const own = band.dataset;
  const ahead = Date.parse(own.nu) - Date.now(); // the clock of this device may be off
  const end = Date.parse(own.tot);
  const place = band.querySelector("[data-resttijd]");
  let over = false;

  function stop() {
    if (over) return;
    over = true;
    document.getElementById("nood-kind")?.remove();
    document.getElementById("nood-nieuw")?.remove();
    band.remove();
    const said = document.getElementById("nood-voorbij");
    said.hidden = false;
    said.tabIndex = -1;
    said.focus();
  }

  function tick() {
    const left = end - (Date.now() + ahead);
    if (left <= 0) { stop(); return; }
    const minutes = Math.floor(left / 60000);
    const text = minutes > 1 ? own.rest.replace("{n}", String(minutes)) : minutes === 1 ? own.een : own.minder;
    if (place.textContent !== text) place.textContent = text;
    band.classList.toggle("is-bijna", minutes < 10);
  }

  function beat() {
    if (document.hidden || over) return;
    fetch(own.stand, { credentials: "same-origin", headers: { Accept: "application/json", "X-Achtergrond": "1" } })
      .then((answer) => (answer.status === 410 || answer.status === 404 || answer.status === 403 ? stop() : answer.ok ? answer.json() : null))
      .then((found) => { if (found && !over && found.adres !== own.adresstand) document.getElementById("nood-nieuw").hidden = false; })
      .catch(() => { /* no connection: the clock of this page goes on */ });
  }

  tick();
  window.setInterval(tick, 1000);
  window.setInterval(beat, 15000);
  document.addEventListener("visibilitychange", () => { tick(); beat(); });
  window.addEventListener("pageshow", (event) => { if (event.persisted) { tick(); beat(); } });
})();
