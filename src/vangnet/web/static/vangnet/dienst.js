// The live board: values change in place, order waits until somebody says "Gezien". Every page works without it.
// SPDX-FileCopyrightText: Vangnet contributors
// SPDX-License-Identifier: EUPL-1.2
(function () {
  "use strict";

  const fetcher = document.getElementById("ds-haal");
  const words = document.getElementById("ds-woorden")?.dataset;
  const board = document.getElementById("ds-bord");
  const wall = document.getElementById("ds-wand");
  if (!fetcher || !words || !(board || wall)) return;

  const SAY_EVERY = 30000;
  const root = () => document.querySelector(".ds-deel");
  const fill = (text, gaps) => text.replace(/\{(\w+)\}/g, (whole, name) => (name in gaps ? gaps[name] : whole));
  let offset = Date.parse(root().dataset.nu) - Date.now();
  let lastTime = root().dataset.tijd;
  let waiting = null;
  let saidAt = 0;
  let said = "";
  let toSay = 0;

  // --- the clock of the server: live, or since when no answer ---
  function live(there, time) {
    const sign = document.getElementById("ds-live");
    if (!sign) return;
    sign.classList.toggle("is-weg", !there);
    const how = document.body.classList.contains("is-levend") ? words.live : words.ververst;
    sign.textContent = (there ? how + " · " : words.weg + " ") + time;
  }

  function say(message) {
    if (!message || message === said) return;
    window.clearTimeout(toSay);
    toSay = window.setTimeout(() => {
      const region = document.getElementById("vn-meld");
      if (region) region.textContent = message;
      said = message;
      saidAt = Date.now();
    }, Math.max(0, saidAt + SAY_EVERY - Date.now()));
  }

  // --- clocks tick by the minute, also while no answer comes ---
  const dayOf = (moment) => new Intl.DateTimeFormat("sv-SE", { timeZone: "Europe/Amsterdam" }).format(moment);

  function left(element, now) {
    const due = Date.parse(element.dataset.klok);
    const late = now >= due;
    const over = element.dataset.strekking === "streefnorm" ? words.over : words.telaat;
    if (element.dataset.dag === "1") {
      const days = Math.round((Date.parse(dayOf(due - 1000)) - Date.parse(dayOf(now))) / 86400000);
      const n = Math.abs(days);
      if (!late) return days === 0 ? words.vandaag : fill(n === 1 ? words.nogdag : words.nogdagen, { n });
      return fill(over, { tijd: fill(n === 1 ? words.dag : words.dagen, { n }) });
    }
    const minutes = Math.floor(Math.abs(due - now) / 60000);
    const hours = Math.floor(minutes / 60);
    let time;
    if (minutes < 60) time = fill(words.min, { m: minutes });
    else if (minutes >= 2160) { const n = Math.floor(minutes / 1440); time = fill(n === 1 ? words.dag : words.dagen, { n }); }
    else if (minutes % 60) time = fill(words.uurmin, { u: hours, m: String(minutes % 60).padStart(2, "0") });
    else time = fill(words.uur, { u: hours });
    return fill(late ? over : words.nog, { tijd: time });
  }

  function tick() {
    if (!words.nog) return;
    const now = Date.now() + offset;
    document.querySelectorAll("[data-klok]").forEach((element) => {
      const text = left(element, now);
      if (element.textContent !== text) element.textContent = text;
    });
  }
  window.setInterval(tick, 20000);

  // --- what came back ---
  const html = (element) => element.innerHTML.replace(/\s+/g, " ").trim();
  const strips = (part) => new Map(Array.from(part.querySelectorAll("[data-strip]"), (strip) => [strip.dataset.strip, strip]));
  const groupOf = (strip) => strip.closest("[data-groep]").dataset.groep;

  // Put fresh content in an element; who stands in it keeps his place, open details stay open.
  function put(old, fresh) {
    if (html(old) === html(fresh)) return false;
    const here = old.contains(document.activeElement) ? document.activeElement : null;
    const all = "a[href], button, input, select, summary";
    const place = here ? Array.from(old.querySelectorAll(all)).indexOf(here) : -1;
    const address = here?.getAttribute("href");
    const open = Array.from(old.querySelectorAll("details"), (one) => one.open);
    old.replaceChildren(...Array.from(fresh.childNodes, (node) => document.importNode(node, true)));
    old.querySelectorAll("details").forEach((one, n) => { if (open[n]) one.open = true; });
    if (here) {
      const found = Array.from(old.querySelectorAll(all));
      (found.find((one) => address && one.getAttribute("href") === address) || found[place])?.focus({ preventScroll: true });
    }
    return true;
  }

  function values(old, fresh) {
    const from = fresh.querySelector(".vn-strip");
    const to = old.querySelector(".vn-strip");
    if (to.className !== from.className) to.className = from.className;
    old.dataset.naam = fresh.dataset.naam;
    to.querySelectorAll("[data-cel]").forEach((cell) => {
      const next = from.querySelector(`[data-cel="${cell.dataset.cel}"]`);
      if (next && put(cell, next) && cell.dataset.cel === "stap") {
        cell.classList.add("is-anders");
        window.setTimeout(() => cell.classList.remove("is-anders"), 8000);
      }
    });
  }

  function count(part) {
    part.querySelectorAll("[data-groep]").forEach((group) => {
      const n = group.querySelectorAll("[data-strip]").length;
      group.querySelector("[data-aantal]").textContent = n;
      group.hidden = n === 0;
    });
  }

  function changes(part, fresh) {
    const now = strips(part);
    const then = strips(fresh);
    const list = [];
    then.forEach((strip, id) => {
      if (!now.has(id)) list.push(fill(words.nieuwe, { wie: strip.dataset.naam }));
      else if (groupOf(now.get(id)) !== groupOf(strip)) {
        const head = strip.closest("[data-groep]").querySelector("h2").firstChild.textContent.trim();
        list.push(fill(words.plaats, { wie: strip.dataset.naam, groep: head }));
      }
    });
    now.forEach((strip, id) => { if (!then.has(id)) list.push(fill(words.weggegaan, { wie: strip.dataset.naam })); });
    if (!list.length && Array.from(now.keys()).join() !== Array.from(then.keys()).join()) list.push(words.volgorde);
    return list;
  }

  function settle() {
    if (!waiting) return;
    const part = root();
    const here = document.activeElement?.closest("[data-strip]")?.dataset.strip;
    const now = strips(part);
    waiting.querySelectorAll("[data-groep]").forEach((group) => {
      const list = part.querySelector(`[data-groep="${group.dataset.groep}"] .vn-groep`);
      const wanted = Array.from(group.querySelectorAll("[data-strip]"), (strip) => now.get(strip.dataset.strip) || document.importNode(strip, true));
      list.replaceChildren(...wanted);
    });
    count(part);
    waiting = null;
    document.getElementById("ds-wijzigingen").hidden = true;
    const target = here && part.querySelector(`[data-strip="${here}"] h3 a`);
    (target || part.querySelector("[data-strip] h3 a"))?.focus({ preventScroll: true });
  }

  function merge(fresh) {
    const part = root();
    part.querySelectorAll("[data-deel]").forEach((old) => {
      const next = fresh.querySelector(`[data-deel="${old.dataset.deel}"]`);
      if (next) { put(old, next); old.hidden = next.hidden; }
    });
    const now = strips(part);
    strips(fresh).forEach((strip, id) => {
      if (now.has(id)) { values(now.get(id), strip); return; }
      if (!("wacht" in strip.dataset)) return;
      // A call that nobody has taken does not wait.
      const list = part.querySelector(`[data-groep="${groupOf(strip)}"] .vn-groep`);
      list.prepend(document.importNode(strip, true));
      say(fill(words.nieuwe, { wie: strip.dataset.naam }));
    });
    count(part);
    if (strips(fresh).size) part.querySelector("[data-leeg]")?.remove();
    const list = changes(part, fresh);
    const bar = document.getElementById("ds-wijzigingen");
    waiting = list.length ? fresh : null;
    bar.hidden = !list.length;
    if (!list.length) return;
    const head = document.createElement("b");
    head.textContent = list.length === 1 ? words.een : fill(words.meer, { n: list.length });
    const rest = list.slice(0, 3).join("; ") + (list.length > 3 ? "; …" : "");
    bar.querySelector("span").replaceChildren(head, ` ${words.sinds}: ${rest}`);
    say(`${head.textContent}: ${rest}`);
  }

  function nameless() {
    wall.querySelectorAll("[data-namen]").forEach((one) => one.remove());
    wall.querySelectorAll("[data-met-naam]").forEach((one) => one.remove());
    wall.querySelectorAll("[data-zonder-naam]").forEach((one) => { one.hidden = false; });
  }

  // --- when to ask: as soon as something changed; without that word every fifteen seconds, and with it once a minute ---
  const REST = 55000;
  let asked = false;
  let busy = false;
  let askedAt = Date.now();
  function refresh() {
    asked = true;
    if (!busy && window.htmx) window.htmx.trigger(fetcher, "ververs");
  }
  fetcher.addEventListener("htmx:beforeRequest", (event) => {
    const rests = document.body.classList.contains("is-levend") && Date.now() - askedAt < REST;
    if ((document.hidden && board) || (rests && !asked)) { event.preventDefault(); return; }
    asked = false;
    busy = true;
    askedAt = Date.now();
  });
  document.addEventListener("vangnet:veranderd", refresh);
  for (const name of ["vangnet:levend", "vangnet:nietlevend"]) document.addEventListener(name, () => live(true, lastTime));
  fetcher.addEventListener("htmx:afterRequest", (event) => {
    busy = false;
    if (asked) window.setTimeout(refresh, 0);
    const answer = event.detail.xhr;
    const fresh = event.detail.successful
      ? new DOMParser().parseFromString(answer.responseText, "text/html").querySelector(".ds-deel") : null;
    if (!fresh) { live(false, lastTime); return; }
    offset = Date.parse(fresh.dataset.nu) - Date.now();
    lastTime = fresh.dataset.tijd;
    if (wall) {
      wall.replaceChildren(document.importNode(fresh, true));
      if (document.body.classList.contains("is-op-slot")) nameless();
    } else merge(fresh);
    live(true, lastTime);
    tick();
  });
  // The sign says it; the page's own words for "no answer" would come back every fifteen seconds.
  for (const name of ["htmx:responseError", "htmx:sendError", "htmx:timeout"]) {
    fetcher.addEventListener(name, (event) => event.stopPropagation());
  }
  document.addEventListener("visibilitychange", () => { if (!document.hidden) refresh(); });
  document.addEventListener("vangnet:open", refresh);
  document.addEventListener("vangnet:slotvel", () => { if (wall) nameless(); });
  if (!board) return;

  document.getElementById("ds-wijzigingen").querySelector("button").addEventListener("click", settle);

  // --- keys: outside fields only, and only while keys are on ---
  function step(by) {
    const all = Array.from(board.querySelectorAll("[data-strip] h3 a")).filter((one) => one.offsetParent !== null);
    if (!all.length) return;
    const at = all.indexOf(document.activeElement?.closest("[data-strip]")?.querySelector("h3 a"));
    const next = at < 0 ? (by > 0 ? 0 : all.length - 1) : Math.min(Math.max(at + by, 0), all.length - 1);
    all[next].focus();
    all[next].closest(".vn-strip").scrollIntoView({ block: "nearest" });
  }
  const go = (address) => { if (address) window.location.assign(address); };
  const keys = {
    j: () => step(1),
    k: () => step(-1),
    n: () => go(board.dataset.nieuw),
    b: () => go(board.dataset.bellen),
    "/": () => go(board.dataset.zoeken),
  };
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || document.querySelector("dialog[open]")) return;
    if (document.body.classList.contains("is-op-slot") || event.target.closest("input, select, textarea, [contenteditable]")) return;
    try { if (window.localStorage.getItem("vangnet.toetsen") === "uit") return; } catch (error) { /* storage refused: keys stay on */ }
    const action = keys[event.key.toLowerCase()];
    if (!action) return;
    event.preventDefault();
    action();
  });
})();
