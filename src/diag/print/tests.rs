//! Tests of the printed text, to the letter, and properties of any text.

use proptest::prelude::*;

use super::{Format, Printer, explain, pieces};
use crate::diag::{Code, Diagnostic, Diagnostics, FileId, Place, Span, Text, Texts};

/// Texts by the order they are given in.
#[derive(Debug)]
struct Files(Vec<Text>);

impl Texts for Files {
    fn text(&self, file: FileId) -> &Text {
        &self.0[file.0 as usize]
    }
}

impl Files {
    fn new<const N: usize>(files: [(&str, &str); N]) -> Self {
        let text =
            |(path, text): (&str, &str)| Text { path: path.into(), text: text.into() };
        Self(files.into_iter().map(text).collect())
    }

    /// The span of the last occurrence of a word.
    fn find(&self, file: u32, word: &str) -> Span {
        let text = &self.text(FileId(file)).text;
        let start = text.rfind(word).expect("the word is in the text");
        Span::new(FileId(file), start..start + word.len())
    }

    /// The place after the last byte.
    fn end(&self, file: u32) -> Span {
        let end = self.text(FileId(file)).text.len();
        Span::new(FileId(file), end..end)
    }
}

fn print(
    format: Format,
    files: &Files,
    found: impl IntoIterator<Item = Diagnostic>,
) -> String {
    let mut diags = Diagnostics::new();
    diags.extend(found);
    Printer { format, colour: false, width: 80 }.print(&diags, files)
}

/// A book with a few mistakes.
fn book() -> Files {
    Files::new([
        (
            "content/goals/admin.toml",
            "title = \"Admin panel\"\n\npicks = [\"djagno\", \"rails\"]\n",
        ),
        (
            "content/frameworks/django.toml",
            "# Django\nslug = \"django\"\norm = true\norm = false\n",
        ),
        ("content/empty.toml", ""),
        ("content/guides/start.md", "+++\ntitle = \"始め方\"\n\n```facts\nname\n```\n"),
    ])
}

fn misspelt(files: &Files) -> Diagnostic {
    let span = files.find(0, "djagno");
    Diagnostic::new(Code::UnknownFramework, span, "unknown framework `djagno`")
        .did_you_mean("djagno", ["django", "rails"])
}

#[track_caller]
fn human(files: &Files, found: Diagnostic, expected: &str) {
    assert_eq!(print(Format::Human, files, [found]), expected.trim_start_matches('\n'));
}

#[test]
fn a_frame_points_at_the_guilty_word() {
    let files = book();
    human(
        &files,
        misspelt(&files),
        "
error[unknown-framework]: unknown framework `djagno`
 --> content/goals/admin.toml:3:11
  |
3 | picks = [\"djagno\", \"rails\"]
  |           ^^^^^^
help: did you mean `django`?

",
    );
}

#[test]
fn further_places_are_labelled_in_their_files() {
    let files = book();
    let first = Span::new(FileId(1), 25..28);
    human(
        &files,
        Diagnostic::new(Code::DuplicateKey, files.find(1, "orm"), "duplicate key `orm`")
            .label(first, "first given here")
            .label(files.find(0, "\"Admin panel\""), "asked for here")
            .label(files.find(0, "rails"), "and here")
            .hint("keep one of the two"),
        "
error[duplicate-key]: duplicate key `orm`
 --> content/frameworks/django.toml:4:1
  |
3 | orm = true
  | --- first given here
4 | orm = false
  | ^^^
  |
 ::: content/goals/admin.toml:1:9
  |
1 | title = \"Admin panel\"
  |         ------------- asked for here
2 |
3 | picks = [\"djagno\", \"rails\"]
  |                     ----- and here
help: keep one of the two

",
    );
}

#[test]
fn what_is_missing_is_missed_at_the_end() {
    let files = book();
    human(
        &files,
        Diagnostic::new(Code::MissingKey, files.end(1), "missing key `name`")
            .hint("add `name = \"…\"`"),
        "
error[missing-key]: missing key `name`
 --> content/frameworks/django.toml:5:1
  |
4 | orm = false
5 |
  | ^
help: add `name = \"…\"`

",
    );
    human(
        &files,
        Diagnostic::new(Code::MissingKey, files.end(2), "missing key `title`"),
        "
error[missing-key]: missing key `title`
 --> content/empty.toml:1:1
  |
1 |
  | ^

",
    );
}

#[test]
fn a_span_of_lines_is_bracketed() {
    let files = book();
    human(
        &files,
        Diagnostic::new(
            Code::BadEmbed,
            files.find(3, "```facts\nname\n```\n"),
            "`facts` names no framework",
        )
        .note("while rendering `guides/start/`")
        .label(files.find(3, "始め方"), "in this guide"),
        "
error[bad-embed]: `facts` names no framework
 --> content/guides/start.md:4:1
  |
2 |   title = \"始め方\"
  |            ------ in this guide
3 |
4 | / ```facts
5 | | name
6 | | ```
  | |___^
note: while rendering `guides/start/`

",
    );
}

#[test]
fn without_a_place_there_is_no_frame() {
    human(
        &book(),
        Diagnostic::placeless(Code::OutputLocked, "another build writes to `public`")
            .hint("wait for it, or choose another folder with `--out`"),
        "
error[output-locked]: another build writes to `public`
help: wait for it, or choose another folder with `--out`

",
    );
}

#[test]
fn long_lines_are_cut_around_the_marks() {
    let prose = format!("{}djagno{} end\n", "word ".repeat(40), " more".repeat(40));
    let files = Files::new([("content/pages/a.md", &prose)]);
    human(
        &files,
        Diagnostic::new(Code::DeadLink, files.find(0, "djagno"), "no page `djagno`")
            .label(files.find(0, "end"), "far away"),
        "
error[dead-link]: no page `djagno`
 --> content/pages/a.md:1:201
  |
1 | ...d word word word word word word djagno more more more more more more m...
  |                                    ^^^^^^
  |
 ::: content/pages/a.md:1:408
  |
1 | ...ore more more more more more end
  |                                 --- far away

",
    );
    human(
        &files,
        Diagnostic::new(Code::DeadLink, files.find(0, &prose), "too much"),
        "
error[dead-link]: too much
 --> content/pages/a.md:1:1
  |
1 | word word word word word word word word word word word word word word wor...
  | ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^

",
    );
}

#[test]
fn control_characters_are_shown_not_obeyed() {
    let text = "\ta = \"\u{1b}[2J\u{9b}1m\" ##[error]x\r\n";
    let files = Files::new([("a\u{7}\n.toml", text)]);
    human(
        &files,
        Diagnostic::new(Code::StaleFact, files.find(0, "[2J"), "`\u{1b}\n::error::x`")
            .label(files.find(0, "a"), "\u{8}\n::error::")
            .note("one\n\u{200d} ::stop-commands::x\n")
            .hint("##[group]"),
        "
warning[stale-fact]: `␛
                     ∶:error::x`
 --> a␇ .toml:1:8
  |
1 |     a = \"␛[2J�1m\" #♯[error]x␍
  |     -     ^^^
  |     |
  |     ␈ ::error::
note: one
      \u{2060} ∶:stop-commands::x
help: #♯[group]

",
    );
}

#[test]
fn a_hundred_are_shown_and_no_error_is_left_out() {
    let warning = Diagnostic::placeless(Code::Unused, "nothing links to `x`");
    let error = Diagnostic::placeless(Code::Io, "cannot read `x`");
    let case = |warnings: usize, errors: usize| {
        let found = vec![warning.clone(); warnings].into_iter();
        let out = print(
            Format::Human,
            &book(),
            found.chain(vec![error.clone(); errors]).chain([]),
        );
        let last = out.lines().last().unwrap_or_default().to_owned();
        (out.matches("warning[").count(), out.matches("error[").count(), last)
    };
    assert_eq!(case(98, 2), (98, 2, String::new()));
    let more = "and 1 more finding; `--format json` prints all";
    assert_eq!(case(98, 3), (97, 3, more.into()));
    let more = "and 1,037 more findings; `--format json` prints all";
    assert_eq!(case(137, 1000), (0, 100, more.into()));
}

#[test]
fn json_is_one_object_a_line() {
    let files = book();
    let first = Diagnostic::placeless(Code::StaleWaiver, "\u{1b} ##[error]");
    let second = misspelt(&files)
        .label(files.find(0, "rails"), "unlike this")
        .note("while reading");
    let out = print(Format::Json, &files, [first, second]);
    assert_eq!(
        out,
        concat!(
            r#"{"code":"stale-waiver","severity":"warning","message":"\u001b #\u0023[error]","#,
            r#""file":null,"line":null,"column":null,"end_line":null,"end_column":null,"#,
            r#""hints":[],"labels":[],"notes":[]}"#,
            "\n",
            r#"{"code":"unknown-framework","severity":"error","#,
            r#""message":"unknown framework `djagno`","file":"content/goals/admin.toml","#,
            r#""line":3,"column":11,"end_line":3,"end_column":17,"#,
            r#""hints":["did you mean `django`?"],"#,
            r#""labels":[{"file":"content/goals/admin.toml","line":3,"column":21,"#,
            r#""end_line":3,"end_column":26,"text":"unlike this"}],"#,
            r#""notes":["while reading"]}"#,
            "\n",
        )
    );
    let first: serde_json::Value =
        serde_json::from_str(out.lines().next().unwrap()).unwrap();
    assert_eq!(first["message"], "\u{1b} ##[error]");
}

#[test]
fn github_gets_errors_first_in_its_escapes() {
    let files = Files::new([("a,b:50%.toml", "one = 1\ntwo = [\n]\n")]);
    let found = [
        Diagnostic::placeless(Code::Unused, "nothing links to `x`"),
        Diagnostic::new(Code::UnknownKey, files.find(0, "one"), "100% `a:b`\r\n\u{1b}")
            .label(files.find(0, "two"), "known")
            .hint("did you mean `two`?")
            .hint("or not"),
        Diagnostic::new(Code::WrongType, files.find(0, "[\n]\n"), "expected text"),
    ];
    assert_eq!(
        print(Format::Github, &files, found),
        "\
::error file=a%2Cb%3A50%25.toml,line=1,col=1,endLine=1,endColumn=4,title=unknown-key::\
100%25 `a:b`␍%0A␛%0Aa,b:50%25.toml:2: known%0Adid you mean `two`?%0Aor not
::error file=a%2Cb%3A50%25.toml,line=2,endLine=3,title=wrong-type::expected text
::warning title=unused::nothing links to `x`
"
    );
}

#[test]
fn a_code_is_explained() {
    assert_eq!(
        explain(Code::BadUrl),
        "\
bad-url: always an error

An address is not http, https, mailto, relative or a fragment, or cannot be
read. `javascript:`, `data:` and the like never reach a page, however they are
spelt.
"
    );
    assert_eq!(
        explain(Code::StaleFact),
        "\
stale-fact: a warning, unless `[check]` says otherwise

A fact was checked longer ago than its criterion's `max_age`. Check it again and
set `checked` to the day you did.

Its level can be changed in `book.toml`:

    [check]
    stale-fact = \"off\"  # or \"error\", \"warn\"
"
    );
    assert!(
        explain(Code::UnexpectedFile)
            .ends_with("    unexpected-file = \"warn\"  # or \"off\", \"error\"\n")
    );
    for code in Code::ALL {
        assert!(
            explain(*code).lines().all(|line| line.chars().count() <= 80),
            "{code:?}"
        );
    }
}

/// Texts of what is hard to draw or dangerous to print.
fn any_text() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        3 => prop::sample::select(vec![
            "\n", "\n", "\n\n", "\t", "\r\n", "\u{1}", "word ", "a", "    ", "日本語", "👩‍💻", "e\u{301}",
            "\u{1b}[2J", "\u{9b}", "\u{202e}", "\u{200d}", "#", "##[error]", "::error::",
            "{", "// ", "x = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16]",
        ])
        .prop_map(String::from),
        1 => any::<char>().prop_map(String::from),
    ];
    prop::collection::vec(piece, 0..40).prop_map(|pieces| pieces.concat())
}

fn any_span() -> impl Strategy<Value = Span> {
    let offset = || prop_oneof![0..40_u32, 0..400_u32, Just(u32::MAX)];
    (0..2_u32, offset(), offset()).prop_map(|(file, start, end)| Span {
        file: FileId(file),
        start,
        end,
    })
}

fn any_finding() -> impl Strategy<Value = Diagnostic> {
    let labels = prop::collection::vec((any_span(), any_text()), 0..5);
    let texts = prop::collection::vec(any_text(), 0..3);
    (any::<bool>(), any_span(), any_text(), labels, texts).prop_map(
        |(is_error, span, message, labels, texts)| {
            let code = if is_error { Code::BadValue } else { Code::Unused };
            let found = Diagnostic::new(code, span, message);
            let found =
                labels.into_iter().fold(found, |d, (span, text)| d.label(span, text));
            texts.into_iter().fold(found, |d, text| d.note(text.clone()).hint(text))
        },
    )
}

/// Whether no character of a text is obeyed by a terminal, nor any line by GitHub's runner.
fn is_harmless(text: &str) -> bool {
    let obeyed = |line: &str| {
        let line = line.trim_start();
        line.contains("##[")
            || line.starts_with("::") && !line.starts_with("::: content/")
    };
    !text.chars().any(|c| c.is_control() && c != '\n') && !text.lines().any(obeyed)
}

/// A text without the colours that the printer itself gives.
fn uncoloured(text: &str) -> String {
    let mut parts = text.split("\u{1b}[");
    let first = parts.next().unwrap_or_default().to_owned();
    let text = parts.fold(first, |text, part| {
        text + part.split_once('m').map_or(part, |(_, rest)| rest)
    });
    text.lines().map(|line| format!("{}\n", line.trim_end())).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..Default::default() })]

    #[test]
    fn any_finding_in_any_text_is_drawn_with_its_place(
        a in any_text(), b in any_text(), found in any_finding(), width in 0..200_usize,
    ) {
        let files = Files::new([("content/a.toml", &a), ("content/b.toml", &b)]);
        let span = found.span.expect("each is given a span");
        let text = files.text(span.file);
        let place = text.place(span.start as usize);
        let place = format!("--> {}:{}:{}\n", text.path, place.line, place.column);
        let word = found.severity.word();
        // Further places may lie over it.
        let is_alone = found.labels.is_empty();

        let mut diags = Diagnostics::new();
        diags.push(found);
        let print = |format, colour| Printer { format, colour, width }.print(&diags, &files);

        let human = print(Format::Human, false);
        prop_assert!(human.contains(&place), "{place} is not in\n{human}");
        prop_assert!(human.contains('^') || !is_alone, "{human}");
        prop_assert!(is_harmless(&human), "{human:?}");
        prop_assert_eq!(uncoloured(&print(Format::Human, true)), human.as_str());

        // Each frame names one place, and nothing else of the text is taken for one.
        let pieces = pieces(width, &diags, &files);
        let whole: String = pieces.iter().map(|piece| piece.text.as_str()).collect();
        prop_assert_eq!(&whole, &human);
        let mut names = Vec::new();
        for piece in &pieces {
            let Some((file, Place { line, column })) = piece.place else { continue };
            let path = &files.text(file).path;
            prop_assert_eq!(&piece.text, &format!("{path}:{line}:{column}"));
            names.push(&piece.text);
        }
        let is_frame = |l: &&str| l.starts_with(" ") && (l.contains("--> content/") || l.contains("::: content/"));
        prop_assert_eq!(names.len(), human.lines().filter(is_frame).count(), "{}", human);
        prop_assert_eq!(format!("{}\n", names[0]), place[4..].to_owned());

        let json = print(Format::Json, false);
        prop_assert_eq!(json.lines().count(), 1);
        prop_assert!(!json.contains("##[") && json.bytes().all(|b| b >= b' ' || b == b'\n'));
        prop_assert!(serde_json::from_str::<serde_json::Value>(&json).is_ok());

        let github = print(Format::Github, false);
        prop_assert_eq!(github.lines().count(), 1);
        prop_assert!(github.starts_with(&format!("::{word} file=content/")), "{github}");
        prop_assert!(is_harmless(&github[2..]), "{github:?}");
    }

    #[test]
    fn source_is_no_wider_than_the_terminal(
        a in any_text(), span in any_span(), label in any_span(),
    ) {
        // Characters without a width move the sign of omission by one.
        let a: String = a.chars().filter(|c| c.is_ascii() || "日本語".contains(*c)).collect();
        let files = Files::new([("content/a.toml", &a), ("content/b.toml", "")]);
        let found = Diagnostic::new(Code::BadValue, span, "wrong").label(label, "here");
        let human = print(Format::Human, &files, [found]);
        // Labels may reach beyond it; lines of source have a number.
        let is_source = |line: &&str| line.starts_with(|c: char| c.is_ascii_digit());
        for line in human.lines().filter(is_source) {
            let columns: usize =
                line.chars().map(|c| if "日本語".contains(c) { 2 } else { 1 }).sum();
            prop_assert!(columns <= 80, "{line}\nin\n{human}");
        }
    }
}
