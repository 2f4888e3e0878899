// Beheer: copy a link, and offer only the functions that an organisation has. Extras; every page works without them.
// SPDX-FileCopyrightText: Vangnet contributors
// SPDX-License-Identifier: EUPL-1.2
(function () {
  "use strict";

  document.querySelectorAll("[data-kopieer]").forEach((button) => {
    if (!navigator.clipboard) { button.remove(); return; }
    button.addEventListener("click", () => {
      const text = document.getElementById(button.dataset.kopieer).textContent;
      navigator.clipboard.writeText(text).then(() => {
        const label = button.querySelector("[data-label]");
        const before = label.textContent;
        label.textContent = button.dataset.gekopieerd;
        const region = document.getElementById("vn-meld");
        if (region) region.textContent = button.dataset.gekopieerd;
        window.setTimeout(() => { label.textContent = before; }, 2500);
      }, () => {});
    });
  });

  document.querySelectorAll("form").forEach((form) => {
    const where = form.querySelector("[data-organisatie]");
    const what = form.querySelector("[data-rol]");
    if (!where || !what) return;
    const fit = () => {
      const chosen = where.selectedOptions[0];
      const known = (chosen && chosen.dataset.rollen || "").split(" ").filter(Boolean);
      what.querySelectorAll("option[value]:not([value=''])").forEach((option) => {
        option.disabled = option.hidden = known.length > 0 && !known.includes(option.value);
      });
      what.querySelectorAll("optgroup").forEach((group) => {
        group.hidden = !group.querySelector("option:not([disabled])");
      });
      if (what.selectedOptions[0] && what.selectedOptions[0].disabled) what.value = "";
      const left = [...what.querySelectorAll("option[value]:not([value=''])")].filter((option) => !option.disabled);
      if (left.length === 1) what.value = left[0].value;
    };
    where.addEventListener("change", fit);
    fit();
  });
})();
