"""The made-up book of the benchmark, in the formats of three tools.

One book of values (`Book`), drawn from a seed, is written as a book of fieldguide, a site of
Zola and a site of Hugo, each in the form that its documentation leads to. The same facts, texts
and code blocks stand in all three; what fieldguide works out (scores, who is ahead, what a pair
has in common) is written down finished for the others, so that they only have to show it.
"""

import random
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).parent
TOOLS = ("fieldguide", "zola", "hugo")
BASE = "https://example.org/"
GROUPS = 6


@dataclass(frozen=True)
class Size:
    """How large a book is."""

    frameworks: int
    criteria: int
    guides: int
    goals: int
    pairs: int

    @property
    def pages(self) -> int:
        """HTML pages: the lists of four kinds, the home page and the page of no page too."""
        return self.frameworks + self.guides + self.goals + self.pairs + 6


SIZES = {
    "S": Size(14, 50, 8, 8, 30),
    "M": Size(200, 30, 500, 20, 1770),
    "L": Size(500, 30, 10_000, 20, 1770),
    "XL": Size(500, 30, 500, 20, 500 * 499 // 2),
}

WORDS = (
    "request handler queue cache schema worker session route template query driver token stream "
    "module thread socket deploy measure release support simple stable quick large and of the a "
    "with for that is"
).split()

CODE = {
    "python": """import asyncio
from dataclasses import dataclass

@dataclass
class {a}:
    name: str
    count: int = {n}

async def {b}(request):
    # answer at once
    item = {a}(name=request.path, count={n})
    return {{"ok": True, "name": item.name}}
""",
    "rust": """use std::collections::BTreeMap;

/// Counts what was asked for.
pub struct {a} {{ seen: BTreeMap<String, u64> }}

impl {a} {{
    pub fn {b}(&mut self, path: &str) -> u64 {{
        let n = self.seen.entry(path.into()).or_insert({n});
        *n += 1; // never zero
        *n
    }}
}}
""",
    "javascript": """import {{ createServer }} from "node:http";

const {b} = async (request, response) => {{
  const name = new URL(request.url, "http://localhost").pathname;
  // answer at once
  response.writeHead(200, {{ "content-type": "application/json" }});
  response.end(JSON.stringify({{ name, count: {n} }}));
}};
createServer({b}).listen(3000);
""",
    "go": """package main

import "net/http"

type {a} struct {{ count int }}

// ServeHTTP answers at once.
func (s *{a}) ServeHTTP(w http.ResponseWriter, r *http.Request) {{
	s.count += {n}
	w.Header().Set("Content-Type", "text/plain")
	_, _ = w.Write([]byte(r.URL.Path + " {b}"))
}}
""",
    "toml": """[server]
host = "127.0.0.1"
port = {n}
name = "{a}"

[[route]]
path = "/{b}"          # answered at once
methods = ["GET", "POST"]
timeout = 2.5
keep = true
""",
    "bash": """#!/usr/bin/env bash
set -euo pipefail
count={n}
for file in content/*.md; do
  if grep -q "{b}" "$file"; then
    count=$((count + 1)) # one more
    echo "{a}: $file"
  fi
done
printf '%d\\n' "$count"
""",
}


class Numbers(random.Random):
    """Random numbers, and words made of them."""

    def words(self, count: int) -> str:
        return " ".join(self.choices(WORDS, k=count))

    def sentences(self, count: int) -> str:
        return " ".join(f"{self.words(self.randint(8, 16)).capitalize()}." for _ in range(count))


@dataclass
class Criterion:
    id: str
    title: str
    kind: str
    unit: str
    group: int


@dataclass
class Fact:
    """A fact: as TOML, as pages show it, and what it is worth."""

    toml: str
    text: str
    state: str
    worth: float


class Book:
    """The values of a book."""

    def __init__(self, size: Size, seed: int = 2026) -> None:
        self.size = size
        self.numbers = Numbers(seed)
        self.criteria = [self.criterion(i) for i in range(size.criteria)]
        self.frameworks = [self.framework(i) for i in range(size.frameworks)]
        self.goals = [self.goal(i) for i in range(size.goals)]
        self.guides = [self.guide(i) for i in range(size.guides)]
        self.pairs = self.some_pairs()

    def criterion(self, i: int) -> Criterion:
        kind = ("boolean", "number", "choice", "rating")[i % 4]
        unit = "ms, lower is better" if kind == "number" else ""
        group = i * GROUPS // self.size.criteria
        return Criterion(f"crit-{i:02}", f"Criterion {i}", kind, unit, group)

    def framework(self, i: int) -> dict:
        words, facts = self.numbers.words, [self.fact(c) for c in self.criteria]
        return {
            "slug": f"thing-{i:03}",
            "name": f"Thing {i}",
            "summary": f"A thing for {words(6)}.",
            "fit": [f"You want {words(4)}", f"You have {words(5)}"],
            "apart": [f"You want {words(4)}"],
            "facts": facts,
            "notes": [words(5) if n % 3 == 1 else "" for n in range(len(facts))],
            "prose": "\n\n".join(self.numbers.sentences(4) for _ in range(3)),
        }

    def fact(self, criterion: Criterion) -> Fact:
        draw = self.numbers
        if criterion.kind == "boolean":
            value = draw.random() < 0.5
            word = "yes" if value else "no"
            return Fact(str(value).lower(), word.capitalize(), word, 100.0 * value)
        if criterion.kind == "number":
            value = draw.randint(1, 1000)
            return Fact(str(value), f"{value:,}", "value", 100 * (1000 - value) / 999)
        if criterion.kind == "choice":
            choices = (("built-in", "Built in", 100), ("addon", "Add-on", 50), ("none", "None", 0))
            name, title, worth = draw.choice(choices)
            return Fact(f'"{name}"', title, "value", worth)
        halves = draw.randint(2, 10)
        text = f"{halves / 2:g}"
        return Fact(text, f"{text} of 5", "value", (halves - 2) * 12.5)

    def goal(self, i: int) -> dict:
        chosen = [n for n in range(self.size.criteria) if (n + i) % 3]
        weights = {n: self.numbers.randint(1, 10) for n in chosen}
        whole = sum(weights.values())
        scores = [
            round(10 * sum(f["facts"][n].worth * w for n, w in weights.items()) / whole)
            for f in self.frameworks
        ]
        return {
            "slug": f"need-{i:02}",
            "title": f"Need {i}",
            "question": f"Which thing is best for need {i}?",
            "weights": weights,
            "scores": scores,
            "prose": self.numbers.sentences(8),
        }

    def guide(self, i: int) -> dict:
        parts = []
        count = 4 if i % 5 == 0 else 5
        languages = list(CODE)
        for part in range(5):
            draw = self.numbers
            code = ""
            if part < count:
                language = languages[(i + part) % len(languages)]
                names = {"a": draw.choice(WORDS[:24]).capitalize(), "b": draw.choice(WORDS[:24])}
                body = CODE[language].format(n=draw.randint(1, 9999), **names)
                code = f"```{language}\n{body}```\n\n"
            parts.append({
                "title": f"{draw.words(3).capitalize()} {part + 1}",
                "opens": draw.sentences(5),
                "thing": draw.randrange(self.size.frameworks),
                "goal": draw.randrange(self.size.goals),
                "items": [draw.words(6), draw.words(4), draw.words(8)],
                "code": code,
                "ends": draw.sentences(4),
            })
        summary = f"About {self.numbers.words(8)}."
        return {"slug": f"guide-{i:05}", "title": f"Guide {i}", "summary": summary, "parts": parts}

    def some_pairs(self) -> list[tuple[int, int]]:
        count, most = len(self.frameworks), self.size.pairs
        pairs = ((a, b) for a in range(count) for b in range(a + 1, count))
        return [pair for pair, _ in zip(pairs, range(most))]

    def ahead(self, goal: dict, a: int, b: int) -> str:
        """Who is ahead in a goal, as fieldguide would say it."""
        first, second = goal["scores"][a], goal["scores"][b]
        if abs(first - second) <= 10:
            return "About equal"
        name = self.frameworks[a if first > second else b]["name"]
        return f"{name} by {abs(first - second) / 10:.1f}"

    def facts_to_find(self) -> list[tuple[str, list[str]]]:
        """Pages below the output folder, and facts that each must show in this order."""
        middle = self.frameworks[len(self.frameworks) // 2]
        facts = [fact.text for fact in middle["facts"]]
        a, b = self.pairs[len(self.pairs) // 2]
        first, second = self.frameworks[a], self.frameworks[b]
        return [
            (f"frameworks/{middle['slug']}/index.html", facts),
            (f"compare/{first['slug']}-vs-{second['slug']}/index.html", [
                first["name"], second["name"], "Criterion", "need-00",
            ]),
            ("guides/guide-00001/index.html", ["Guide 1", "<pre"]),
            ("best-for/need-01/index.html", ["Which thing is best for need 1?", "thing-"]),
            ("compare/index.html", [self.frameworks[0]["name"], "Criterion 1"]),
        ]


def write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)


def copy_templates(tool: str, into: Path) -> None:
    for path in sorted((HERE / tool).rglob("*")):
        if path.is_file():
            write(into / path.relative_to(HERE / tool), path.read_text())


def prose_of(guide: dict, framework: str, goal: str) -> str:
    """A guide in Markdown; links are made by two patterns of `{n}`."""
    text = []
    for part in guide["parts"]:
        items = "".join(f"- {item}\n" for item in part["items"])
        links = f"See [this]({framework.format(n=part['thing'])}) " \
                f"and [that]({goal.format(n=part['goal'])})."
        text.append(
            f"## {part['title']}\n\n{part['opens']} {links}\n\n{items}\n{part['code']}"
            f"{part['ends']}\n"
        )
    return "\n".join(text)


def listed(items: list) -> str:
    return "[" + ", ".join(f'"{item}"' for item in items) + "]"


def fieldguide(book: Book, into: Path, options: set[str]) -> None:
    """Writes a book; options: `plain` (code is not coloured), `default` (the built-in theme)."""
    theme = "default" if "default" in options else "bench"
    write(into / "book.toml", f"""[book]
title = "Made-up things"
description = "Facts about things that do not exist."
base_url = "{BASE}"
theme = "{theme}"

[versus]
pairs = "all"
max = {book.size.pairs}

[social]
cards = false

[code]
highlight = {"false" if "plain" in options else "true"}
""")
    copy_templates("fieldguide", into / "themes/bench")
    # Its pages are looked at while they are made: what they link to must be there.
    write(into / "content/assets/site.css", "main{max-width:70em}\n")
    write(into / "content/index.md", "+++\n+++\n\nThings that do not exist, side by side.\n")
    write(into / "content/sources.toml", f"""[docs]
title = "Documentation"
publisher = "Made up"
url = "https://example.com/docs/"
checked = 2026-11-20
""")
    text = [f'[[group]]\nid = "group-{g}"\ntitle = "Group {g}"\n\n' for g in range(GROUPS)]
    for criterion in book.criteria:
        text.append(
            f'[[criterion]]\nid = "{criterion.id}"\ngroup = "group-{criterion.group}"\n'
            f'title = "{criterion.title}"\nquestion = "What of {criterion.title}?"\n'
            f'kind = "{criterion.kind}"\n'
        )
        text.append({
            "boolean": "\n",
            "number": 'unit = "ms"\nutility = [[1, 100], [1000, 0]]\n\n',
            "choice": 'options = [{ id = "built-in", title = "Built in", utility = 100 }, '
                      '{ id = "addon", title = "Add-on", utility = 50 }, '
                      '{ id = "none", title = "None", utility = 0 }]\n\n',
            "rating": 'rubric = ["a", "b", "c", "d", "e"]\n\n',
        }[criterion.kind])
    write(into / "content/criteria.toml", "".join(text))
    for thing in book.frameworks:
        facts = "".join(
            f"{c.id} = " + (f'{{ value = {f.toml}, note = "{note}" }}\n' if note else f"{f.toml}\n")
            for c, f, note in zip(book.criteria, thing["facts"], thing["notes"])
        )
        write(into / f"content/frameworks/{thing['slug']}.toml", (
            f'name = "{thing["name"]}"\nsummary = "{thing["summary"]}"\n'
            f'homepage = "https://example.com/{thing["slug"]}/"\nlicense = "MIT"\n'
            f'good_fit = {listed(thing["fit"])}\nthink_twice = {listed(thing["apart"])}\n'
            f'source = "docs"\n\n[facts]\n{facts}'
        ))
        write(into / f"content/frameworks/{thing['slug']}.md", thing["prose"] + "\n")
    for goal in book.goals:
        weights = "".join(f"{book.criteria[n].id} = {w}\n" for n, w in goal["weights"].items())
        write(into / f"content/goals/{goal['slug']}.md", (
            f'+++\ntitle = "{goal["title"]}"\nquestion = "{goal["question"]}"\n'
            f"[weights]\n{weights}+++\n\n{goal['prose']}\n"
        ))
    for guide in book.guides:
        body = prose_of(guide, "framework:thing-{n:03}", "goal:need-{n:02}")
        write(into / f"content/guides/{guide['slug']}.md", (
            f'+++\ntitle = "{guide["title"]}"\nsummary = "{guide["summary"]}"\n'
            f"published = 2026-11-01\nupdated = 2026-11-20\n+++\n\n{body}"
        ))


def shared(book: Book) -> str:
    """What both other tools know of criteria and goals, as TOML."""
    criteria = ", ".join(
        f'{{ title = "{c.title}", unit = "{c.unit}" }}' for c in book.criteria
    )
    goals = ", ".join(f'{{ slug = "{g["slug"]}", title = "{g["title"]}" }}' for g in book.goals)
    return f"criteria = [{criteria}]\ngoals = [{goals}]\n"


def thing_data(book: Book, i: int) -> str:
    thing = book.frameworks[i]
    facts = ", ".join(
        f'{{ text = "{f.text}", state = "{f.state}", note = "{note}" }}'
        for f, note in zip(thing["facts"], thing["notes"])
    )
    scores = [f"{goal['scores'][i] / 10:.1f}" for goal in book.goals]
    return (
        f'name = "{thing["name"]}"\nslug = "{thing["slug"]}"\nsummary = "{thing["summary"]}"\n'
        f'fit = {listed(thing["fit"])}\napart = {listed(thing["apart"])}\n'
        f"scores = {listed(scores)}\nfacts = [{facts}]\n"
    )


def goal_data(book: Book, goal: dict) -> str:
    weights = ", ".join(
        f'{{ title = "{book.criteria[n].title}", weight = {w} }}'
        for n, w in goal["weights"].items()
    )
    order = sorted(range(len(book.frameworks)), key=lambda i: -goal["scores"][i])
    places = ", ".join(
        f'{{ rank = {rank}, slug = "{book.frameworks[i]["slug"]}", '
        f'name = "{book.frameworks[i]["name"]}", score = "{goal["scores"][i] / 10:.1f}" }}'
        for rank, i in enumerate(order, 1)
    )
    return f'question = "{goal["question"]}"\nweights = [{weights}]\nplaces = [{places}]\n'


def pair_data(book: Book, a: int, b: int) -> str:
    ahead = [book.ahead(goal, a, b) for goal in book.goals]
    first, second = book.frameworks[a]["slug"], book.frameworks[b]["slug"]
    return f'first = "{first}"\nsecond = "{second}"\nahead = {listed(ahead)}\n'


def sections(book: Book, params: str, into: Path) -> None:
    """The pages of Zola and Hugo; `params` is the table of a page's own values."""

    def page(path: str, title: str, about: str, data: str = "", body: str = "") -> None:
        write(into / path, (
            f'+++\ntitle = "{title}"\ndescription = "{about}"\n[{params}]\n{data}+++\n\n{body}'
        ))

    page("_index.md", "Made-up things", "Facts about things that do not exist.",
         body="Things that do not exist, side by side.\n")
    names = {"frameworks": "Things", "best-for": "Needs", "compare": "All facts", "guides": "Guides"}
    for folder, title in names.items():
        page(f"{folder}/_index.md", title, f"{title}, all of them.")
    for i, thing in enumerate(book.frameworks):
        page(f"frameworks/{thing['slug']}.md", thing["name"], thing["summary"],
             thing_data(book, i), thing["prose"] + "\n")
    for goal in book.goals:
        page(f"best-for/{goal['slug']}.md", goal["title"], goal["question"],
             goal_data(book, goal), goal["prose"] + "\n")
    for a, b in book.pairs:
        first, second = book.frameworks[a], book.frameworks[b]
        page(f"compare/{first['slug']}-vs-{second['slug']}.md",
             f"{first['name']} vs {second['name']}",
             f"{first['name']} and {second['name']}, fact by fact.", pair_data(book, a, b))
    for guide in book.guides:
        body = prose_of(guide, "/frameworks/thing-{n:03}/", "/best-for/need-{n:02}/")
        page(f"guides/{guide['slug']}.md", guide["title"], guide["summary"], body=body)


def zola(book: Book, into: Path, options: set[str]) -> None:
    """Writes a site of Zola."""
    colours = "" if "plain" in options else (
        '[markdown.highlighting]\ntheme = "github-light"\nstyle = "class"\n'
    )
    write(into / "config.toml", (
        f'base_url = "{BASE.rstrip("/")}"\ntitle = "Made-up things"\n'
        "generate_feeds = false\ngenerate_sitemap = false\ngenerate_robots_txt = false\n"
        f"build_search_index = false\n{colours}[extra]\n{shared(book)}"
    ))
    copy_templates("zola", into)
    sections(book, "extra", into / "content")
    for folder, template in (
        ("frameworks", "framework"), ("best-for", "goal"), ("compare", "versus"), ("guides", "guide"),
    ):
        path = into / "content" / folder / "_index.md"
        text = path.read_text().replace(
            "[extra]", f'template = "{folder}.html"\npage_template = "{template}.html"\n[extra]', 1
        )
        path.write_text(text)


def hugo(book: Book, into: Path, options: set[str]) -> None:
    """Writes a site of Hugo."""
    fences = "false" if "plain" in options else "true"
    write(into / "hugo.toml", (
        f'baseURL = "{BASE}"\ntitle = "Made-up things"\n'
        'disableKinds = ["taxonomy", "term", "rss", "sitemap", "robotstxt"]\n'
        f"[markup.highlight]\ncodeFences = {fences}\nnoClasses = false\n"
        f"[params]\n{shared(book)}"
    ))
    copy_templates("hugo", into)
    sections(book, "params", into / "content")
    for i, thing in enumerate(book.frameworks):
        write(into / f"data/things/{thing['slug']}.toml", thing_data(book, i))
