// SPDX-License-Identifier: EUPL-1.2
// The morning list: tick all at once, and the dialog of the printer on the page that was asked for it.
(function () {
  "use strict";
  const all = document.querySelector("[data-alle]");
  const boxes = () => Array.from(document.querySelectorAll("input[name=signaal]"));
  if (all) {
    all.hidden = false;
    all.addEventListener("click", () => {
      const on = boxes().some((one) => !one.checked);
      boxes().forEach((one) => { one.checked = on; });
    });
  }
  if (document.querySelector("[data-print]")) window.print();
})();
