//! Tests of the colouring of code: samples of every language, and bounds.

use std::time::{Duration, Instant};

use super::*;

fn html(language: &str, code: &str) -> String {
    let mut out = String::new();
    assert!(Highlighter::default().write(language, code, &mut out), "{language}");
    out
}

/// The HTML in a short form: `k[fn] f[main]()`.
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
        "a[[Get]] k[public int] f[F](k[int] a) k[=>] a.f[B](s[$\"x]{a}s[\"], n[1]);",
    ),
    (
        "css",
        ".a > b:hover { color: #fff; margin: var(--x) } /* c */",
        "t[.a] > t[b]a[:hover] { p[color]: n[#fff]; p[margin]: f[var](t[--x]) } c[/* c */]",
    ),
    ("diff", "@@ -1 +1 @@\n-a\n+b\n c", "a[@@ -1 +1 @@]\nd[-a]\ni[+b]\n c"),
    (
        "dockerfile",
        "FROM node:22 AS build\nRUN npm ci && ls\nCMD [\"a\"]",
        "k[FROM] node:t[22] k[AS] build\nk[RUN] f[npm] ci o[&&] f[ls]\nk[CMD] [s[\"a\"]]",
    ),
    (
        "elixir",
        "@doc \"x\"\ndef go(conn, id: 1) do\n  IO.puts(\"#{:ok}\")\nend",
        "c[@doc \"x\"]\nk[def] f[go](conn, n[id: 1]) k[do]\n  t[IO].puts(s[\"]#{n[:ok]}s[\"])\nk[end]",
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
        "k[const] f[a] o[=] k[async] (x) o[=>] k[await] y.f[z](s[`a]${x}s[`], s[/b/], n[null]);",
    ),
    (
        "javascript",
        "export default () => <A b=\"c\">{d}</A>;",
        "k[export default] () o[=>] <t[A] a[b]o[=]s[\"c\"]>{d}</t[A]>;",
    ),
    ("json", "{\"a\": [1, true, \"b\\n\"]}", "{p[\"a\"]: [n[1], n[true], s[\"b\\n\"]]}"),
    (
        "kotlin",
        "suspend fun T.f(a: Int?) = a?.g(\"x$a ${b.c}\")",
        "k[suspend fun] T.f[f](ao[:] t[Int]?) o[=] ao[?.]g(s[\"x$a ${b.c}\"])",
    ),
    (
        "php",
        "#[A]\nfunction f(int $a): B { return $this->x(<<<E\nhi $a\nE\n); }",
        "c[#[A]]\nk[function] f[f](k[int] v[$a]): t[B] { k[return] v[$this]->f[x](s[<<<]k[E]\ns[hi] v[$a]\nk[E]\n); }",
    ),
    (
        "php",
        "<?php // c\n$a = new B('x', n: null);",
        "<?php c[// c]\nv[$a] o[=] k[new] t[B](s['x'], n[n]: n[null]);",
    ),
    (
        "python",
        "@app.get(\"/\")\nasync def f(a: int = 1) -> User:\n    pass  # c",
        "a[@]app.a[get](s[\"/\"])\nk[async def] f[f](a: t[int] o[=] n[1]) -> User:\n    k[pass]  c[# c]",
    ),
    (
        "ruby",
        "class A < B\n  has_many :c, if: -> { @d }\n  x = \"#{y}\" # e\nend",
        "k[class] t[A] < t[B]\n  has_many n[:c], n[if:] o[->] { v[@d] }\n  x o[=] s[\"]#{y}s[\"] c[# e]\nk[end]",
    ),
    (
        "rust",
        "#[a]\npub fn f<'a>(x: &'a str) -> Vec<u8> { g!(\"{x}\"); A::b(x)?.c }",
        "a[#][a[a]]\nk[pub fn] f[f]<v['a]>(x: o[&]v['a] k[str]) -> t[Vec]<k[u8]> { f[g!](s[\"{x}\"]); A::b(x)o[?].c }",
    ),
    (
        "sql",
        "SELECT count(*) FROM users u WHERE a = 'b' AND c > 1; -- d",
        "k[SELECT] f[count](o[*]) k[FROM] users u k[WHERE] a o[=] s['b'] k[AND] c o[>] n[1]; c[-- d]",
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
        "k[const] a: t[B] o[=] <t[C] a[d]o[=]{e k[as] t[F]} />;",
    ),
    (
        "typescript",
        "@A()\nclass B<T> { c?: string; d(e: T[]): void {} }",
        "@f[A]()\nk[class] t[B]<t[T]> { co[?]: t[string]; f[d](e: t[T][]): t[void] {} }",
    ),
    (
        "yaml",
        "a: &b \"c\" # d\ne:\n  - 1\n  - f: true",
        "p[a]: k[&]v[b] s[\"c\"] c[# d]\np[e]:\n  - n[1]\n  - p[f]: n[true]",
    ),
];

#[test]
fn each_language_is_coloured() {
    for &(language, code, expected) in SAMPLES {
        assert_eq!(marks(language, code), expected, "{language}");
    }
}

#[test]
fn unknown_language_writes_nothing() {
    let mut out = String::from("before");
    assert!(!Highlighter::default().write("klingon", "x", &mut out));
    assert_eq!(out, "before");
}

/// Code that is malformed, very long, or has crashed or stalled a highlighter.
fn malformed() -> Vec<String> {
    let units = "( [ { < ) ] } > \" ' ` /* \\ \0 \r\n \u{1f600} a{ a( a, ~a -> ${ \"${ #{ %w( <- \
        @@a r#\" ?a $1 }{ )( a<b, <a> <!-- <?php <<A\n <<<A\nA; --- a:\n"
        .split(' ');
    let mut codes: Vec<String> = units
        .flat_map(|unit| [600, 200_000].map(|size| unit.repeat(size / unit.len())))
        .collect();
    codes.extend(["- ", "? ", "a: "].map(|unit| unit.repeat(600)));
    codes.push((0..62).map(|depth| " ".repeat(depth) + "- a:\n").collect());
    codes.extend(
        [250, 499].map(|size| "a(".repeat(size / 2) + "\n").map(|line| line.repeat(99)),
    );
    codes.extend([250, 499].map(|size| (" ".repeat(size) + "\n").repeat(99)));
    codes.push(format!("x = <<{0}\n{0}\n", "A".repeat(300)));
    codes.push(format!("f(<<~\"{}\")", "a b ".repeat(100)));
    codes.push("$x = <<<A\nb\nA;\n".repeat(20));
    codes.push("no newline at \u{feff}\u{2028}e\u{301}nd \u{10ffff}".into());
    codes.extend(SAMPLES.iter().map(|(_, code, _)| code.replace('\n', "\r\n")));
    codes.extend(SAMPLES.iter().map(|(_, code, _)| format!("{code}\n").repeat(100)));
    codes.push(String::new());
    codes
}

/// Languages whose syntaxes are tested with malformed code.
const LANGUAGES: &[&str] = &[
    "bash",
    "csharp",
    "css",
    "diff",
    "dockerfile",
    "elixir",
    "go",
    "html",
    "java",
    "js",
    "json",
    "kotlin",
    "php",
    "python",
    "ruby",
    "rust",
    "sql",
    "toml",
    "tsx",
    "typescript",
    "yaml",
    "c++",
    "perl",
    "markdown",
    "latex",
    "erb",
    "scala",
    "haskell",
    "xml",
    "swift",
    "systemverilog",
    "ini",
    "less",
];

#[test]
fn text_survives_and_nothing_takes_long() {
    // C code is hardly optimised in test builds.
    let longest = Duration::from_millis(if cfg!(debug_assertions) { 5000 } else { 500 });
    for code in malformed() {
        for language in LANGUAGES {
            let start = Instant::now();
            let html = html(language, &code);
            let start_of_code = &code[..code.len().min(20)];
            let took = start.elapsed();
            assert!(
                took < longest,
                "{language} {start_of_code:?} {}: {took:?}",
                code.len()
            );
            assert_eq!(text(&html), code, "{language}");
        }
    }
}

#[test]
fn every_syntax_takes_any_text() {
    let code: String = SAMPLES.iter().map(|(_, code, _)| format!("{code}\n")).collect();
    for syntax in syntax::all().syntaxes() {
        assert_eq!(text(&html(&syntax.name, &code)), code, "{}", syntax.name);
    }
}

#[test]
fn long_blocks_and_what_follows_a_long_line_are_plain() {
    let code = "/// One more.\nfn f(x: u8) -> u8 {\n    x + 1\n}\n".repeat(200);
    assert_eq!(html("rust", &code).matches("\"f\">f<").count(), 200);
    assert_eq!(html("rust", &code.repeat(4)), code.repeat(4).replace('>', "&gt;"));
    let line = format!("let a = 1;\n//{}\nlet a = 1;\n", "-".repeat(3000));
    assert_eq!(html("rust", &line).matches("<span").count(), 3);
    let wide = format!("let a = 1;{}\n", " ".repeat(300)).repeat(50);
    assert_eq!(html("rust", &wide).matches(">let<").count(), 12);
}

#[test]
fn threads_agree_and_repeats_are_the_same() {
    let highlighter = Highlighter::default();
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
