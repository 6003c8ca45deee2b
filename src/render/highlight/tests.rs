//! Tests of the colouring of code: samples of every language, and bounds.

use std::time::{Duration, Instant};

use super::*;

/// The names a fence may use, canonical ones and aliases, sorted.
fn languages() -> Vec<&'static str> {
    let names = GRAMMARS.iter().flat_map(|g| g.aliases.iter().copied().chain([g.name]));
    let mut names: Vec<&str> = names.collect();
    names.sort_unstable();
    names
}

#[test]
fn the_code_languages_of_the_raw_room_are_these() {
    assert_eq!(crate::raw::CODE_LANGUAGES, languages());
}

fn html(language: &str, code: &str) -> String {
    let mut out = String::new();
    assert!(Highlighter::new().write(language, code, &mut out), "{language}");
    out
}

/// The HTML as a reader would note it: `k[fn] f[main]()`.
fn marks(language: &str, code: &str) -> String {
    let html = html(language, code).replace("<span class=\"", "\u{1}");
    unescape(&html.replace("\">", "[").replace("</span>", "]").replace('\u{1}', ""))
}

fn unescape(html: &str) -> String {
    let quotes = html.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"");
    quotes.replace("&amp;", "&")
}

/// The text of the HTML; fails on any tag but our own.
fn text(html: &str) -> String {
    let mut rest = html;
    let mut out = String::new();
    while let Some((before, tag)) = rest.split_once('<') {
        out.push_str(before);
        rest = tag.strip_prefix("/span>").unwrap_or_else(|| {
            let class = tag.strip_prefix("span class=\"").expect("a span");
            assert!("csnktfapvoid".contains(&class[..1]), "{class}");
            class[1..].strip_prefix("\">").expect("one letter")
        });
    }
    unescape(&(out + rest))
}

/// Code, and its marks.
const SAMPLES: &[(&str, &str, &str)] = &[
    (
        "bash",
        "npm i --save x | tee \"$A\" # c",
        "f[npm] i a[--save] x o[|] f[tee] s[\"]v[$A]s[\"] c[# c]",
    ),
    (
        "csharp",
        "[Get] public int F(int a) => a.B($\"x{a}\", 1);",
        "[a[Get]] k[public] t[int] f[F](t[int] a) o[=>] a.f[B](s[$\"x]{a}s[\"], n[1]);",
    ),
    (
        "css",
        ".a > b:hover { color: #fff; margin: var(--x) } /* c */",
        ".t[a] o[>] t[b]:a[hover] { p[color]: n[#fff]; p[margin]: f[var](--x) } c[/* c */]",
    ),
    ("diff", "@@ -1 +1 @@\n-a\n+b\n c", "a[@@ -1 +1 @@]\nd[-a]\ni[+b]\n c"),
    (
        "dockerfile",
        "FROM node:22 AS build\nRUN npm ci && ls\nCMD [\"a\"]",
        "k[FROM] t[node]n[:22] k[AS] f[build]\nk[RUN] f[npm] ci o[&&] f[ls]\nk[CMD] [s[\"a\"]]",
    ),
    (
        "elixir",
        "@doc \"x\"\ndef go(conn, id: 1) do\n  IO.puts(\"#{:ok}\")\nend",
        "a[@doc] s[\"x\"]\nk[def] f[go](conn, p[id:] n[1]) k[do]\n  t[IO].f[puts](s[\"]#{n[:ok]}s[\"])\nk[end]",
    ),
    (
        "go",
        "func (s *T) F(x int) error {\n\treturn fmt.Errorf(\"a\", nil)\n}",
        "k[func] (s o[*]t[T]) f[F](x t[int]) t[error] {\n\tk[return] fmt.f[Errorf](s[\"a\"], n[nil])\n}",
    ),
    (
        "html",
        "<a href=\"/x\">A &amp; b</a><style>a{top:0}</style>",
        "<t[a] a[href]=s[\"/x\"]>A n[&amp;] b</t[a]><t[style]>t[a]{p[top]:n[0]}</t[style]>",
    ),
    (
        "html",
        "<script>let a = 1</script><!-- c -->",
        "<t[script]>k[let] a o[=] n[1]</t[script]>c[<!-- c -->]",
    ),
    (
        "java",
        "@Get(\"/a\")\nList<User> f(int a) { return x.g(this, 'c'); }",
        "a[@Get](s[\"/a\"])\nt[List]<t[User]> f[f](t[int] a) { k[return] x.f[g](k[this], s['c']); }",
    ),
    (
        "javascript",
        "const a = async (x) => await y.z(`a${x}`, /b/, null);",
        "k[const] a o[=] k[async] (x) o[=>] k[await] y.f[z](s[`a]${x}s[`], s[/b/], n[null]);",
    ),
    (
        "javascript",
        "export default () => <A b=\"c\">{d}</A>;",
        "k[export default] () o[=>] <t[A] a[b]=s[\"c\"]>{d}</t[A]>;",
    ),
    ("json", "{\"a\": [1, true, \"b\\n\"]}", "{p[\"a\"]: [n[1], n[true], s[\"b\\n\"]]}"),
    (
        "kotlin",
        "suspend fun T.f(a: Int?) = a?.g(\"x$a ${b.c}\")",
        "k[suspend fun] t[T].f[f](a: t[Int]o[?]) o[=] a?.f[g](s[\"x$a] ${b.p[c]}s[\"])",
    ),
    (
        "php",
        "#[A] function f(int $a): B { return $this->x(<<<E\nhi $a\nE); }",
        "a[#[A]] k[function] f[f](t[int] v[$a]): t[B] { k[return] v[$this]->f[x](s[<<<E\nhi] v[$a]s[\nE]); }",
    ),
    (
        "php",
        "<?php // c\n$a = new B('x', n: null);",
        "k[<?php] c[// c]\nv[$a] o[=] k[new] t[B](s['x'], p[n]: n[null]);",
    ),
    (
        "python",
        "@app.get(\"/\")\nasync def f(a: int = 1) -> User:\n    pass  # c",
        "a[@app.get(]s[\"/\"]a[)]\nk[async def] f[f](a: t[int] o[=] n[1]) o[->] t[User]:\n    k[pass]  c[# c]",
    ),
    (
        "ruby",
        "class A < B\n  has_many :c, if: -> { @d }\n  x = \"#{y}\" # e\nend",
        "k[class] t[A] o[<] t[B]\n  f[has_many] n[:c], p[if]: o[->] { v[@d] }\n  x o[=] s[\"]#{y}s[\"] c[# e]\nk[end]",
    ),
    (
        "rust",
        "#[a]\npub fn f<'a>(x: &'a str) -> Vec<u8> { g!(\"{x}\"); A::b(x)?.c }",
        "a[#[a]]\nk[pub fn] f[f]<v['a]>(x: o[&]v['a] t[str]) o[->] t[Vec]<t[u8]> { f[g!](s[\"{x}\"]); t[A]::f[b](x)o[?].p[c] }",
    ),
    (
        "sql",
        "SELECT count(*) FROM users u WHERE a = 'b' AND c > 1; -- d",
        "k[SELECT] f[count](o[*]) k[FROM] t[users] u k[WHERE] a o[=] s['b'] k[AND] c o[>] n[1]; c[-- d]",
    ),
    ("text", "<b> & \"c\"", "<b> & \"c\""),
    (
        "toml",
        "[a.b] # c\nd = { e = \"f\", g = 1 }",
        "[t[a].t[b]] c[# c]\np[d] = { p[e] = s[\"f\"], p[g] = n[1] }",
    ),
    (
        "tsx",
        "const a: B = <C d={e as F} />;",
        "k[const] a: t[B] o[=] <t[C] a[d]={e k[as] t[F]} />;",
    ),
    (
        "typescript",
        "@A()\nclass B<T> { c?: string; d(e: T[]): void {} }",
        "a[@A]()\nk[class] t[B]<t[T]> { p[c]o[?]: t[string]; f[d](e: t[T][]): t[void] {} }",
    ),
    (
        "yaml",
        "a: &b \"c\" # d\ne:\n  - 1\n  - f: true",
        "p[a]: v[&b] s[\"c\"] c[# d]\np[e]:\n  - n[1]\n  - p[f]: n[true]",
    ),
];

#[test]
fn each_language_is_coloured() {
    for &(language, code, expected) in SAMPLES {
        assert_eq!(marks(language, code), expected, "{language}");
    }
    let sampled = |name: &str| SAMPLES.iter().any(|(sample, ..)| *sample == name);
    assert!(GRAMMARS.iter().all(|grammar| sampled(grammar.name)));
}

#[test]
fn names_are_sorted_unique_and_known() {
    assert!(languages().is_sorted_by(|a, b| a < b));
    assert!(languages().iter().all(|name| find(name).is_some()));
    assert_eq!(find("JSON"), find("json"));
}

#[test]
fn unknown_language_writes_nothing() {
    let mut out = String::from("before");
    assert!(!Highlighter::new().write("klingon", "x", &mut out));
    assert_eq!(out, "before");
}

/// Code that is broken, strange, endless, or has crashed or stalled a parser.
fn nasty() -> Vec<String> {
    let units = "( [ { < ) ] } > \" ' ` /* \\ \0 \r\n \u{1f600} a{ a( a, ~a -> ${ \"${ #{ %w( <- \
        @@a r#\" ?a $1 }{ )( a<b, <a> <!-- <?php <<A\n <<<A\nA; --- a:\n"
        .split(' ');
    let mut codes: Vec<String> = units
        .flat_map(|unit| [600, 200_000].map(|size| unit.repeat(size / unit.len())))
        .collect();
    codes.extend(["- ", "? ", "a: "].map(|unit| unit.repeat(600)));
    codes.push((0..62).map(|depth| " ".repeat(depth) + "- a:\n").collect());
    codes.push(format!("x = <<{0}\n{0}\n", "A".repeat(300)));
    codes.push(format!("f(<<~\"{}\")", "a b ".repeat(100)));
    codes.push("$x = <<<A\nb\nA;\n".repeat(20));
    codes.push("no newline at \u{feff}\u{2028}e\u{301}nd \u{10ffff}".into());
    codes.extend(SAMPLES.iter().map(|(_, code, _)| code.replace('\n', "\r\n")));
    codes.extend(SAMPLES.iter().map(|(_, code, _)| format!("{code}\n").repeat(100)));
    codes.push(String::new());
    codes
}

#[test]
fn text_survives_and_nothing_takes_long() {
    // C code is not optimised in test builds.
    let longest = Duration::from_millis(if cfg!(debug_assertions) { 2000 } else { 200 });
    for code in nasty() {
        for grammar in GRAMMARS {
            let start = Instant::now();
            let html = html(grammar.name, &code);
            let start_of_code = &code[..code.len().min(20)];
            assert!(start.elapsed() < longest, "{} {start_of_code:?}", grammar.name);
            assert_eq!(text(&html), code, "{}", grammar.name);
        }
    }
}

#[test]
fn long_code_is_coloured_to_its_end() {
    let code = "/// One more.\nfn f(x: u8) -> u8 {\n    x + 1\n}\n".repeat(200);
    assert_eq!(html("rust", &code).matches("\"f\">f<").count(), 200);
    assert_eq!(html("rust", &code.repeat(2)), code.repeat(2).replace('>', "&gt;"));
}

#[test]
fn threads_agree_and_repeats_are_the_same() {
    let highlighter = Highlighter::new();
    let all = || {
        let mut out = String::new();
        for (language, code, _) in SAMPLES {
            highlighter.write(language, code, &mut out);
        }
        out
    };
    let alone = all();
    std::thread::scope(|scope| {
        let threads: Vec<_> = (0..4).map(|_| scope.spawn(all)).collect();
        threads
            .into_iter()
            .for_each(|thread| assert_eq!(thread.join().expect("no panic"), alone));
    });
}
