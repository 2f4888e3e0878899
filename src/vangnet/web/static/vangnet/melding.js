// Vangnet: the screen of a call. Every answer is saved by itself; what cannot be saved now waits here and goes later.
// SPDX-FileCopyrightText: Vangnet contributors
// SPDX-License-Identifier: EUPL-1.2
(function () {
  "use strict";

  const form = document.getElementById("vn-melding");
  if (!form) return;
  const words = form.dataset;
  const byId = (id) => document.getElementById(id);
  const main = byId("inhoud");
  const REST = 1000;
  const LATE = 1500;
  const TIMEOUT = 15000;
  const MASK = "••••••••••••";
  const SECRET = ["plek.straat", "plek.postcode", "plek.plaats", "waar"];
  const who = byId("vn-slotvel")?.dataset.functie || "";
  const STORE = "vangnet.melding." + words.id + "." + who;

  // ---- what stands where ----
  const known = new Map(); // per answer what the server has
  let queue = []; // {naam, waarde, was, sinds?, sinds0}
  const refused = new Map(); // per answer a text that could not be kept, with what was expected
  const conflicts = new Map(); // per answer what a colleague wrote instead
  let busy = false;
  let tries = 0;
  let retry = 0;
  let dead = false;
  let lateSince = 0;
  let waited = false;
  let firstTouch = 0;
  let begun = words.nieuw !== "1";
  let masked = words.geheim === "1" && words.getoond !== "1";
  const timers = new Map();

  const fields = (naam) => Array.from(document.querySelectorAll("[data-bewaar]")).filter((one) => one.name === naam);
  const isAnswer = (element) => element instanceof HTMLElement && element.matches("[data-bewaar]");

  function read(naam) {
    const all = fields(naam);
    if (!all.length) return undefined;
    if (all[0].type === "radio") return all.find((one) => one.checked)?.value || "";
    if (all[0].type === "checkbox") return all.length > 1 ? all.filter((one) => one.checked).map((one) => one.value).join(" ") : all[0].checked ? all[0].value : "";
    if (all[0].dataset.masker !== undefined) return undefined;
    return all[0].value;
  }

  function write(naam, value) {
    const all = fields(naam);
    const parts = value.split(" ");
    for (const one of all) {
      if (one.type === "radio") one.checked = one.value === value;
      else if (one.type === "checkbox") one.checked = all.length > 1 ? parts.includes(one.value) : value === one.value;
      else one.value = value;
    }
  }

  function byDefault(naam) {
    const all = fields(naam);
    if (all[0].type === "radio") return all.find((one) => one.defaultChecked)?.value || "";
    if (all[0].type === "checkbox") return all.length > 1 ? all.filter((one) => one.defaultChecked).map((one) => one.value).join(" ") : all[0].defaultChecked ? all[0].value : "";
    return all[0].defaultValue;
  }

  const names = () => Array.from(new Set(Array.from(document.querySelectorAll("[data-bewaar]")).map((one) => one.name)));

  // ---- the little that survives a reload: answers that are not on record yet ----
  function persist() {
    try {
      const open = queue.concat(Array.from(refused, ([naam, one]) => ({ naam, waarde: one.waarde, was: one.was })), Array.from(conflicts, ([naam, one]) => ({ naam, waarde: one.waarde, was: one.was })));
      if (open.length) window.sessionStorage.setItem(STORE, JSON.stringify({ open, firstTouch }));
      else window.sessionStorage.removeItem(STORE);
    } catch (error) { /* storage refused or full: then they wait on this page only */ }
  }

  function restore() {
    let kept = null;
    try { kept = JSON.parse(window.sessionStorage.getItem(STORE) || "null"); } catch (error) { /* nothing kept */ }
    if (!kept) return;
    firstTouch = kept.firstTouch || 0;
    for (const one of kept.open || []) {
      const child = /^jeugdige\.([0-9a-f-]{36})\./.exec(one.naam);
      if (child && !document.querySelector('[data-kind="' + child[1] + '"]')) addChild(child[1]);
      if (fields(one.naam).length) write(one.naam, one.waarde);
      queue.push({ naam: one.naam, waarde: one.waarde, was: one.was, onderweg: one.onderweg });
    }
  }

  // ---- the sign of what is kept ----
  const sign = byId("vn-bewaard");
  let lastKept = "";

  function announce(text) {
    const region = byId("vn-meld");
    if (!region) return;
    region.textContent = "";
    window.setTimeout(() => { region.textContent = text; }, 50);
  }

  function waiting() { return queue.length; }

  function draw() {
    const n = waiting();
    const late = n > 0 && (tries > 0 || dead || (lateSince && Date.now() - lateSince > LATE));
    const text = sign.querySelector("span");
    const left = new Set([...refused.keys(), ...conflicts.keys()]).size;
    sign.classList.toggle("is-wacht", Boolean(late || left));
    sign.querySelector("use").setAttribute("href", late || left ? "#i-klok" : "#i-ja");
    if (late) text.textContent = n === 1 ? words.tWachtEen : words.tWacht.replace("{n}", String(n));
    else if (!n && lastKept) text.textContent = (!left ? words.tBewaard : left === 1 ? words.tBehalveEen : words.tBehalve.replace("{n}", String(left))).replace("{tijd}", lastKept);
    if (late && !waited) { waited = true; announce(text.textContent); }
    if (!n && waited) { waited = false; announce(words.tWeer); }
  }

  // ---- the queue: one at a time, in order, until each is acknowledged ----
  function put(naam, value, was) {
    if (dead || value === undefined) return;
    const open = queue.findIndex((one, i) => one.naam === naam && !(busy && i === 0));
    const flying = busy && queue[0]?.naam === naam ? queue[0] : null;
    const stands = flying ? flying.waarde : was !== undefined ? was : known.get(naam);
    if (!firstTouch) firstTouch = Date.now();
    conflicts.delete(naam);
    if (open >= 0) queue[open].waarde = value;
    else if (stands === value && !refused.has(naam)) { draw(); return; }
    else queue.push({ naam, waarde: value, was: flying ? undefined : stands, na: Boolean(flying) });
    refused.delete(naam);
    if (!begun && window.location.pathname !== words.eigen) window.history.replaceState(null, "", words.eigen);
    if (!lateSince) { lateSince = Date.now(); window.setTimeout(draw, LATE + 50); }
    persist();
    draw();
    pump();
  }

  const token = () => form.querySelector("[name=csrfmiddlewaretoken]").value;

  async function pump() {
    if (busy || dead || !queue.length || retry) return;
    busy = true;
    const one = queue[0];
    one.onderweg = (one.onderweg || []).filter((text) => text !== one.waarde).concat(one.waarde).slice(-5);
    persist();
    const body = new URLSearchParams({ naam: one.naam, waarde: one.waarde });
    const was = one.na ? known.get(one.naam) : one.was;
    if (was !== undefined && was !== null) body.set("was", was);
    if (!begun) {
      body.set("sinds", String(Math.max(0, Math.floor((Date.now() - firstTouch) / 1000))));
      const moment = byId("f-gemeld_op")?.value;
      if (moment) body.set("gemeld_op", moment);
      if (form.elements.oefening) body.set("oefening", "1");
    }
    const stop = new AbortController();
    const timer = window.setTimeout(() => stop.abort(), TIMEOUT);
    let answer = null;
    let found = null;
    try {
      answer = await fetch(words.veld, { method: "POST", body, credentials: "same-origin", redirect: "manual", signal: stop.signal, keepalive: document.visibilityState === "hidden" && one.waarde.length < 20000, headers: { Accept: "application/json", "X-CSRFToken": token() } });
      if ((answer.headers.get("Content-Type") || "").includes("json")) found = await answer.json();
    } catch (error) { answer = null; }
    window.clearTimeout(timer);
    busy = false;
    settle(one, answer, found);
  }

  function settle(one, answer, found) {
    const status = answer ? answer.status : 0;
    if (status === 200 && found) { kept(one, found); return; }
    if (found && (status === 400 || status === 409) && found.code !== "CasusGesloten" && found.code !== "AlGedaan") {
      tries = 0;
      if (status === 409 && own(one, found.nu)) { next(); return; }
      queue.shift();
      if (status === 409) conflict(one, found.nu);
      else fault(one, found);
      next();
      return;
    }
    if (status === 400 || status === 413 || status === 414) {
      queue.shift();
      tries = 0;
      fault(one, null, one.waarde.length > 1000 ? words.tLang : words.tNietGelezen);
      next();
      return;
    }
    if (found && [403, 404, 409].includes(status)) { over(); return; }
    // The server, the connection or the session is away: everything stays, and is tried again.
    tries += 1;
    if (status === 500 && tries % 4 === 0 && queue.length > 1) queue.push(queue.shift());
    if (status === 401) signedOut();
    if (status === 403) renew().then((fresh) => { if (fresh) now(); });
    const wait = Math.min(30000, 1000 * 2 ** Math.min(tries - 1, 5));
    retry = window.setTimeout(() => { retry = 0; pump(); }, wait);
    persist();
    draw();
  }

  // What stands there was sent from here, and kept though nobody heard so: no colleague. The newer text goes over it.
  function own(one, stands) {
    const bare = (text) => text.toLowerCase().replace(/[^\p{L}\p{N}]/gu, ""); // the record has its own spelling
    if (typeof stands !== "string" || stands === one.was || !(one.onderweg || []).some((text) => bare(text) === bare(stands))) return false;
    one.was = stands;
    one.na = false;
    known.set(one.naam, stands);
    return true;
  }

  function now() {
    if (!retry) { pump(); return; }
    window.clearTimeout(retry);
    retry = 0;
    pump();
  }

  function next() {
    persist();
    if (!queue.length) lateSince = 0;
    draw();
    pump();
  }

  function kept(one, found) {
    queue.shift();
    tries = 0;
    byId("vn-weg-melding")?.remove();
    known.set(one.naam, found.waarde);
    for (const later of queue) if (later.naam === one.naam && later.na) { later.na = false; later.was = found.waarde; }
    lastKept = found.op;
    form.elements.versie.value = found.versie;
    if (!begun) started(found);
    sayFault(one.naam, "");
    const field = fields(one.naam)[0];
    if (field && field !== document.activeElement && !["radio", "checkbox"].includes(field.type) && field.dataset.masker === undefined && field.value === one.waarde && found.waarde !== one.waarde) field.value = found.waarde;
    next();
    refresh();
  }

  function started(found) {
    begun = true;
    const place = byId("vn-nummer");
    const number = document.createElement("b");
    number.textContent = found.nummer;
    place.replaceChildren(number, " · ");
    document.querySelector(".vn-achteraf")?.remove();
  }

  // ---- what could not be read: the text stays, and what is expected stands under it ----
  function sayFault(naam, text) {
    for (const note of document.querySelectorAll("[data-fout]")) {
      if (note.dataset.fout !== naam) continue;
      note.textContent = text;
      note.parentElement.querySelector(".vn-botsing")?.remove();
    }
    for (const field of fields(naam)) {
      if (text) field.setAttribute("aria-invalid", "true");
      else field.removeAttribute("aria-invalid");
    }
  }

  function fault(one, found, sentence) {
    refused.set(one.naam, { waarde: one.waarde, was: one.was });
    const expected = found?.fouten?.[0]?.verwacht;
    const own = found?.fouten?.[0]?.veld === "gemeld_op" ? "gemeld_op" : one.naam;
    const text = expected ? words.tFout.replace("{verwacht}", expected) : sentence || found?.zin || words.tNietGelezen;
    sayFault(own, text);
    announce(text);
  }

  // ---- somebody else wrote here: both are shown, a person chooses ----
  function conflict(one, now_) {
    conflicts.set(one.naam, { waarde: one.waarde, was: one.was });
    sayFault(one.naam, "");
    const note = Array.from(document.querySelectorAll("[data-fout]")).find((place) => place.dataset.fout === one.naam);
    if (!note) { known.set(one.naam, now_ || ""); put(one.naam, one.waarde); return; }
    const box = document.createElement("div");
    box.className = "vn-noot vn-noot--let vn-botsing";
    box.setAttribute("role", "alert");
    const line = document.createElement("p");
    if (now_ === null) line.textContent = words.tGeheim;
    else {
      const theirs = document.createElement("bdi");
      theirs.textContent = label(one.naam, String(now_)) || words.tLeeg;
      line.append(words.tAnders + " ", theirs);
    }
    const buttons = document.createElement("div");
    buttons.className = "vn-knoppen";
    buttons.append(
      choice(words.tHun, () => {
        conflicts.delete(one.naam);
        known.set(one.naam, String(now_ ?? ""));
        write(one.naam, now_ === null ? MASK : String(now_));
        box.remove();
        persist();
        draw();
        marks();
      }),
      choice(words.tMijn, () => {
        conflicts.delete(one.naam);
        box.remove();
        const value = read(one.naam) ?? one.waarde;
        if (now_ !== null) known.set(one.naam, String(now_));
        else known.delete(one.naam);
        put(one.naam, value);
      }),
    );
    box.append(line, buttons);
    note.after(box);
    persist();
  }

  function choice(text, act) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "vn-knop";
    button.textContent = text;
    button.addEventListener("click", act);
    return button;
  }

  function label(naam, value) {
    const all = fields(naam);
    if (!all.length || !["radio", "checkbox"].includes(all[0].type)) return value;
    const parts = value.split(" ");
    return all.filter((one) => parts.includes(one.value)).map((one) => one.parentElement.textContent.trim()).join(", ");
  }

  // ---- the session is gone, or the call is no longer here ----
  function bar(text, link) {
    let place = byId("vn-weg-melding");
    if (!place) {
      place = document.createElement("p");
      place.id = "vn-weg-melding";
      place.className = "vn-bericht vn-heel vn-weg";
      place.setAttribute("role", "alert");
      main.prepend(place);
    }
    place.textContent = text + " ";
    if (link) {
      const anchor = document.createElement("a");
      anchor.href = words.aanmelden;
      anchor.target = "_blank";
      anchor.rel = "noopener";
      anchor.textContent = words.tMeldaan;
      place.append(anchor);
    }
  }

  function signedOut() { if (!byId("vn-weg") && !byId("vn-weg-melding")) bar(words.tAf, true); }

  function over() {
    dead = true;
    bar(words.tWeg, false);
    persist();
    draw();
  }

  async function renew() {
    const address = byId("vn-slotvel")?.dataset.stand;
    if (!address) return;
    try {
      const answer = await fetch(address, { credentials: "same-origin", headers: { Accept: "application/json", "X-Achtergrond": "1" } });
      const found = await answer.json();
      if (!found.csrf || found.functie !== who || tries > 4) return false;
      document.querySelectorAll("[name=csrfmiddlewaretoken]").forEach((one) => { one.value = found.csrf; });
      return true;
    } catch (error) { return false; /* tried again with the next answer */ }
  }

  window.addEventListener("online", now);
  document.addEventListener("visibilitychange", async () => {
    if (document.visibilityState === "hidden") flushTimers(); // a phone that goes into a pocket
    if (document.visibilityState !== "visible" || !queue.length) return;
    await renew();
    now();
  });
  document.addEventListener("vangnet:open", () => { if (queue.length) renew().then(now); });
  if ("BroadcastChannel" in window) new BroadcastChannel("vangnet.slot").addEventListener("message", () => { if (queue.length) renew().then(now); });
  window.addEventListener("beforeunload", (event) => {
    flushTimers();
    if (queue.length && !dead) event.preventDefault();
  });
  document.addEventListener("submit", (event) => {
    if (!/\/afmelden$/.test(event.target.getAttribute("action") || "")) return;
    try { for (const key of Object.keys(window.sessionStorage)) if (key.startsWith("vangnet.melding.")) window.sessionStorage.removeItem(key); } catch (error) { /* nothing kept then */ }
  });

  // ---- typing ----
  function later(naam) {
    window.clearTimeout(timers.get(naam));
    timers.set(naam, window.setTimeout(() => { timers.delete(naam); put(naam, read(naam)); }, REST));
  }

  function soon(naam) {
    window.clearTimeout(timers.get(naam));
    timers.delete(naam);
    put(naam, read(naam));
  }

  function flushTimers() { for (const naam of Array.from(timers.keys())) soon(naam); }

  document.addEventListener("input", (event) => {
    if (!isAnswer(event.target) || event.target.dataset.masker !== undefined) return;
    const naam = event.target.name;
    if (["radio", "checkbox"].includes(event.target.type)) {
      exclusive(event.target);
      if (naam === "plek.geheim") secret(event.target.checked);
      soon(naam);
      if (naam.endsWith(".ongeboren")) for (const one of refused.keys()) if (one.startsWith(naam.slice(0, -9))) put(one, read(one));
    } else later(naam);
    if (event.target.dataset.zoekt) search();
    marks();
  });
  document.addEventListener("focusout", (event) => {
    if (isAnswer(event.target) && timers.has(event.target.name)) soon(event.target.name);
  });

  // "Geen" and "weet ik niet" go with nothing else; a GI is there with an order or without.
  function exclusive(box) {
    if (box.type !== "checkbox" || box.name !== "hulp" || !box.checked) return;
    const alone = ["geen", "onbekend"];
    for (const other of fields("hulp")) {
      if (other === box) continue;
      const both = box.value.startsWith("gi_") && other.value.startsWith("gi_");
      if (both || alone.includes(box.value) || alone.includes(other.value)) other.checked = false;
    }
  }

  // ---- a secret address leaves no trace on the screen, not even its length ----
  function secret(on) {
    byId("vn-geheim").hidden = !on;
    if (on) mask();
    else if (masked) unmask({});
  }

  function mask() {
    flushTimers();
    masked = true;
    for (const naam of SECRET) for (const field of fields(naam)) {
      field.value = MASK;
      field.readOnly = true;
      field.dataset.masker = "";
    }
    announce(words.tMasker);
  }

  function unmask(found) {
    masked = false;
    for (const naam of SECRET) for (const field of fields(naam)) {
      field.readOnly = false;
      delete field.dataset.masker;
      const open = queue.find((one) => one.naam === naam);
      field.value = open ? open.waarde : found[naam] ?? known.get(naam) ?? "";
      if (found[naam] !== undefined) known.set(naam, found[naam]);
    }
  }

  byId("vn-toon")?.addEventListener("click", async (event) => {
    event.preventDefault();
    try {
      const answer = await fetch(words.adres, { method: "POST", credentials: "same-origin", headers: { Accept: "application/json", "X-CSRFToken": token() } });
      if (!answer.ok) return;
      unmask(await answer.json());
      const again = () => {
        if (SECRET.some((naam) => fields(naam).includes(document.activeElement))) { window.setTimeout(again, 2000); return; }
        if (!masked && fields("plek.geheim")[0].checked) mask();
      };
      window.setTimeout(again, 30000);
    } catch (error) { /* stays masked */ }
  });
  if (words.getoond === "1") window.setTimeout(() => { if (fields("plek.geheim")[0].checked) mask(); }, 30000);

  // ---- one more child ----
  function addChild(id) {
    const fresh = byId("vn-nieuw-kind").content.cloneNode(true);
    const zero = "00000000-0000-0000-0000-000000000000";
    for (const element of fresh.querySelectorAll("*")) {
      for (const attribute of Array.from(element.attributes)) {
        if (attribute.value.includes(zero)) element.setAttribute(attribute.name, attribute.value.replaceAll(zero, id));
      }
    }
    byId("vn-kinderen").append(fresh);
    const child = byId("vn-kinderen").lastElementChild;
    for (const field of child.querySelectorAll("[data-bewaar]")) known.set(field.name, "");
    sameName();
    return child;
  }

  // The surname of the first child is offered to the next ones; it is theirs only when somebody takes it over.
  function sameName() {
    const first = read(document.querySelector("[data-kind] [data-zoekt=achternaam]")?.name || "") || "";
    for (const line of document.querySelectorAll("[data-zelfde]")) {
      const button = line.querySelector("button");
      line.hidden = !first || Boolean(read(button.dataset.naam));
      button.dataset.waarde = first;
      line.querySelector("bdi").textContent = first;
    }
  }

  function number() {
    if (window.crypto.randomUUID) return window.crypto.randomUUID();
    const bytes = window.crypto.getRandomValues(new Uint8Array(16));
    bytes[6] = (bytes[6] & 15) | 64;
    bytes[8] = (bytes[8] & 63) | 128;
    const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
    return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
  }

  byId("vn-nog-kind").addEventListener("click", (event) => {
    event.preventDefault();
    addChild(number()).querySelector("input").focus();
  });

  // ---- is this family known: after a rest, without moving anything ----
  let searching = 0;
  const away = new Set();

  function search() {
    window.clearTimeout(searching);
    searching = window.setTimeout(async () => {
      const child = document.activeElement?.closest("[data-kind]") || document.querySelector("[data-kind]");
      const typed = new URLSearchParams();
      for (const field of child.querySelectorAll("[data-zoekt]")) typed.set(field.dataset.zoekt, field.value);
      typed.set("telefoon", form.querySelector("[data-zoekt=telefoon]").value);
      try {
        const answer = await fetch(words.zoekadres, { method: "POST", body: typed, credentials: "same-origin", headers: { Accept: "application/json", "X-CSRFToken": token() } });
        if (!answer.ok) return;
        const place = byId("bekend");
        if (place.contains(document.activeElement)) return;
        const html = await answer.text();
        const found = new DOMParser().parseFromString(html, "text/html");
        for (const one of found.querySelectorAll("[data-bekend]")) if (away.has(one.dataset.bekend)) one.remove();
        const fresh = found.body.innerHTML.trim();
        if (place.dataset.stond === fresh) return;
        place.dataset.stond = fresh;
        place.replaceChildren(...found.body.childNodes);
      } catch (error) { /* no answer: nothing is shown */ }
    }, 700);
  }

  // ---- the proposal: fetched after an answer was kept, put in place without moving the focus ----
  const panel = byId("vn-voorstel");
  let refreshing = 0;
  let headline = byId("vn-kop-voorstel")?.textContent || "";

  function refresh() {
    window.clearTimeout(refreshing);
    refreshing = window.setTimeout(() => {
      if (document.body.classList.contains("is-op-slot")) return;
      window.htmx.ajax("GET", words.voorstel, { target: panel, swap: "innerHTML", source: panel }).catch(() => {});
    }, queue.length ? 600 : 150);
  }

  const other = byId("vn-anders");
  let held = false;
  if (other) other.addEventListener("toggle", () => { if (!other.open && held) { held = false; refresh(); } });

  let focused = null;
  let opened = [];
  document.addEventListener("htmx:beforeSwap", (event) => {
    if (event.detail.target !== panel) return;
    // Who is choosing another decision below must not have it move under the finger: the panel waits until that closes.
    if (other && other.open) { event.detail.shouldSwap = false; held = true; return; }
    opened = Array.from(panel.querySelectorAll("details[open]"), (one) => one.id);
    const here = document.activeElement;
    focused = panel.contains(here) ? here.id || "vn-nog" : null;
  });
  document.addEventListener("htmx:afterSwap", (event) => {
    if (event.detail.target !== panel) return;
    for (const id of opened) if (byId(id)) byId(id).open = true;
    if (focused) (byId(focused) || byId("vn-nog") || byId("advies")).focus({ preventScroll: true });
    const fresh = byId("vn-kop-voorstel")?.textContent || "";
    if (fresh !== headline) announce(words.tVoorstel + " " + fresh);
    headline = fresh;
    for (const field of panel.querySelectorAll("[data-bewaar]")) if (!known.has(field.name)) known.set(field.name, "");
  });

  document.addEventListener("click", (event) => {
    const gone = event.target.closest("[data-weg]");
    const answer = event.target.closest("[data-antwoord]");
    const to = event.target.closest("[data-naar]");
    if (answer) {
      event.preventDefault();
      const box = fields("hulp").find((one) => answer.dataset.naam === "betrokken.gi" && one.value === "gi_" + answer.dataset.waarde);
      if (box) { box.checked = true; exclusive(box); soon("hulp"); marks(); }
      else if (fields(answer.dataset.naam).length) {
        write(answer.dataset.naam, answer.dataset.waarde);
        soon(answer.dataset.naam);
        marks();
        if (answer.closest("[data-zelfde]")) fields(answer.dataset.naam)[0].focus();
      }
      else put(answer.dataset.naam, answer.dataset.waarde, known.get(answer.dataset.naam) ?? "");
    }
    if (gone) {
      const note = gone.closest("[data-bekend]");
      if (gone.dataset.weg === "blijvend") away.add(note.dataset.bekend);
      note.remove();
      byId("f-wie") && form.querySelector("[data-zoekt=achternaam]").focus();
    }
    if (to && goTo(to.dataset.naar)) event.preventDefault();
  });

  // ---- which questions have an answer ----
  function marks() {
    sameName();
    const has = (naam) => Boolean(read(naam));
    const any = (start, end) => names().some((naam) => naam.startsWith(start) && (!end || !naam.endsWith(end)) && has(naam));
    const done = [
      has("wie"), has("triage.direct_onveilig"), any("jeugdige.") || has("melding.onbekend_kind"),
      masked || has("waar") || has("plek.straat") || has("gemeente") || has("gemeente_buiten") || has("melding.onbekend_waar"),
      has("melding.situatie"), has("triage.kan_wachten_tot_morgen"), has("hulp"), has("gezag"),
    ];
    done.forEach((yes, i) => byId("vraag-" + (i + 1)).classList.toggle("is-klaar", yes));
    byId("vn-teller").textContent = words.tTeller.replace("{n}", String(done.filter(Boolean).length));
  }

  // ---- keys: to a question, take the proposal, leave; Enter goes on and never sends ----
  function goTo(id) {
    const place = byId(id);
    if (!place) return false;
    const first = place.matches("input, textarea, select") ? place : place.querySelector("input, textarea");
    if (!first) return false;
    const field = first.type === "radio" ? fields(first.name).find((one) => one.checked) || first : first;
    if (field.id !== id || !place.matches("input, textarea, select")) place.scrollIntoView({ block: "nearest" });
    field.focus();
    return true;
  }

  let escaped = null;
  document.addEventListener("keydown", (event) => {
    if (document.body.classList.contains("is-op-slot") || document.querySelector("dialog[open]")) return;
    const digit = /^(?:Digit|Numpad)([1-8])$/.exec(event.code);
    if (event.altKey && !event.ctrlKey && !event.metaKey && digit) {
      event.preventDefault();
      goTo("vraag-" + digit[1]);
    } else if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      flushTimers();
      byId("vn-neem")?.click();
    } else if (event.key === "Enter" && event.target.matches("#vn-melding input:not([type=submit])")) {
      event.preventDefault();
      const all = Array.from(form.querySelectorAll("input:not([type=hidden]), textarea")).filter((one) => one.offsetParent !== null && (one.type !== "radio" || one.checked || one === fields(one.name)[0]));
      const here = all.indexOf(event.target);
      const beyond = all.slice(here + 1).find((one) => one.name !== event.target.name);
      (beyond || byId("vn-neem") || form).focus();
    } else if (event.key === "Escape") {
      if (document.querySelector("details.vn-kies[open]")) return;
      if (event.target.matches("input[list], select") && escaped !== event.target) { escaped = event.target; return; }
      escaped = null;
      leave();
    }
  });
  document.addEventListener("focusin", (event) => { if (event.target !== escaped) escaped = null; });

  async function drained(most) {
    flushTimers();
    const until = Date.now() + most;
    now();
    while (queue.length && !dead && Date.now() < until) await new Promise((go) => window.setTimeout(go, 60));
    return !queue.length;
  }

  async function leave() {
    if (await drained(2500)) window.location.assign(words.dienst);
    else { sign.scrollIntoView({ block: "nearest" }); announce(words.tEerst); }
  }

  // ---- a decision is sent only when everything before it is on record; then it goes alone ----
  let sending = false;
  let warned = "";
  const unkept = () => [...refused.entries(), ...conflicts.entries()].map(([naam, one]) => naam + "=" + one.waarde).join("\n");
  window.addEventListener("submit", async (event) => {
    const submitter = event.submitter;
    if (sending || !submitter?.matches("[data-na-bewaren]")) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    await new Promise((go) => window.setTimeout(go, 0)); // a form does not send again while it is still sending
    if (!(await drained(4000))) {
      if (!dead) bar(words.tEerst, false);
      return;
    }
    if (unkept() && warned !== unkept()) {
      warned = unkept();
      bar(words.tZonder, false);
      goTo(fields([...refused.keys(), ...conflicts.keys()][0])[0]?.id);
      return;
    }
    byId("vn-weg-melding")?.remove();
    const quiet = Array.from(document.querySelectorAll("[data-bewaar]")).concat(Array.from(form.querySelectorAll("[name=heel]")));
    const ours = submitter.form === form && begun;
    if (ours) for (const one of quiet) one.disabled = true;
    sending = true;
    submitter.form.requestSubmit(submitter);
    window.setTimeout(() => {
      sending = false;
      if (ours) for (const one of quiet) one.disabled = false;
    }, 0);
  }, true);

  // ---- begin ----
  for (const naam of names()) known.set(naam, byDefault(naam));
  for (const naam of SECRET) if (masked) known.delete(naam);
  for (const note of document.querySelectorAll("[data-fout]")) if (note.textContent.trim() && fields(note.dataset.fout).length) refused.set(note.dataset.fout, { waarde: read(note.dataset.fout) || "", was: undefined });
  restore();
  for (const naam of names()) {
    const value = read(naam);
    if (value === undefined || queue.some((one) => one.naam === naam) || refused.has(naam)) continue;
    if (words.heel === "1") { known.delete(naam); if (value) put(naam, value); } // sent whole and refused: nothing of it is on record
    else if (value !== known.get(naam)) put(naam, value);
  }
  marks();
  persist();
  draw();
  pump();
  if (words.nieuw === "1" && !queue.length) byId("f-wie").focus({ preventScroll: true });
})();
