// The bar of alarms: fetched when something changed, sounded for what is urgent and mine, and named in the title of the tab.
// SPDX-FileCopyrightText: Vangnet contributors
// SPDX-License-Identifier: EUPL-1.2
(function () {
  "use strict";
  const bar = document.getElementById("vn-alarm");
  if (!bar) return;
  const words = bar.dataset;
  const EVERY = 30000;
  const AGAIN = 5000;
  let audio = null;
  let loud = 0;
  let shown = "";
  let asking = false;
  let once_more = false;
  let title = "";

  // --- sound: two tones, from one tab of the browser at a time ---
  function context() {
    const Kind = window.AudioContext || window.webkitAudioContext;
    if (!audio && Kind) audio = new Kind();
    return audio;
  }
  function tones() {
    const at = context();
    if (!at || at.state !== "running") return false;
    [880, 660, 880].forEach((hertz, i) => {
      const start = at.currentTime + i * 0.28;
      const tone = at.createOscillator();
      const gain = at.createGain();
      tone.frequency.value = hertz;
      gain.gain.setValueAtTime(0.0001, start);
      gain.gain.exponentialRampToValueAtTime(0.35, start + 0.03);
      gain.gain.exponentialRampToValueAtTime(0.0001, start + 0.25);
      tone.connect(gain).connect(at.destination);
      tone.start(start);
      tone.stop(start + 0.26);
    });
    bar.dispatchEvent(new CustomEvent("vangnet:geluid", { bubbles: true }));
    return true;
  }
  function sound() {
    if (!loud) return;
    if (navigator.locks) {
      // Whoever holds the lock rings; the others stay silent as long as he does.
      navigator.locks.request("vangnet.geluid", { ifAvailable: true }, (mine) => {
        if (!mine) return undefined;
        // A tab that cannot sound lets go at once, so that another may; so does one that is out of sight, whose clock runs slow.
        if (!tones()) { offer(); return undefined; }
        if (document.hidden) return undefined;
        return new Promise((done) => window.setTimeout(done, AGAIN - 500));
      });
    } else if (!tones()) offer();
  }
  // A browser lets no page sound before somebody touched it: then the bar says so.
  function offer() {
    const place = bar.querySelector(".al-regel--nood");
    if (!place || bar.querySelector(".al-geluid")) return;
    const button = document.createElement("button");
    button.type = "button";
    button.className = "al-geluid";
    button.textContent = words.geluid;
    button.addEventListener("click", wake);
    place.append(button);
  }
  function wake() {
    const at = context();
    if (!at) return;
    at.resume().then(() => { bar.querySelectorAll(".al-geluid").forEach((button) => button.remove()); if (loud) tones(); });
  }
  ["pointerdown", "keydown"].forEach((kind) => document.addEventListener(kind, () => { const at = context(); if (at && at.state === "suspended") at.resume(); }, { once: true }));
  window.setInterval(sound, AGAIN);

  // --- what there is ---
  function name(text) {
    const mark = "\u25cf ";
    if (text) {
      if (!document.title.startsWith(mark)) title = document.title;
      document.title = mark + text + " – " + title;
    } else if (document.title.startsWith(mark)) document.title = title;
  }
  function show(html) {
    if (html === shown) return;
    const focused = bar.contains(document.activeElement) ? document.activeElement.closest("[data-alarm]") : null;
    const which = focused && focused.dataset.alarm;
    const before = loud;
    shown = html;
    bar.innerHTML = html;
    const part = bar.firstElementChild;
    loud = part ? Number(part.dataset.luid) : 0;
    name(part ? part.dataset.titel : "");
    if (loud && !bar.querySelector(".al-regel")) loud = 0;
    if (loud > before) {
      const say = document.getElementById("vn-meld");
      if (say) say.textContent = bar.textContent.replace(/\s+/g, " ").trim();
      sound();
    }
    if (which) {
      const again = bar.querySelector("[data-alarm='" + which + "'] button");
      if (again) again.focus();
    }
    if (loud && audio && audio.state !== "running") offer();
  }
  // Where a page has a place for it, it stands there when the loop last gave a sign.
  function told(html) {
    const place = document.getElementById("vn-wekker");
    const found = /data-wekker="([^"]*)"/.exec(html);
    if (!place || !found || !found[1]) return;
    place.hidden = false;
    place.textContent = place.dataset.woord + " " + found[1];
  }
  const strip = (html) => html.replace(/data-wekker="[^"]*"/, "").replace(/name="csrfmiddlewaretoken" value="[^"]*"/g, "");
  let last = "";
  async function look() {
    if (asking) { once_more = true; return; }
    asking = true;
    try {
      const answer = await fetch(words.adres, { credentials: "same-origin", headers: { "X-Achtergrond": "1", Accept: "text/html" } });
      if (answer.ok) {
        const html = await answer.text();
        told(html);
        if (strip(html) !== last) { last = strip(html); show(html); }
      }
    } catch (nothing) { /* the page itself says when there is no connection */ }
    asking = false;
    if (once_more) { once_more = false; look(); }
  }
  ["vangnet:alarm", "vangnet:levend", "vangnet:stand"].forEach((kind) => document.addEventListener(kind, look));
  document.addEventListener("vangnet:alarm", () => { const list = document.getElementById("al-lijst"); if (list && window.htmx) window.htmx.trigger(list, "ververs"); });
  // A locked screen names nobody: what stood here goes at once, and comes back as a number.
  document.addEventListener("vangnet:opslot", () => { bar.textContent = ""; shown = last = ""; look(); });
  document.addEventListener("visibilitychange", () => { if (!document.hidden) look(); });
  window.setInterval(look, EVERY);
  look();

  const trial = document.getElementById("al-proef");
  if (trial) {
    trial.hidden = false;
    trial.addEventListener("click", () => { const at = context(); if (at) at.resume().then(tones); });
  }
})();
