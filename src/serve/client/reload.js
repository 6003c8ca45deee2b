// Keeps an open page true to the book: asks after every build whether the page is still
// what would be shown, and if not brings it up to date, or loads it again where the reader
// was. Part of the preview alone; no site that is built holds it.
(() => {
  "use strict";

  const { token, path } = document.currentScript.dataset;
  let { stamp } = document.currentScript.dataset;
  const here = new URL(".", document.currentScript.src);
  const address = (name, more) =>
    new URL(name + "?" + new URLSearchParams({ token, ...more }), here);

  // Where the reader was, kept over a reload.
  const KEY = "fieldguide:" + path;

  // What an element is called, as far as it can be told without asking the browser.
  function nameOf(element) {
    const label = element.getAttribute("aria-label");
    const ids = (element.getAttribute("aria-labelledby") || "").split(/\s+/);
    const others = ids.map((id) => id && document.getElementById(id)).filter(Boolean);
    const named = [...others, ...(element.labels || [])];
    const words = named.length ? named.map((one) => one.textContent) : [element.textContent];
    return (label || words.join(" ")).replace(/\s+/g, " ").trim();
  }

  // What it is, and where it leads.
  const kindOf = (element) =>
    JSON.stringify(["href", "type", "name", "value", "role"].map((key) => element.getAttribute(key)));

  const ofKind = ({ tag, kind }) =>
    [...document.getElementsByTagName(tag)].filter((other) => kindOf(other) === kind);

  // Tells an element from others wherever it moves: what it is, leads to and is called, and
  // which one of those that are alike in all of it.
  function describe(element) {
    if (!element || element === document.body) return null;
    const told = { id: element.id, tag: element.localName, kind: kindOf(element), name: nameOf(element) };
    const equals = ofKind(told).filter((other) => nameOf(other) === told.name);
    return { ...told, place: equals.indexOf(element) };
  }

  function find(told) {
    const element = told.id && document.getElementById(told.id);
    if (element) return element;
    const alike = ofKind(told);
    const equals = alike.filter((other) => nameOf(other) === told.name);
    // One that is called otherwise now is known by where it leads, if no other does.
    if (!equals.length && alike.length === 1) return alike[0];
    return equals[Math.min(told.place, equals.length - 1)];
  }

  function reload() {
    const focus = describe(document.activeElement);
    try {
      sessionStorage.setItem(KEY, JSON.stringify({ x: scrollX, y: scrollY, focus }));
    } catch { /* Without storage the page opens at its top. */ }
    location.reload();
  }

  function returnTo({ x, y, focus }) {
    if (focus) find(focus)?.focus({ preventScroll: true });
    scrollTo({ left: x, top: y, behavior: "instant" });
  }

  try {
    const kept = JSON.parse(sessionStorage.getItem(KEY));
    sessionStorage.removeItem(KEY);
    if (kept) {
      returnTo(kept);
      // Images and style sheets that come late change how long the page is.
      addEventListener("load", () => returnTo(kept), { once: true });
    }
  } catch { /* Without storage there is nothing to return to. */ }

  // Style sheets are swapped in place: their names differ in a hash alone.
  const masked = (name) => name.replace(/\.[0-9a-f]{8}\.css$/, ".css");

  function swap(styles) {
    for (const link of document.querySelectorAll('link[rel="stylesheet"]')) {
      if ("old" in link.dataset) continue;
      const isOf = (style) => masked(link.href).endsWith("/" + masked(style));
      const style = styles.find(isOf);
      if (!style || link.href.endsWith("/" + style)) continue;
      const fresh = link.cloneNode();
      fresh.href = link.href.slice(0, link.href.length - style.length) + style;
      link.dataset.old = "";
      fresh.onload = fresh.onerror = () => link.remove();
      link.after(fresh);
    }
  }

  // The findings, as text and links that the server has made; what was closed stays closed
  // until they are others.
  const NAME = "fieldguide-findings";
  let closed = null;
  let shown = null;

  function show(faults) {
    let box = document.querySelector(NAME);
    const text = faults && JSON.stringify(faults);
    if (!faults || text === closed) {
      if (box) box.remove();
      if (!faults) closed = null;
      shown = null;
      return;
    }
    if (!box) {
      const looks = new URL("findings.css", here).href;
      const links = [...document.querySelectorAll("link")];
      if (!links.some((link) => link.href === looks)) {
        const link = document.createElement("link");
        link.rel = "stylesheet";
        link.href = looks;
        document.head.append(link);
      }
      box = document.createElement(NAME);
      box.setAttribute("role", "alert");
      box.append(document.createElement("strong"), document.createElement("pre"));
      document.body.append(box);
    }
    if (!box.querySelector("button")) {
      const button = document.createElement("button");
      button.type = "button";
      button.textContent = "Close";
      box.append(button);
    }
    // What is there already stays, with the focus that may be in it.
    if (shown === text) return;
    shown = text;
    box.querySelector("strong").textContent = faults.title;
    const words = faults.findings.map(({ text, link }) => {
      if (!link) return text;
      const place = document.createElement("a");
      place.href = link;
      place.textContent = text;
      return place;
    });
    box.querySelector("pre").replaceChildren(...words);
    box.querySelector("button").onclick = () => {
      closed = text;
      shown = null;
      box.remove();
    };
  }

  let isAsking = false;
  let isStale = false;
  let isKnown = false;

  // Asks how things are, as often as there is news while it asks.
  async function ask() {
    isStale = true;
    if (isAsking) return;
    isAsking = true;
    try {
      while (isStale) {
        isStale = false;
        const answer = await fetch(address("state", { path, stamp }));
        if (!answer.ok) {
          // A token of an earlier run: the server was started anew.
          if (isKnown) reload();
          return;
        }
        isKnown = true;
        const { same, styles, faults } = await answer.json();
        if (!same) {
          stamp = await fieldguidePatch(path);
          if (!stamp) return reload();
          // What was made meanwhile may be something else again.
          isStale = true;
        }
        swap(styles);
        show(faults);
      }
    } catch {
      lost();
    } finally {
      isAsking = false;
    }
  }

  const FIRST = 250;
  const LAST = 8000;
  let wait = FIRST;
  let isLost = false;

  // Tries again, less and less often, until the server answers.
  function lost() {
    if (isLost) return;
    isLost = true;
    setTimeout(async () => {
      isLost = false;
      try {
        await fetch(address("reload.js"));
        wait = FIRST;
        listen();
        ask();
      } catch {
        wait = Math.min(wait * 2, LAST);
        lost();
      }
    }, wait);
  }

  let listen;
  try {
    const { port } = new SharedWorker(address("worker.js"), "fieldguide");
    port.onmessage = ({ data }) => (data === "lost" ? lost() : ask());
    listen = () => port.postMessage("listen");
    addEventListener("pagehide", () => port.postMessage("gone"));
    // A page that comes back from the browser's memory listens again.
    addEventListener("pageshow", ({ persisted }) => {
      if (persisted) location.reload();
    });
  } catch {
    // Without workers, pages that are seen listen themselves.
    let source = null;
    listen = () => {
      if (source || document.hidden) return;
      source = new EventSource(address("live"));
      source.onmessage = ask;
      source.onerror = () => {
        source.close();
        source = null;
        lost();
      };
    };
    document.addEventListener("visibilitychange", () => {
      if (document.hidden && source) {
        source.close();
        source = null;
      }
      listen();
    });
    listen();
  }

  ask();
})();
