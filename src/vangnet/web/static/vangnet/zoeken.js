// SPDX-License-Identifier: EUPL-1.2
// Zoeken: arrows between the field and what was found, and one spoken line about how much that is.
(function () {
  "use strict";
  const field = document.getElementById("zoek");
  const found = document.getElementById("vondsten");
  if (!field || !found) return;
  const links = () => Array.from(found.querySelectorAll("li a"));

  document.addEventListener("keydown", (event) => {
    if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
    const all = [field, ...links()];
    const at = all.indexOf(document.activeElement);
    if (at < 0) return;
    const next = all[at + (event.key === "ArrowDown" ? 1 : -1)];
    if (!next) return;
    event.preventDefault();
    next.focus();
  });

  document.addEventListener("htmx:afterSwap", (event) => {
    if (event.target !== found) return;
    const line = found.querySelector("[data-telling]");
    const region = document.getElementById("vn-meld");
    if (line && region) region.textContent = line.textContent;
  });
})();
