// Hears at once that something changed. One tab of a browser holds the stream and tells the others; a page that hears nothing
// goes on asking by itself, and says so.
// SPDX-FileCopyrightText: Vangnet contributors
// SPDX-License-Identifier: EUPL-1.2
(function () {
  "use strict";
  const address = document.currentScript && document.currentScript.dataset.adres;
  if (!address || !window.EventSource) return;

  const SILENT = 25000; // longer than two signs of life
  const AGAIN = 20000;
  const NAME = "vangnet.levend";
  const channel = "BroadcastChannel" in window ? new BroadcastChannel(NAME) : null;
  let heardAt = 0;
  let live = false;
  let source = null;
  let release = null;

  const tell = (what) => document.dispatchEvent(new CustomEvent("vangnet:" + what));
  function setLive(now) {
    if (now === live) return;
    live = now;
    document.body.classList.toggle("is-levend", live);
    tell(live ? "levend" : "nietlevend");
  }
  function heard(what) {
    heardAt = Date.now();
    setLive(what !== "los" && what !== "einde");
    if (what === "veranderd" || what === "alarm") tell(what);
    if (what === "einde") document.dispatchEvent(new CustomEvent("vangnet:stand"));
  }
  function pass(what) {
    heard(what);
    if (channel) channel.postMessage(what);
  }
  function open() {
    source = new EventSource(address);
    let first = true;
    source.addEventListener("hart", (event) => {
      // Whoever was away looks again: what happened meanwhile was told to nobody.
      pass(event.data === "los" ? "los" : first ? "veranderd" : "hart");
      if (event.data !== "los") first = false;
    });
    source.addEventListener("veranderd", () => { first = false; pass("veranderd"); });
    source.addEventListener("alarm", () => pass("alarm"));
    source.addEventListener("einde", () => { pass("einde"); close(); });
    source.addEventListener("error", () => {
      first = true;
      if (source && source.readyState === EventSource.CLOSED) close();
    });
  }
  function close() {
    if (source) source.close();
    source = null;
    window.setTimeout(() => { if (release && !source) open(); }, AGAIN);
  }
  if (channel) {
    channel.addEventListener("message", (event) => {
      if (event.data !== "wie") heard(String(event.data));
      else if (source && live) channel.postMessage("hart"); // a tab that has just opened asks whether anybody hears
    });
    channel.postMessage("wie");
  }
  function hold() {
    return new Promise((done) => { release = done; open(); });
  }
  if (channel && navigator.locks) navigator.locks.request(NAME, hold).catch(hold);
  else hold();
  // A page that is put away gives the stream to another tab; when it comes back it takes its turn again.
  window.addEventListener("pagehide", () => { if (release) { const done = release; release = null; if (source) source.close(); source = null; done(); } });
  window.addEventListener("pageshow", (event) => { if (event.persisted && !release) { if (channel && navigator.locks) navigator.locks.request(NAME, hold).catch(hold); else hold(); } });

  window.setInterval(() => { if (Date.now() - heardAt > SILENT) setLive(false); }, 1000);
  window.addEventListener("online", () => tell("veranderd"));
})();
