// Vangnet: the little that a page cannot do without script. Everything here is an extra; every page works without it.
// SPDX-FileCopyrightText: Vangnet contributors
// SPDX-License-Identifier: EUPL-1.2
(function () {
  "use strict";

  const byId = (id) => document.getElementById(id);
  const text = (name) => byId("vn-teksten")?.dataset[name] || "";

  // One polite live region for the whole page.
  function announce(message) {
    const region = byId("vn-meld");
    if (!region) return;
    region.textContent = "";
    window.setTimeout(() => { region.textContent = message; }, 50);
  }

  // --- Source drawer: any a.vn-bron opens it; the address stays a normal page. ---
  const drawer = byId("vn-bronla");
  const trail = [];

  function showSource(href, keepTrail) {
    const content = byId("vn-bron-inhoud");
    if (!keepTrail) trail.push(href);
    drawer.querySelector("[data-doe=bron-terug]").hidden = trail.length < 2;
    if (!drawer.open) {
      content.textContent = text("laden");
      drawer.showModal();
    }
    window.htmx.ajax("GET", href, { target: content, swap: "innerHTML", source: content })
      .catch(() => window.location.assign(href));
    drawer.scrollTop = 0;
  }

  if (drawer) drawer.addEventListener("close", () => { trail.length = 0; });

  // --- Buttons: <button data-doe="..."> ---
  const actions = {
    print: () => window.print(),
    toetsen: () => byId("vn-toetsla").showModal(),
    sluit: (button) => button.closest("dialog").close(),
    "bron-terug": () => { trail.pop(); showSource(trail[trail.length - 1], true); },
    link: (button) => {
      const done = () => {
        announce(text("gekopieerd"));
        const label = button && button.querySelector("[data-label]");
        if (!label) return;
        const before = label.textContent;
        label.textContent = text("gekopieerd");
        window.setTimeout(() => { label.textContent = before; }, 2500);
      };
      const failed = () => window.alert(text("kopieerZelf"));
      if (navigator.clipboard) navigator.clipboard.writeText(window.location.href).then(done, failed);
      else failed();
    },
  };

  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-doe]");
    if (button) {
      actions[button.dataset.doe]?.(button);
      return;
    }
    const link = event.target.closest("a.vn-bron, a[data-lade]");
    const plain = event.button === 0 && !event.ctrlKey && !event.metaKey && !event.shiftKey && !event.altKey;
    if (link && link.href && plain && drawer && window.htmx && !event.defaultPrevented) {
      event.preventDefault();
      showSource(link.getAttribute("href"));
      return;
    }
    // A click on the backdrop (outside the drawer's own box) closes it.
    if (event.target === drawer) drawer.close();
    // A click elsewhere closes an open pick list.
    document.querySelectorAll("details.vn-kies[open]").forEach((list) => {
      if (!list.contains(event.target)) list.open = false;
    });
  });

  // --- Keys: single letters, outside fields only, can be switched off (WCAG 2.1.4). ---
  const STORE = "vangnet.toetsen";
  let keysOn = true;
  try { keysOn = window.localStorage.getItem(STORE) !== "uit"; } catch (error) { /* storage refused: keys stay on for this page */ }

  const keys = {
    "/": () => document.querySelector("[data-eerste]")?.focus(),
    "a": () => byId("antwoord")?.focus(),
    "l": () => { const button = document.querySelector("[data-doe=link]"); if (button) actions.link(button); },
    "p": () => window.print(),
    "?": () => actions.toetsen(),
  };

  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") {
      const list = document.querySelector("details.vn-kies[open]");
      if (list) { list.open = false; list.querySelector("summary").focus(); }
      return;
    }
    if (!keysOn || event.ctrlKey || event.metaKey || event.altKey || document.querySelector("dialog[open]")) return;
    if (event.target.closest("input, select, textarea, [contenteditable]")) return;
    const action = keys[event.key.toLowerCase()];
    if (!action) return;
    event.preventDefault();
    action();
  });

  const keyBar = byId("vn-toetsbalk");
  const keySwitch = byId("vn-toetsen-aan");
  if (keyBar) keyBar.hidden = false;
  if (keySwitch) {
    keySwitch.checked = keysOn;
    keySwitch.addEventListener("change", () => {
      keysOn = keySwitch.checked;
      try { window.localStorage.setItem(STORE, keysOn ? "aan" : "uit"); } catch (error) { /* only this page then */ }
    });
  }

  // Parts that only work with script are hidden until it runs.
  document.querySelectorAll("[data-met-script]").forEach((part) => { part.hidden = false; });
  document.querySelectorAll("[data-zonder-script]").forEach((part) => { part.hidden = true; });

  // --- htmx: keep the address short, mark fields, say it when nothing came back. ---
  document.addEventListener("htmx:configRequest", (event) => {
    const form = event.detail.elt.closest?.("form[data-feiten]");
    if (!form) return;
    const parameters = event.detail.parameters;
    for (const name of new Set(Object.keys(parameters))) {
      if (parameters[name] === "" || (Array.isArray(parameters[name]) && !parameters[name].length)) delete parameters[name];
    }
  });

  document.addEventListener("htmx:afterSettle", (event) => {
    document.querySelectorAll("[data-fout-voor]").forEach((note) => {
      const field = byId(note.dataset.foutVoor);
      if (!field) return;
      if (note.textContent.trim()) field.setAttribute("aria-invalid", "true");
      else field.removeAttribute("aria-invalid");
    });
    const target = event.detail.target || event.target;
    if (target.id === "antwoord") {
      const heading = target.querySelector("h2");
      announce(text("bijgewerkt") + " " + (heading ? heading.textContent : ""));
      const back = document.querySelector(".vn-taal [name=terug]");
      if (back) back.value = window.location.pathname + window.location.search;
    }
  });

  function noAnswer(event) {
    const target = event.detail.target;
    if (target && target.id === "vn-bron-inhoud") { window.location.assign(trail[trail.length - 1]); return; }
    const place = byId("vn-geen-antwoord");
    if (place) { place.querySelector("span").textContent = text("geenAntwoord"); place.hidden = false; }
    const form = event.detail.elt.closest?.("form");
    if (form && !place) { beside(form, event.detail.xhr); return; }
    announce(text("geenAntwoord"));
  }

  // What was sent and not taken stays in its form; the sentence stands at its button.
  function beside(form, answer) {
    const page = [403, 404].includes(answer?.status) ? new DOMParser().parseFromString(answer.responseText, "text/html") : null;
    const no = Array.from(page?.querySelectorAll("main .vn-noot p:not(.vn-knoppen)") || [], (line) => line.textContent.trim()).join(" ");
    const note = document.createElement("p");
    note.className = "vn-bericht vn-bericht--let";
    note.dataset.nietAangekomen = "";
    note.setAttribute("role", "alert");
    note.textContent = no || text("geenAntwoord");
    form.querySelector("[data-niet-aangekomen]")?.remove();
    form.append(note);
  }
  document.addEventListener("htmx:beforeRequest", (event) => {
    event.detail.elt.closest?.("form")?.querySelector("[data-niet-aangekomen]")?.remove();
  });
  document.addEventListener("htmx:responseError", noAnswer);
  document.addEventListener("htmx:sendError", noAnswer);
  document.addEventListener("htmx:timeout", noAnswer);
  document.addEventListener("htmx:beforeSwap", () => { const place = byId("vn-geen-antwoord"); if (place) place.hidden = true; });
})();
