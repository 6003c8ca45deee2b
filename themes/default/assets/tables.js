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
const KEYS = ["f", "only", "q", "sort"];

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
 * Makes what fills a table: the first 25 rows at once, so that they are painted, then 50 a
 * task; fewer where a row has more than 32 columns. Filling it again ends what is under way.
 * The box keeps its height meanwhile, so that nothing below it moves.
 * @param {HTMLElement} box
 * @param {number} columns
 */
function filler(box, columns) {
  const step = Math.max(1, Math.min(25, Math.floor(800 / columns)));
  let turn = 0;
  return (/** @type {Filling[]} */ fillings) => {
    const mine = ++turn;
    const all = fillings.flatMap(([body, rows]) => rows.map((row) => ({ body, row })));
    box.style.minHeight = `${box.offsetHeight}px`;
    let room = step;
    for (const [body, rows] of fillings) {
      body.replaceChildren(...rows.slice(0, room));
      room = Math.max(0, room - rows.length);
    }
    let at = step;
    const more = () => {
      if (mine !== turn) return;
      for (const { body, row } of all.slice(at, at + 2 * step)) body.append(row);
      at += 2 * step;
      if (at < all.length) setTimeout(more);
      else box.style.minHeight = "";
    };
    requestAnimationFrame(() => setTimeout(more));
  };
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
 * Lets the heads of a table sort its rows.
 * @param {HTMLTableElement} table
 */
function sortable(table) {
  const { caption, tHead, parentElement: box } = table;
  if (!caption || !tHead || !box) return;
  const body = table.tBodies[0];
  const status = document.getElementById(`${caption.id}-status`);
  const name = caption.querySelector("span")?.firstChild?.textContent?.trim() ?? "";
  const order = caption.querySelector("small");
  const heads = [...tHead.rows[0].cells];
  const rows = [...body.rows];
  const fill = filler(box, heads.length);

  /** @param {HTMLTableCellElement} head @param {string} title @param {boolean} isDown */
  const sort = (head, title, isDown) => {
    const at = head.cellIndex;
    const last = isDown ? -Infinity : Infinity;
    const placed = rows.map((row) => {
      const place = row.children[at].getAttribute("data-o");
      return { row, place: place === null ? last : Number(place) };
    });
    const sign = isDown ? -1 : 1;
    placed.sort((a, b) => (a.place === b.place ? 0 : sign * (a.place - b.place)));
    // First, while the page is laid out: the height of the box is asked for.
    fill([[body, placed.map(({ row }) => row)]]);
    for (const other of heads) other.removeAttribute("aria-sort");
    head.setAttribute("aria-sort", isDown ? "descending" : "ascending");
    remember("sort", `${head.dataset.k}:${isDown ? "desc" : "asc"}`);
    const direction = (isDown ? table.dataset.desc : table.dataset.asc) ?? "";
    const values = { table: name, column: title, direction };
    if (status) status.textContent = say(table.dataset.sorted, values);
    if (order) order.textContent = say(table.dataset.order, values);
  };

  const [key, way] = asked.get("sort")?.split(":") ?? [];
  for (const head of heads.filter((head) => head.dataset.k)) {
    const button = sortButton(head, table.dataset.about);
    const title = button.textContent ?? "";
    button.onclick = () => {
      const now = head.getAttribute("aria-sort");
      sort(head, title, now ? now === "ascending" : head.dataset.start === "desc");
    };
    if (head.dataset.k === key) {
      sort(head, title, way ? way === "desc" : head.dataset.start === "desc");
    }
  }
}

// ---- picking: frameworks are columns

/**
 * A row of the matrix: what it is called, which place each of its cells has ("" for what is
 * not known), which of these are best, and which are marked so now.
 * @typedef {object} Line
 * @property {HTMLTableRowElement} row
 * @property {string} name
 * @property {HTMLTableCellElement[]} cells
 * @property {string[]} places
 * @property {string | undefined} best
 * @property {boolean[]} marks
 */

/** @param {HTMLTableRowElement} row @returns {Line} */
function line(row) {
  const [head, ...cells] = row.cells;
  return {
    row,
    name: (head.firstChild?.textContent ?? "").toLowerCase(),
    cells,
    places: cells.map((cell) => cell.dataset.o ?? ""),
    best: row.dataset.best,
    marks: cells.map((cell) => cell.classList.contains("best")),
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
 * Lets a reader choose which columns and rows are shown.
 * @param {HTMLElement} pick
 */
function pickable(pick) {
  /** @template {Element} E @param {string} selector @returns {E} */
  const part = (selector) =>
    /** @type {E} */ (/** @type {unknown} */ (pick.querySelector(selector)));
  /** @type {HTMLInputElement[]} */
  const boxes = [...pick.querySelectorAll(".picks > input")].map((box) =>
    /** @type {HTMLInputElement} */ (box),
  );
  /** @type {HTMLSelectElement} */ const set = part("#x-set");
  /** @type {HTMLInputElement} */ const only = part("#x-differences");
  /** @type {HTMLInputElement} */ const filter = part("#x-filter");
  /** @type {HTMLButtonElement} */ const reset = part("#x-reset");
  /** @type {HTMLElement} */ const status = part(".status");
  /** @type {NodeListOf<HTMLTableElement>} */
  const tables = document.querySelectorAll(".pick ~ .mx > table");
  const groups = [...tables].flatMap((table) =>
    [...table.tBodies].map((body) => {
      const [head, ...rows] = body.rows;
      return { body, head, lines: rows.map(line) };
    }),
  );
  const lines = groups.flatMap((group) => group.lines);
  const all = boxes.map((box) => box.value).join(",");

  // Rules that hide columns of a table this large would make a reader wait: its cells are
  // hidden while they are not laid out, and put back in steps.
  const large = [...tables].find((table) => table.classList.contains("fixed"));
  const isLarge = large !== undefined && tables.length === 1;
  const fill = isLarge && large.parentElement ? filler(large.parentElement, boxes.length) : null;
  if (fill) pick.classList.add("scripted");
  let hidden = boxes.map(() => false);

  const apply = (/** @type {string} */ warning = "") => {
    const shown = boxes.flatMap((box, i) => (box.checked ? [i] : []));
    const words = filter.value.toLowerCase().split(/\s+/);
    let left = 0;
    if (fill) hideColumns();
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
        markBest(line, shown, pick.dataset.best ?? "");
      }
      left += here;
      body.removeAttribute("data-same");
      body.hidden = here === 0;
      head.cells[0].colSpan = shown.length + 1;
    }
    fill?.(groups.map((g) => [g.body, [g.head, ...g.lines.map((line) => line.row)]]));
    const picked = shown.map((i) => boxes[i].value).join(",");
    set.value = picked;
    if (set.selectedIndex < 0) set.value = "";
    const said = say(pick.dataset.status, {
      rows: left,
      all_rows: lines.length,
      frameworks: shown.length,
      all_frameworks: boxes.length,
    });
    status.textContent = warning ? `${warning} ${said}` : said;
    remember("f", picked === all ? null : picked);
    remember("only", only.checked ? "diff" : null);
    remember("q", filter.value.trim() || null);
  };

  const hideColumns = () => {
    const heads = large?.tHead?.rows[0].cells;
    for (const { body } of groups) body.replaceChildren();
    boxes.forEach((box, i) => {
      if (hidden[i] === !box.checked) return;
      hidden[i] = !box.checked;
      if (heads) heads[i + 1].hidden = hidden[i];
      for (const { cells } of lines) cells[i].hidden = hidden[i];
    });
  };

  /** @param {string} slugs */
  const show = (slugs) => {
    const wanted = slugs.split(",");
    for (const box of boxes) box.checked = wanted.includes(box.value);
  };

  /** Sets the controls to what the address asks for; whether it is all understood. */
  const restore = () => {
    const slugs = asked.get("f");
    const known = boxes.map((box) => box.value);
    const wanted = slugs ? slugs.split(",").filter((slug) => known.includes(slug)) : [];
    show(slugs === "" || wanted.length ? wanted.join(",") : all);
    const mode = asked.get("only");
    only.checked = mode === "diff";
    filter.value = asked.get("q") ?? "";
    const isWhole = !slugs || wanted.length === slugs.split(",").length;
    return isWhole && (mode === null || mode === "diff");
  };

  for (const control of [...boxes, only]) control.onchange = () => apply();
  filter.oninput = () => apply();
  set.onchange = () => {
    show(set.value);
    apply();
  };
  reset.onclick = () => {
    show(all);
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
for (const table of document.querySelectorAll("table[data-sorted]")) {
  sortable(/** @type {HTMLTableElement} */ (table));
}
for (const pick of document.querySelectorAll(".pick")) {
  pickable(/** @type {HTMLElement} */ (pick));
}
