// The search field: answers queries while they are typed. It is loaded when the field is used,
// by `theme.js`, or with the page of search. All words come from the form, all rules of finding
// from `search-core.js`.

/** Results shown below the field of a page's header, and on the page of search. */
const FEW = 8;
const MANY = 20;
/** Milliseconds of taking pages in before keys are heard again. */
const TURN = 10;
/** What is kept while the key is switched off; `theme.js` reads it as well. */
const KEPT = "noKey";

/** @typedef {import("./search-core.js").Finder} Finder */

const form = document.querySelector("form[role=search]");
if (form instanceof HTMLFormElement) begin(form);

/** @param {HTMLFormElement} form */
function begin(form) {
  const { core = "", index = "", style = "", root = "" } = form.dataset;
  const input = /** @type {HTMLInputElement} */ (form.elements.namedItem("q"));
  const found = /** @type {HTMLElement} */ (form.querySelector(".found"));
  const status = /** @type {HTMLElement} */ (form.querySelector("[role=status]"));
  const list = /** @type {HTMLElement} */ (form.querySelector("ol"));
  const page = document.querySelector("[data-pages]");
  /** @type {Finder | undefined} */
  let finder;
  /** @type {Promise<void> | undefined} */
  let loading;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;

  /** The words of the form, with values. @param {string} key @param {Record<string, string>} values */
  const say = (key, values) =>
    (form.dataset[key] ?? "").replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);

  const load = () => {
    loading ??= start().catch(() => {
      loading = undefined;
      if (input.value.trim()) open(say("broken", {}), []);
    });
  };

  async function start() {
    const from = (/** @type {string} */ url) => new URL(url, document.baseURI).href;
    const [{ Finder }, data] = await Promise.all([
      /** @type {Promise<typeof import("./search-core.js")>} */ (import(from(core))),
      fetch(index).then((answer) => (answer.ok ? answer.json() : Promise.reject(answer.status))),
      page || styled(from(style)),
    ]);
    const made = new Finder(data);
    for (let more = true; more;) {
      const end = performance.now() + TURN;
      do more = made.add(8); while (more && performance.now() < end);
      if (!finder) show((finder = made));
      if (more) await new Promise((done) => setTimeout(done));
    }
    show(made);
  }

  function show(/** @type {Finder | undefined} */ by = finder) {
    const query = input.value.trim();
    if (!query) return open("", []);
    if (!by) return;
    const { count, results } = by.search(query, page ? MANY : FEW);
    const values = { query, count: String(count), shown: String(results.length) };
    const isCut = count > results.length;
    /** @type {HTMLElement[]} */
    const items = results.map((result) => {
      const item = document.createElement("li");
      item.append(link(result.title, result.route), " ", text("small", result.kind));
      if (result.part) item.append(text("p", "", link(result.part.title, result.part.route)));
      else if (result.summary) item.append(text("p", result.summary));
      return item;
    });
    if (isCut && !page) {
      items.push(text("li", "", link(say("all", values), `search/?q=${encodeURIComponent(query)}`)));
    }
    open(say(!count ? "none" : isCut ? "first" : count > 1 ? "many" : "one", values), items);
  }

  /** Shows a line and results; closes what was shown if there is neither. */
  function open(/** @type {string} */ line, /** @type {Element[]} */ items) {
    status.textContent = line;
    list.replaceChildren(...items);
    list.hidden = !items.length;
    found.toggleAttribute("data-open", Boolean(line));
    page?.toggleAttribute("data-off", Boolean(items.length));
  }

  const link = (/** @type {string} */ title, /** @type {string} */ route) => {
    const made = document.createElement("a");
    made.href = root + route;
    made.textContent = title;
    return made;
  };

  /** Keeps the query in the address, so that it can be shared. */
  function keep() {
    const url = new URL(location.href);
    const query = input.value.trim();
    if (query) url.searchParams.set("q", query);
    else url.searchParams.delete("q");
    history.replaceState(history.state, "", url);
  }

  input.addEventListener("focus", () => {
    load();
    if (finder) show();
  });
  input.addEventListener("input", () => {
    load();
    show();
    if (page) {
      clearTimeout(timer);
      timer = setTimeout(keep, 300);
    }
  });
  form.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    event.preventDefault();
    input.value = "";
    input.dispatchEvent(new Event("input"));
    input.focus();
  });
  if (page) {
    input.value = new URL(location.href).searchParams.get("q") ?? "";
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      show();
      keep();
    });
  } else {
    for (const event of ["focusin", "pointerdown"]) {
      document.addEventListener(event, ({ target }) => {
        if (!(target instanceof Node && form.contains(target))) open("", []);
      });
    }
  }
  key(input, page);
  if (input.value || document.activeElement === input) {
    load();
    show();
  }
}

/**
 * Lets `/` lead to the field, until the reader switches that off.
 * @param {HTMLInputElement} input
 * @param {Element | null} page
 */
function key(input, page) {
  let isOn = true;
  try {
    isOn = !localStorage.getItem(KEPT);
  } catch {
    // Nothing can be kept here.
  }
  const box = page?.ownerDocument.querySelector(".key");
  const check = box?.querySelector("input");
  const set = (/** @type {boolean} */ value) => {
    isOn = value;
    if (isOn) input.setAttribute("aria-keyshortcuts", "/");
    else input.removeAttribute("aria-keyshortcuts");
  };
  set(isOn);
  if (box instanceof HTMLElement && check) {
    box.hidden = false;
    check.checked = isOn;
    check.addEventListener("change", () => {
      set(check.checked);
      try {
        if (isOn) localStorage.removeItem(KEPT);
        else localStorage.setItem(KEPT, "1");
      } catch {
        // It holds for this page.
      }
    });
  }
  document.addEventListener("keydown", (event) => {
    const isPlain = event.key === "/" && !event.ctrlKey && !event.metaKey && !event.altKey;
    if (!isOn || !isPlain || event.defaultPrevented || isText(event.target)) return;
    event.preventDefault();
    input.focus();
    input.select();
  });
}

/** Whether keys write into what has the focus. @param {EventTarget | null} target */
function isText(target) {
  return target instanceof HTMLElement &&
    (target.isContentEditable || target.matches("input:not([type=checkbox],[type=radio]),textarea,select"));
}

/** Adds the style sheet of results and waits for it. @param {string} href */
function styled(href) {
  return new Promise((done) => {
    const sheet = document.createElement("link");
    sheet.rel = "stylesheet";
    sheet.href = href;
    sheet.onload = sheet.onerror = done;
    document.head.append(sheet);
  });
}

/**
 * An element with a text and what stands within it.
 * @param {string} name
 * @param {string} words
 * @param {Element[]} inner
 */
function text(name, words, ...inner) {
  const made = document.createElement(name);
  made.textContent = words;
  made.append(...inner);
  return made;
}
