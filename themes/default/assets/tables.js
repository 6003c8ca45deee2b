// Tables that answer: sorting, picking, filtering. Without this script every table is whole and
// in the order that its caption names, and the rules of compare.css pick columns.
//
// Every word that it shows stands in the page, and every value has a number there by which
// it is compared (`data-o`), so that it knows nothing of what the table is about.

/** @typedef {[HTMLTableSectionElement, HTMLTableRowElement[]]} Filling a body and its rows */

/**
 * A text with `{name}` replaced by each named value.
 * @param {string | undefined} text
 * @param {Record<string, string | number>} values
 */
const say = (text = "", values) =>
  text.replace(/\{(\w+)\}/g, (_, name) => String(values[name] ?? ""));

// ---- the address

/** Keys of the address, in the order in which they are written. */
const KEYS = ["f", "c", "only", "q", "sort"];

/** What the address said at first. */
const asked = new URLSearchParams(location.search);

/** What differs from the page as it is without a query. @type {Map<string, string>} */
const chosen = new Map();

/** @type {ReturnType<typeof setTimeout> | undefined} */
let writing;

/**
 * Keeps a choice in the address, or removes it; at once would be too often while one types.
 * @param {string} key
 * @param {string | null} value
 */
function remember(key, value) {
  if (value === null) chosen.delete(key);
  else chosen.set(key, value);
  clearTimeout(writing);
  writing = setTimeout(() => {
    const encode = (/** @type {string} */ text) =>
      encodeURIComponent(text).replaceAll("%2C", ",").replaceAll("%3A", ":");
    const parts = KEYS.filter((key) => chosen.has(key));
    const query = parts.map((key) => `${key}=${encode(chosen.get(key) ?? "")}`).join("&");
    const address = location.pathname + (query && `?${query}`) + location.hash;
    history.replaceState(history.state, "", address);
  }, 150);
}

// ---- rows in steps

/**
 * Makes what fills tables: the first 25 rows at once, so that they are painted, then 50 a
 * task; fewer where a row has more than 19 columns. Filling them again ends what is under way.
 * Their boxes keep their heights meanwhile, so that nothing below them moves.
 * @param {HTMLElement[]} boxes
 * @param {number} columns
 * @param {(row: HTMLTableRowElement) => void} [arrange] what is done to a row before it is put in
 */
function filler(boxes, columns, arrange) {
  const step = Math.max(1, Math.min(25, Math.floor(480 / columns)));
  let turn = 0;
  // Asking for a height would make a reader wait for a page that is about to change.
  /** @type {Map<Element, number>} */
  const heights = new Map();
  const observer = new ResizeObserver((entries) => {
    for (const { target, borderBoxSize } of entries) heights.set(target, borderBoxSize[0].blockSize);
  });
  for (const box of boxes) observer.observe(box);
  return (/** @type {Filling[]} */ fillings, first = step) => {
    const mine = ++turn;
    for (const box of boxes) box.style.minHeight = `${heights.get(box) ?? 0}px`;
    for (const [body] of fillings) body.replaceChildren();
    const all = fillings.flatMap(([body, rows]) => rows.map((row) => ({ body, row })));
    let at = 0;
    const put = (/** @type {number} */ count) => {
      for (const { body, row } of all.slice(at, at + count)) {
        arrange?.(row);
        body.append(row);
      }
      at += count;
    };
    const more = () => {
      if (mine !== turn) return;
      put(2 * step);
      if (at < all.length) setTimeout(more);
      else for (const box of boxes) box.style.minHeight = "";
    };
    put(first);
    requestAnimationFrame(() => setTimeout(more));
  };
}

/**
 * Things in the order of their places; those without one are last, equal ones as they stood.
 * @template T
 * @param {T[]} things
 * @param {(thing: T) => string | null} placeOf
 * @param {boolean} isDown
 */
function sorted(things, placeOf, isDown) {
  const sign = isDown ? -1 : 1;
  const placed = things.map((thing) => {
    const place = placeOf(thing);
    return { thing, place: place ? sign * Number(place) : Infinity };
  });
  placed.sort((a, b) => (a.place === b.place ? 0 : a.place - b.place));
  return placed.map(({ thing }) => thing);
}

/** What parts of a table are. @type {[string, string][]} */
const ROLES = [
  ["thead, tbody", "rowgroup"],
  ["tr", "row"],
  ["thead th", "columnheader"],
  ["tbody th", "rowheader"],
  ["td", "cell"],
];

/**
 * Says what the parts of a table are whose rows are laid out one by one: some browsers take
 * what is not laid out as a table for none.
 * @param {Element} table
 */
function name(table) {
  table.role = "table";
  for (const [selector, role] of ROLES) {
    for (const part of table.querySelectorAll(selector)) part.role = role;
  }
  for (const head of table.querySelectorAll("[colspan]")) head.ariaColSpan = head.getAttribute("colspan");
}

/** Whether a table has so many cells that a reader waits for all at once. @param {Element} table */
const isLarge = (table) => table.matches(".fixed, .grid");

// ---- boxes to tick

/** @param {HTMLElement} pick */
const checkboxes = (pick) =>
  /** @type {HTMLInputElement[]} */ ([...pick.querySelectorAll(".picks > input")]);

/** Ticks some boxes, and no others. @param {HTMLInputElement[]} boxes @param {string[]} wanted */
function tick(boxes, wanted) {
  for (const box of boxes) box.checked = wanted.includes(box.value);
}

/**
 * Ticks what the address asks for, or else the usual; whether all of it is understood.
 * @param {HTMLInputElement[]} boxes
 * @param {string} key
 * @param {string[]} usual
 */
function restored(boxes, key, usual) {
  const slugs = asked.get(key);
  const known = boxes.map((box) => box.value);
  const wanted = slugs ? slugs.split(",").filter((slug) => known.includes(slug)) : [];
  tick(boxes, slugs === "" || wanted.length ? wanted : usual);
  return !slugs || wanted.length === slugs.split(",").length;
}

// ---- sorting: frameworks are rows

/**
 * Puts a button into the head of a column; a link to what the column is about stands behind it.
 * @param {HTMLTableCellElement} head
 * @param {string | undefined} about
 */
function sortButton(head, about) {
  const link = head.querySelector("a");
  const label = link ?? head.firstChild;
  const button = document.createElement("button");
  button.type = "button";
  button.className = "sort";
  button.textContent = label?.textContent ?? "";
  if (link) {
    link.before(button, " ");
    link.after(" ");
    link.className = "about";
    link.ariaLabel = say(about, { column: button.textContent });
    link.textContent = "";
  } else {
    label?.replaceWith(button);
  }
  return button;
}

/**
 * Lets a reader choose which criteria are columns; rules of the style sheet hide the others.
 * @param {HTMLElement} pick
 * @param {(isLeftOut: (key: string) => boolean, said: string) => void} change
 */
function choosable(pick, change) {
  const boxes = checkboxes(pick);
  const picked = () => boxes.filter((box) => box.checked).map((box) => box.value);
  const usual = picked();
  const apply = (/** @type {string} */ warning = "") => {
    const now = picked();
    remember("c", now.join() === usual.join() ? null : now.join());
    const said = say(pick.dataset.status, { criteria: now.length, all_criteria: boxes.length });
    const isLeftOut = (/** @type {string} */ key) =>
      boxes.some((box) => box.value === key && !box.checked);
    change(isLeftOut, `${warning} ${said}`.trim());
  };
  for (const box of boxes) box.onchange = () => apply();
  if (asked.has("c")) apply(restored(boxes, "c", usual) ? "" : pick.dataset.unknown);
}

/**
 * Lets the heads of a table sort its rows, and a part of class `pick` before it choose columns.
 * @param {HTMLTableElement} table
 */
function sortable(table) {
  const { caption, tHead, parentElement: box } = table;
  if (!caption || !tHead || !box) return;
  const body = table.tBodies[0];
  const status = document.getElementById(`${caption.id}-status`);
  const name = caption.querySelector("span")?.firstChild?.textContent?.trim() ?? "";
  const order = caption.querySelector("small");
  const usual = order?.textContent ?? "";
  const heads = [...tHead.rows[0].cells];
  const rows = [...body.rows];
  let shown = rows;
  const fill = filler([box], heads.length);

  /** @param {string} said @param {string} note @param {string | null} address */
  const tell = (said, note, address) => {
    for (const head of heads) head.removeAttribute("aria-sort");
    if (status) status.textContent = said;
    if (order) order.textContent = note;
    remember("sort", address);
  };

  /** @param {HTMLTableCellElement} head @param {string} title @param {boolean} isDown */
  const sort = (head, title, isDown) => {
    const at = head.cellIndex;
    shown = sorted(rows, (row) => row.children[at].getAttribute("data-o"), isDown);
    fill([[body, shown]]);
    const direction = (isDown ? table.dataset.desc : table.dataset.asc) ?? "";
    const values = { table: name, column: title, direction };
    tell(say(table.dataset.sorted, values), say(table.dataset.order, values), `${head.dataset.k}:${isDown ? "desc" : "asc"}`);
    head.setAttribute("aria-sort", isDown ? "descending" : "ascending");
  };

  const pick = box.previousElementSibling;
  if (pick instanceof HTMLElement && pick.matches(".pick")) {
    choosable(pick, (isLeftOut, said) => {
      const by = heads.find((head) => head.ariaSort)?.dataset.k;
      const isUndone = by !== undefined && isLeftOut(by);
      if (isUndone) {
        shown = rows;
        tell("", usual, null);
      }
      if (status) status.textContent = said;
      if (isUndone || isLarge(table)) fill([[body, shown]]);
    });
  }

  const [key, way] = asked.get("sort")?.split(":") ?? [];
  for (const head of heads.filter((head) => head.dataset.k)) {
    const button = sortButton(head, table.dataset.about);
    const title = button.textContent ?? "";
    button.onclick = () => {
      const now = head.getAttribute("aria-sort");
      sort(head, title, now ? now === "ascending" : head.dataset.start === "desc");
    };
    if (head.dataset.k === key && head.checkVisibility()) {
      sort(head, title, way ? way === "desc" : head.dataset.start === "desc");
    }
  }
}

// ---- picking: frameworks are columns

/**
 * A row of the matrix: what it is called, which place each of its cells has ("" for what is
 * not known), which of these are best; and as it is now: which are marked so, which are
 * hidden, and in which order they stand.
 * @typedef {object} Line
 * @property {HTMLTableRowElement} row
 * @property {string} name
 * @property {HTMLTableCellElement[]} cells
 * @property {string[]} places
 * @property {string | undefined} best
 * @property {boolean[]} marks
 * @property {boolean[]} hidden
 * @property {number[]} order
 */

/** @param {HTMLTableRowElement} row @param {number[]} order @returns {Line} */
function line(row, order) {
  const [head, ...cells] = row.cells;
  return {
    row,
    name: (head.firstChild?.textContent ?? "").toLowerCase(),
    cells,
    places: cells.map((cell) => cell.dataset.o ?? ""),
    best: row.dataset.best,
    marks: cells.map((cell) => cell.classList.contains("best")),
    hidden: cells.map(() => false),
    order,
  };
}

/**
 * Marks the best of the columns that are shown, by the rule of the build: two or more are
 * known, and at most half of these are best.
 * @param {Line} line
 * @param {number[]} shown
 * @param {string} word
 */
function markBest({ row, cells, places, best, marks }, shown, word) {
  if (!best) return;
  const known = shown.map((i) => places[i]).filter((place) => place !== "").map(Number);
  const top = best === "high" ? Math.max(...known) : Math.min(...known);
  const count = known.filter((place) => place === top).length;
  const isTold = known.length > 1 && count * 2 <= known.length;
  const isShown = new Set(shown);
  cells.forEach((cell, i) => {
    const isBest =
      isTold && isShown.has(i) && places[i] !== "" && Number(places[i]) === top;
    if (isBest === marks[i]) return;
    marks[i] = isBest;
    cell.classList.toggle("best", isBest);
    cell.querySelector(".badge")?.remove();
    if (!isBest) return;
    const badge = document.createElement("b");
    badge.className = "badge good";
    badge.textContent = word;
    // Before a number at the end of its cell, so that digits stay in line.
    if (row.classList.contains("num") && !row.closest(".few")) cell.prepend(badge, " ");
    else cell.append(" ", badge);
  });
}

/**
 * Hides cells of a row, and puts all in an order.
 * @param {Line} line
 * @param {boolean[]} hidden
 * @param {number[]} order
 */
function arrange(line, hidden, order) {
  const { row, cells } = line;
  if (line.order !== order) row.append(...order.map((i) => cells[i]));
  cells.forEach((cell, i) => {
    if (line.hidden[i] !== hidden[i]) cell.hidden = hidden[i];
  });
  line.order = order;
  line.hidden = hidden;
}

/**
 * Lets a reader choose which columns and rows are shown, and in which order the columns stand.
 * @param {HTMLElement} pick
 */
function pickable(pick) {
  /** @template {Element} E @param {string} selector @returns {E} */
  const part = (selector) =>
    /** @type {E} */ (/** @type {unknown} */ (pick.querySelector(selector)));
  const boxes = checkboxes(pick);
  /** @type {HTMLSelectElement} */ const set = part("#X-set");
  /** @type {HTMLSelectElement} */ const by = part("#X-order");
  /** @type {HTMLInputElement} */ const only = part("#X-differences");
  /** @type {HTMLInputElement} */ const filter = part("#X-filter");
  /** @type {HTMLButtonElement} */ const reset = part("#X-reset");
  /** @type {HTMLElement} */ const status = part(".status");
  /** @type {HTMLTableElement[]} */
  const tables = [...document.querySelectorAll(".pick ~ .mx > table")].map((table) =>
    /** @type {HTMLTableElement} */ (table),
  );
  const asBuilt = boxes.map((_, i) => i);
  const heads = tables.flatMap((table) => [...(table.tHead?.rows ?? [])].map((row) => line(row, asBuilt)));
  const groups = tables.flatMap((table) =>
    [...table.tBodies].map((body) => {
      const [head, ...rows] = body.rows;
      return { body, head, lines: rows.map((row) => line(row, asBuilt)) };
    }),
  );
  const lines = groups.flatMap((group) => group.lines);
  const lineOf = new Map(lines.map((line) => [line.row, line]));
  const notes = [...document.querySelectorAll(".pick ~ .mx [data-note]")].map((note) => ({
    note,
    usual: note.textContent,
  }));
  const all = boxes.map((box) => box.value);

  let order = asBuilt;
  let isDown = false;
  let isFirst = true;
  /** @type {boolean[]} */ let hidden = [];
  /** @type {number[]} */ let shown = [];

  const settle = (/** @type {Line | undefined} */ line) => {
    if (!line) return;
    arrange(line, hidden, order);
    markBest(line, shown, pick.dataset.best ?? "");
  };
  const cases = tables.flatMap(({ parentElement }) => parentElement ?? []);
  const fill = filler(cases, boxes.length, (row) => settle(lineOf.get(row)));
  // From here on cells are hidden by this script, as rows are put in: rules for so many columns
  // would make a reader wait.
  pick.classList.add("scripted");

  const apply = (/** @type {string} */ warning = "") => {
    hidden = boxes.map((box) => !box.checked);
    shown = asBuilt.filter((i) => !hidden[i]);
    const words = filter.value.toLowerCase().split(/\s+/);
    let left = 0;
    for (const { body, head, lines } of groups) {
      let here = 0;
      for (const line of lines) {
        const places = shown.map((i) => line.places[i]);
        const isSame =
          places.length > 1 && places[0] !== "" && places.every((p) => p === places[0]);
        const isNamed = words.every((word) => line.name.includes(word));
        line.row.toggleAttribute("data-same", isSame);
        line.row.hidden = !isNamed;
        if (isNamed && !(only.checked && isSame)) here += 1;
      }
      left += here;
      body.removeAttribute("data-same");
      body.hidden = here === 0;
      head.cells[0].colSpan = shown.length + 1;
      if (head.cells[0].ariaColSpan) head.cells[0].ariaColSpan = `${shown.length + 1}`;
    }
    const isWide = tables.some(isLarge);
    const isOrdered = heads.some((line) => line.order !== order);
    const isAsked = isFirst ? location.search !== "" : isWide || isOrdered;
    for (const line of heads) arrange(line, hidden, order);
    if (isAsked) {
      const rows = groups.map((g) => /** @type {Filling} */ ([g.body, [g.head, ...g.lines.map((line) => line.row)]]));
      fill(rows, isFirst && !isWide ? Infinity : undefined);
    } else {
      lines.forEach(settle);
    }
    isFirst = false;
    tell(warning, left);
  };

  /** Says what is shown, and keeps it in the address. @param {string} warning @param {number} left */
  const tell = (warning, left) => {
    const picked = shown.map((i) => all[i]).join();
    set.value = picked;
    if (set.selectedIndex < 0) set.value = "";
    const direction = (isDown ? pick.dataset.desc : pick.dataset.asc) ?? "";
    const values = { column: by.selectedOptions[0]?.text ?? "", direction };
    const isUsual = order === asBuilt;
    const said = say(pick.dataset.status, {
      rows: left,
      all_rows: lines.length,
      frameworks: shown.length,
      all_frameworks: boxes.length,
    });
    const parts = [warning, said, isUsual ? "" : say(pick.dataset.sorted, values)];
    status.textContent = parts.filter(Boolean).join(" ");
    for (const { note, usual } of notes) {
      note.textContent = isUsual ? usual : say(pick.dataset.order, values);
    }
    remember("f", picked === all.join() ? null : picked);
    remember("only", only.checked ? "diff" : null);
    remember("q", filter.value.trim() || null);
    remember("sort", isUsual ? null : `${by.value}:${isDown ? "desc" : "asc"}`);
  };

  /** Puts the columns in the order that is chosen. @param {string} [way] "desc" or "asc" */
  const sort = (way = by.selectedOptions[0].dataset.start) => {
    isDown = way === "desc";
    const line = lines.find(({ row }) => row.dataset.k === by.value);
    if (line) order = sorted(asBuilt, (i) => line.places[i], isDown);
    else order = isDown ? asBuilt.toReversed() : asBuilt;
  };

  /** Sets the controls to what the address asks for; whether it is all understood. */
  const restore = () => {
    const isWhole = restored(boxes, "f", all);
    const mode = asked.get("only");
    only.checked = mode === "diff";
    filter.value = asked.get("q") ?? "";
    const [key, way] = asked.get("sort")?.split(":") ?? [by.options[0].value];
    by.value = key;
    const isOrder = by.selectedIndex >= 0 && ["desc", "asc", undefined].includes(way);
    if (by.selectedIndex < 0) by.selectedIndex = 0;
    sort(isOrder ? way : undefined);
    return isWhole && isOrder && (mode === null || mode === "diff");
  };

  for (const control of [...boxes, only]) control.onchange = () => apply();
  filter.oninput = () => apply();
  set.onchange = () => {
    tick(boxes, set.value.split(","));
    apply();
  };
  by.onchange = () => {
    sort();
    apply();
  };
  reset.onclick = () => {
    tick(boxes, all);
    only.checked = false;
    filter.value = "";
    apply();
  };
  apply(restore() ? "" : pick.dataset.unknown);
}

// ---- the focus

// Browsers leave what is seen in part where it is, also below a column that stays.
for (const box of document.querySelectorAll(".mx")) {
  box.addEventListener("focusin", ({ target }) => {
    const focus = /** @type {Element} */ (target);
    if (focus === box || !focus.matches(":focus-visible")) return;
    focus.scrollIntoView({ block: "nearest", inline: "nearest" });
  });
}

// ---- rows close together

for (const box of document.querySelectorAll("input.density")) {
  const input = /** @type {HTMLInputElement} */ (box);
  const root = document.documentElement.dataset;
  input.checked = root.density === "compact";
  input.onchange = () => {
    root.density = input.checked ? "compact" : "";
    try {
      localStorage.density = root.density;
    } catch {
      // A reader who lets no site keep anything chooses anew on each page.
    }
  };
}

for (const control of document.querySelectorAll("[data-js]")) {
  control.removeAttribute("hidden");
}
for (const table of document.querySelectorAll("table.grid")) name(table);
for (const table of document.querySelectorAll("table[data-sorted]")) {
  sortable(/** @type {HTMLTableElement} */ (table));
}
for (const pick of document.querySelectorAll(".pick:not(details)")) {
  pickable(/** @type {HTMLElement} */ (pick));
}
