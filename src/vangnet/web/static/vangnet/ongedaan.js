// The bar after an act: its button counts ten seconds down and then rests; a quiet link to put it right keeps its place.
// SPDX-FileCopyrightText: Vangnet contributors
// SPDX-License-Identifier: EUPL-1.2
(function () {
  "use strict";

  document.querySelectorAll("form[data-ongedaan]").forEach((bar) => {
    const button = bar.querySelector("[data-knop]");
    const count = bar.querySelector("[data-rest]");
    const later = bar.querySelector("[data-later]");
    let left = Number(bar.dataset.ongedaan);
    count.hidden = false;
    bar.addEventListener("submit", () => { window.clearInterval(timer); });
    const timer = window.setInterval(() => {
      // Who is at the button, with a key or a mouse, is not hurried.
      if (button.matches(":focus, :hover") || document.hidden) return;
      left -= 1;
      count.textContent = " (" + left + " s)";
      if (left > 0) return;
      window.clearInterval(timer);
      bar.classList.add("is-voorbij");
      button.inert = true;
      later.hidden = false;
    }, 1000);
  });
})();
