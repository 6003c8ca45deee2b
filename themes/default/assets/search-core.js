// What search finds, without a page: the file that the build wrote becomes an index, and a
// query a list of results. `search.js` shows them.
//
// A query is answered in tries, each only if those before find nothing: every word as it is
// or as the start of one; every word with a slip of the keyboard, then with two; any word.
// Each try looks through all words that the site has: for 5,000 pages that costs less than a
// frame, and it keeps the index a plain list that can be asked while it grows.

/**
 * A page as `search/index.json` has it.
 * @typedef {object} Page
 * @property {number} kind which of the kinds it is
 * @property {string} route where it is, below the site's root
 * @property {string} title
 * @property {string} [summary]
 * @property {string[]} [names] what else it is called
 * @property {[string, string][]} [parts] ids and headings of its parts
 * @property {string} [words] more words, found but not shown
 */

/**
 * `search/index.json`.
 * @typedef {object} Data
 * @property {string[]} kinds what readers call each kind of page; see `KIND`
 * @property {string} versus the title of a page of two frameworks
 * @property {string} fact the title of a fact
 * @property {string} fact_kind what readers call one
 * @property {string} between words that stand between two names
 * @property {Page[]} pages frameworks first
 * @property {number[][]} pairs runs of frameworks that each has a page with
 */

/**
 * @typedef {object} Result
 * @property {string} title
 * @property {string} route
 * @property {string} kind
 * @property {string} summary
 * @property {{ title: string, route: string } | undefined} part the part that was meant
 */

/** Positions in `kinds`, which the build writes in this order. */
const KIND = { framework: 0, versus: 2, criterion: 4 };

/** How much a page counts by its kind, in the order of `kinds`. */
const WEIGHTS = [1.6, 1.4, 1, 1.2, 1.3, 1.1, 1, 1, 1];

/** What a word is worth by where it stands, and how many words usually stand there. */
const NAME = [4, 2];
const HEADING = [2, 4];
const SUMMARY = [1.2, 15];
const OTHER = [0.6, 30];

/** The most words of a query that are looked up, and the most slips in one. */
const MOST_WORDS = 12;
const MOST_SLIPS = 2;

const WORD = /[\p{L}\p{N}]+[#+]*/gu;
/** Signs of scripts that are written without spaces: each is a word. */
const SIGN = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/gu;

/**
 * The words of a text, without accents and in lower case: "Réal C#" is "real", "c#".
 * @param {string} text
 * @returns {string[]}
 */
export function words(text) {
  const plain = text.normalize("NFKD").replace(/\p{M}+/gu, "").replace(SIGN, " $& ");
  return plain.toLowerCase().match(WORD) ?? [];
}

/**
 * The words of a text, and those that capitals set apart: "FastAPI" is also "fast", "api".
 * @param {string} text
 */
function spread(text) {
  const apart = text
    .replace(/([\p{Ll}\p{N}])(\p{Lu})/gu, "$1 $2")
    .replace(/(\p{Lu})(\p{Lu}\p{Ll})/gu, "$1 $2");
  const own = words(text);
  return apart === text ? own : [...own, ...words(apart)];
}

/**
 * Other ways to write a short name, by its words: "Ruby on Rails" is also "rubyon",
 * "onrails", "rubyonrails" and "ror".
 * @param {string[]} all
 */
function spellings(all) {
  if (all.length < 2 || all.length > 4) return [];
  const more = all.slice(1).map((word, i) => all[i] + word);
  if (all.length > 2) more.push(all.join(""), all.map((word) => word[0]).join(""));
  return more;
}

/**
 * Whether a word is a term, or the start of one, but for some slips: a letter too many, too
 * few or another, or two exchanged. Most terms are dismissed within their first letters.
 * @param {string} word
 * @param {string} term
 * @param {boolean} isStart whether the start of a term will do
 * @param {number} slips how many are forgiven
 * @param {number} i where the word is compared from
 * @param {number} j where the term is compared from
 * @returns {boolean}
 */
export function resembles(word, term, isStart, slips, i = 0, j = 0) {
  while (i < word.length && word[i] === term[j]) [i, j] = [i + 1, j + 1];
  if (i >= word.length) return isStart || term.length - j <= slips;
  if (!slips) return false;
  const rest = (/** @type {number} */ a, /** @type {number} */ b) =>
    resembles(word, term, isStart, slips - 1, i + a, j + b);
  const isExchange = word[i] === term[j + 1] && word[i + 1] === term[j];
  return (isExchange && rest(2, 2)) || rest(1, 1) || rest(0, 1) || rest(1, 0);
}

/**
 * How well a word of a query fits a term of the index, from 0 to 1.
 * @param {string} word
 * @param {string} term
 * @param {boolean} isStart whether the start of a term will do
 * @param {number} most slips
 */
function likeness(word, term, isStart, most) {
  if (term.startsWith(word)) {
    if (term.length === word.length) return 1;
    return isStart ? 0.4 + (0.4 * word.length) / term.length : 0;
  }
  for (let slips = 1; slips <= most; slips++) {
    if (resembles(word, term, isStart, slips)) return 0.3 / slips;
  }
  return 0;
}

/**
 * A text with values in place of their names.
 * @param {string} text
 * @param {Record<string, string>} values
 */
export function fill(text, values) {
  return text.replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);
}

/** Finds pages. */
export class Finder {
  /** @type {Data} */
  #data;
  /** How many pages have been taken in. */
  #size = 0;
  /** Every word of the pages, and where it is in this list. @type {string[]} */
  #terms = [];
  /** @type {Map<string, number>} */
  #at = new Map();
  /** For each word, three numbers a page: the page, its worth there, 1 if it names the page. @type {number[][]} */
  #lists = [];
  /** Pages by their whole title or name. @type {Map<string, number[]>} */
  #named = new Map();
  /** Words that stand between two names. @type {Set<string>} */
  #between;
  /** Which words of the pages were found for one of a query, and how alike they are: most of a
   * query stays while it is typed. @type {Map<string, [number, number][]>} */
  #found = new Map();

  /** @param {Data} data */
  constructor(data) {
    this.#data = data;
    this.#between = new Set(words(data.between));
  }

  /**
   * Takes in some more pages; whether there are more still. Queries can be asked meanwhile.
   * @param {number} count
   */
  add(count) {
    const { pages } = this.#data;
    const end = Math.min(this.#size + count, pages.length);
    for (; this.#size < end; this.#size++) this.#take(pages[this.#size]);
    this.#found.clear();
    return end < pages.length;
  }

  /** @param {Page} page */
  #take({ title, summary = "", names = [], parts = [], words: more = "" }) {
    /** @type {Map<string, number[]>} */
    const worth = new Map();
    const put = (/** @type {string[]} */ all, /** @type {number[]} */ [boost, usual]) => {
      const value = (boost * (usual + 3)) / (all.length + 3);
      for (const word of all) {
        const known = worth.get(word);
        if (!known) worth.set(word, [value, boost === NAME[0] ? 1 : 0]);
        else if (known[0] < value) known[0] = value;
      }
    };
    for (const name of [title, ...names]) {
      const own = words(name);
      put(spread(name), NAME);
      put(spellings(own), NAME);
      const key = own.join("");
      this.#named.set(key, [...(this.#named.get(key) ?? []), this.#size]);
    }
    for (const [, heading] of parts) put(spread(heading), HEADING);
    put(spread(summary), SUMMARY);
    put(spread(more), OTHER);
    for (const [word, [value, isName]] of worth) {
      let at = this.#at.get(word);
      if (at === undefined) {
        at = this.#terms.push(word) - 1;
        this.#at.set(word, at);
        this.#lists.push([]);
      }
      this.#lists[at].push(this.#size, value, isName);
    }
  }

  /**
   * The best results for a query, and how many there are.
   * @param {string} query
   * @param {number} most
   * @returns {{ count: number, results: Result[] }}
   */
  search(query, most) {
    const asked = words(query).slice(0, MOST_WORDS);
    if (!asked.length) return { count: 0, results: [] };
    /** @type {Result | undefined} */
    let two;
    /** @type {number[]} */
    let hits = [];
    for (let slips = 0; slips <= MOST_SLIPS && !hits.length && !two; slips++) {
      two = this.#two(asked, slips);
      hits = this.#all(asked, slips);
    }
    if (!hits.length && !two) hits = this.#any(asked);
    const named = this.#named.get(asked.join("")) ?? [];
    const isNamed = (/** @type {number} */ page) => named.includes(page);
    hits = [...hits.filter(isNamed), ...hits.filter((page) => !isNamed(page))];
    const { pages } = this.#data;
    const results = two ? [two] : [];
    if (two) hits = hits.filter((page) => pages[page].route !== two.route);
    for (const page of hits.slice(0, most - results.length)) {
      results.push(this.#result(pages[page], asked));
    }
    return { count: hits.length + (two ? 1 : 0), results };
  }

  /**
   * Pages that have every word, the best first.
   * @param {string[]} asked
   * @param {number} slips how many are forgiven
   */
  #all(asked, slips) {
    const { score, said } = this.#look(asked, slips, false);
    const whole = 2 ** asked.length - 1;
    return this.#order(score, (page) => said[page] === whole);
  }

  /**
   * Pages that have any of the words; those that have more of them count more.
   * @param {string[]} asked
   */
  #any(asked) {
    const { score, said } = this.#look(asked, MOST_SLIPS, false);
    for (let page = 0; page < this.#size; page++) {
      for (let bits = said[page]; bits; bits &= bits - 1) score[page] *= 1.5;
    }
    return this.#order(score, (page) => said[page] > 0);
  }

  /**
   * What each page scores for a query, and as bits which of its words the page has.
   * @param {string[]} asked
   * @param {number} slips
   * @param {boolean} isName whether only words in names and titles count
   */
  #look(asked, slips, isName) {
    const size = this.#size;
    const score = new Float64Array(size);
    const said = new Uint16Array(size);
    asked.forEach((word, i) => {
      const isStart = i === asked.length - 1 || word.length > 2;
      const most = Math.min(slips, word.length < 4 ? 0 : word.length < 6 ? 1 : 2);
      const best = new Float64Array(size);
      for (const [at, like] of this.#alike(word, isStart, most)) {
        const list = this.#lists[at];
        for (let j = 0; j < list.length; j += 3) {
          const page = list[j];
          const worth = list[j + 1] * like;
          if (worth > best[page] && (list[j + 2] || !isName)) best[page] = worth;
        }
      }
      const count = best.reduce((sum, worth) => sum + (worth ? 1 : 0), 0);
      const rare = 1 + Math.log(1 + size / (1 + count));
      for (let page = 0; page < size; page++) {
        if (!best[page]) continue;
        score[page] += best[page] * rare;
        said[page] |= 1 << i;
      }
    });
    for (let page = 0; page < size; page++) score[page] *= WEIGHTS[this.#data.pages[page].kind];
    return { score, said };
  }

  /**
   * Words of the pages that are like a word of a query: where they are, and how alike.
   * @param {string} word
   * @param {boolean} isStart
   * @param {number} most slips
   */
  #alike(word, isStart, most) {
    const key = `${word} ${isStart} ${most}`;
    let found = this.#found.get(key);
    if (!found) {
      found = [];
      for (const [at, term] of this.#terms.entries()) {
        const like = likeness(word, term, isStart, most);
        if (like) found.push([at, like]);
      }
      if (this.#found.size > 99) this.#found.clear();
      this.#found.set(key, found);
    }
    return found;
  }

  /**
   * Pages by their score; those of one score as the index has them.
   * @param {Float64Array} score
   * @param {(page: number) => boolean} isHit
   */
  #order(score, isHit) {
    const hits = [];
    for (let page = 0; page < this.#size; page++) if (isHit(page)) hits.push(page);
    return hits.sort((a, b) => score[b] - score[a] || a - b);
  }

  /**
   * What a query means that names two things: the page of two frameworks, or the fact of a
   * framework and a criterion.
   * @param {string[]} asked
   * @param {number} slips
   * @returns {Result | undefined}
   */
  #two(asked, slips) {
    const { pages } = this.#data;
    const names = asked.filter((word) => !this.#between.has(word));
    if (names.length < 2) return undefined;
    const { score, said } = this.#look(names, slips, true);
    const whole = 2 ** names.length - 1;
    const isOne = (/** @type {number} */ page) =>
      said[page] > 0 && said[page] < whole &&
      (pages[page].kind === KIND.framework || pages[page].kind === KIND.criterion);
    const hits = this.#order(score, isOne).slice(0, 12);
    for (const [i, a] of hits.entries()) {
      for (const b of hits.slice(i + 1)) {
        const result = (said[a] | said[b]) === whole && this.#both(Math.min(a, b), Math.max(a, b));
        if (result) return result;
      }
    }
    return undefined;
  }

  /**
   * What two things have in common, the first being a framework.
   * @param {number} a
   * @param {number} b
   * @returns {Result | undefined}
   */
  #both(a, b) {
    const { pages, pairs, kinds, versus, fact, fact_kind } = this.#data;
    const [one, other] = [pages[a], pages[b]];
    if (one.kind !== KIND.framework) return undefined;
    const slug = (/** @type {Page} */ page) => page.route.split("/")[1];
    const result = { summary: "", part: undefined };
    if (other.kind === KIND.criterion) {
      const title = fill(fact, { framework: one.title, criterion: other.title });
      const route = `${one.route}#F-${slug(other)}`;
      return { ...result, title, route, kind: fact_kind, summary: other.summary ?? "" };
    }
    const runs = pairs[a] ?? [];
    const hasPage = runs.some((from, i) => i % 2 === 0 && from <= b && b < runs[i + 1]);
    if (!hasPage) return undefined;
    const title = fill(versus, { first: one.title, second: other.title });
    const route = `compare/${slug(one)}-vs-${slug(other)}/`;
    return { ...result, title, route, kind: kinds[KIND.versus] };
  }

  /**
   * @param {Page} page
   * @param {string[]} asked
   * @returns {Result}
   */
  #result(page, asked) {
    const { kind, title, route, summary = "" } = page;
    return { title, route, kind: this.#data.kinds[kind], summary, part: part(page, asked) };
  }
}

/**
 * The part of a page whose heading has most of the words that its title has not.
 * @param {Page} page
 * @param {string[]} asked
 */
function part({ title, route, parts = [] }, asked) {
  const has = (/** @type {string} */ text) => {
    const own = spread(text);
    return (/** @type {string} */ word) => own.some((term) => term.startsWith(word));
  };
  const inTitle = has(title);
  const missing = asked.filter((word) => !inTitle(word));
  let most = Math.max(0, missing.length / 2 - 0.1);
  let best;
  for (const [id, heading] of missing.length ? parts : []) {
    const count = missing.filter(has(heading)).length;
    if (count > most) [most, best] = [count, { title: heading, route: `${route}#${id}` }];
  }
  return best;
}
