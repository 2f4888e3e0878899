// SPDX-License-Identifier: EUPL-1.2
// The phone list: filter while typing.
(function () {
  "use strict";
  const box = document.getElementById("bel-filter");
  const field = document.getElementById("bel-zoek");
  if (!box || !field) return;
  box.hidden = false;
  field.addEventListener("input", () => {
    const word = field.value.trim().toLocaleLowerCase("nl");
    let any = false;
    document.querySelectorAll("[data-groep]").forEach((group) => {
      let some = false;
      group.querySelectorAll("[data-bel]").forEach((row) => {
        row.hidden = !row.textContent.toLocaleLowerCase("nl").includes(word);
        some = some || !row.hidden;
      });
      group.hidden = !some;
      any = any || some;
    });
    document.getElementById("bel-niets").hidden = any;
  });
})();
