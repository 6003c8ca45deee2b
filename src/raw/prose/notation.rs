//! Notations of other programs, and what is almost a link, by their looks.

use crate::diag::Code;
use crate::schema::href::Noun;

/// The most bytes that a notation within a line may have.
const LONGEST: usize = 1_000;

/// What a line starts with that another program would read, and what to write here.
pub(super) fn of_line(line: &str) -> Option<(&'static str, &'static str)> {
    let alert = "write an alert: `> [!NOTE]`, then lines that start with `> `";
    let first_word = line.split(' ').next().unwrap_or_default();
    let (what, hint) = if line.starts_with(":::") && !line.trim_matches(':').is_empty() {
        ("`:::` (Docusaurus, VitePress, Pandoc)", alert)
    } else if ["!!!", "???", "???+"].contains(&first_word) && line.len() > 4 {
        ("an admonition of MkDocs", alert)
    } else if line.starts_with("=== \"") {
        ("a tab of MkDocs", "write a heading, or a list")
    } else if line.starts_with("--8<--") {
        ("an include of MkDocs", "copy the text to its place")
    } else if ["[TOC]", "[[TOC]]", "[[_TOC_]]", "{:toc}"].contains(&line) {
        ("a table of contents", "remove the line: pages have one of their own")
    } else if (line.starts_with("import ") && line.contains(" from "))
        || (line.starts_with("import ") && line.ends_with(';'))
    {
        ("an import of MDX", "remove the line, and write Markdown")
    } else if line.starts_with(": ") {
        let hint = "put a line with its term above it, and start no other line with `:` \
                    and a word: write `\\:` there";
        ("a definition", hint)
    } else {
        return None;
    };
    Some((what, hint))
}

/// The notation that starts at a byte of a text, which is a bracket or the like.
pub(super) fn at(text: &str, start: usize) -> Option<Slip> {
    let rest = &text[start..];
    let most = rest.len().min(LONGEST);
    let most = (0..=most).rev().find(|at| rest.is_char_boundary(*at))?;
    let rest = &rest[..most];
    match rest.as_bytes().first()? {
        b'[' => footnote(rest).or_else(|| wiki(rest)),
        b']' => link(rest),
        b'{' => shortcode(rest),
        b'$' => math(text, start, rest),
        b'^' => inline_note(rest),
        _ => marked(text, start, rest),
    }
}

/// A slip within a line.
pub(super) struct Slip {
    pub(super) code: Code,
    /// In bytes.
    pub(super) length: usize,
    pub(super) message: String,
    pub(super) hint: &'static str,
}

/// A mention of a footnote that is not defined: `[^name]`.
fn footnote(text: &str) -> Option<Slip> {
    let inner = text.strip_prefix("[^")?;
    let end = inner.find([']', '[', '\n'])?;
    let name = &inner[..end];
    let is_name = !name.is_empty() && inner[end..].starts_with(']');
    (is_name && !name.contains(char::is_whitespace)).then(|| Slip {
        code: Code::UndefinedReference,
        length: end + 3,
        message: format!("no line defines the footnote `[^{name}]`"),
        hint: "write `[^NAME]: …` on a line of its own; text in brackets that is no note \
               goes between backticks",
    })
}

/// A footnote within a line, as Pandoc reads it: `^[text]`.
fn inline_note(text: &str) -> Option<Slip> {
    let inner = text.strip_prefix("^[")?;
    let end = inner.find(']')?;
    Some(Slip {
        code: Code::ForeignNotation,
        length: end + 3,
        message: "a footnote within the line (Pandoc) is shown as it is typed".to_owned(),
        hint: "write `[^NAME]` here, and `[^NAME]: …` on a line of its own",
    })
}

/// A link of a wiki: `[[Page]]`.
fn wiki(text: &str) -> Option<Slip> {
    let inner = text.strip_prefix("[[")?;
    let end = inner.find(['[', ']', '\n'])?;
    let name = &inner[..end];
    let is_name = name.starts_with(|c: char| c.is_alphabetic())
        && !name.ends_with(' ')
        && inner[end..].starts_with("]]");
    is_name.then(|| Slip {
        code: Code::ForeignNotation,
        length: end + 4,
        message: format!("`[[{name}]]` is shown as it is typed"),
        hint: "write a link, such as `[Django](framework:django)`",
    })
}

/// Almost a link: `[text] (address)` or `[text](address with spaces)`, from its `]`.
fn link(text: &str) -> Option<Slip> {
    let rest = text.strip_prefix(']')?;
    let inner = rest.trim_start_matches(' ').strip_prefix('(')?;
    let end = inner.find([')', '\n']).unwrap_or(inner.len());
    let address = &inner[..end];
    if !looks_like_address(address) {
        return None;
    }
    let is_spaced = rest.starts_with(' ');
    let length =
        text.len() - inner.len() + end + usize::from(inner[end..].starts_with(')'));
    let (message, hint) = if is_spaced {
        ("a link has no space between `]` and `(`", "remove the space")
    } else if !inner[end..].starts_with(')') {
        ("this link has no `)` at its end", "write `)` after the address")
    } else {
        (
            "this is not read as a link: its address has a space",
            "write `%20` for a space, or the address between `<` and `>`; a title stands \
             between quotes",
        )
    };
    Some(Slip { code: Code::NotALink, length, message: message.to_owned(), hint })
}

/// Whether the text between brackets starts like the address of a link.
fn looks_like_address(text: &str) -> bool {
    const STARTS: &[&str] = &["/", "./", "../", "#", "mailto:", "www."];
    let first = text.split_whitespace().next().unwrap_or_default();
    let word = first.split_once(':').map(|(word, _)| word);
    first.contains("://")
        || word.is_some_and(|word| Noun::WORDS.contains(&word))
        || STARTS.iter().any(|start| first.len() > 1 && first.starts_with(start))
        || first.ends_with(".md")
        || first.ends_with(".html")
}

/// A shortcode, a variable of a template or attributes: `{{< x >}}`, `{{ x }}`, `{% x %}`,
/// `{: .x}`.
fn shortcode(text: &str) -> Option<Slip> {
    let (what, close, hint) = if text.starts_with("{{<") || text.starts_with("{{%") {
        (
            "a shortcode of Hugo",
            "}}",
            "write Markdown, or an embed: a fenced block named `facts` or the like",
        )
    } else if text.starts_with("{{") {
        (
            "a shortcode or a variable of a template",
            "}}",
            "write Markdown, an embed or a fact, such as `[](fact:django/orm)`; text of this \
             form goes between backticks",
        )
    } else if text.starts_with("{%") {
        ("a tag of a template (Jekyll, Zola)", "%}", "write Markdown or an embed")
    } else if text.starts_with("{:") {
        ("a list of attributes (Kramdown)", "}", "remove it: a style is the theme's")
    } else {
        return None;
    };
    let end = text.find(close)?;
    let is_short = !text[..end].contains('\n');
    is_short.then(|| Slip {
        code: Code::ForeignNotation,
        length: end + close.len(),
        message: format!("{what} is shown as it is typed"),
        hint,
    })
}

/// Mathematics between dollar signs, as TeX reads it.
fn math(text: &str, start: usize, rest: &str) -> Option<Slip> {
    let before = text[..start].chars().next_back();
    if before.is_some_and(|c| c.is_alphanumeric() || c == '$') {
        return None;
    }
    let sign = if rest.starts_with("$$") { "$$" } else { "$" };
    let inner = &rest[sign.len()..];
    let end = inner.find(sign)?;
    let (formula, after) = (&inner[..end], inner[end + sign.len()..].chars().next());
    let is_alone =
        formula.chars().count() == 1 && formula.starts_with(char::is_alphabetic);
    let is_formula = is_alone
        || formula.contains(['\\', '^', '_', '=', '+', '<', '>', '{'])
        || sign == "$$";
    let is_tight = !formula.starts_with(' ') && !formula.ends_with(' ');
    // `${name}` is a variable of shells and templates.
    let is_math = !formula.is_empty()
        && !formula.starts_with('{')
        && is_formula
        && (is_tight || sign == "$$")
        && !after.is_some_and(char::is_alphanumeric);
    is_math.then(|| Slip {
        code: Code::ForeignNotation,
        length: end + 2 * sign.len(),
        message: "a formula is shown as it is typed".to_owned(),
        hint: "write it in words and signs, such as `x²`, or between backticks",
    })
}

/// Marked text, as several programs read it: `==text==`.
fn marked(text: &str, start: usize, rest: &str) -> Option<Slip> {
    let inner = rest.strip_prefix("==")?;
    let before = text[..start].chars().next_back();
    if before.is_some_and(|c| c.is_alphanumeric() || c == '=') {
        return None;
    }
    let end = inner.find("==")?;
    let words = &inner[..end];
    let is_marked = words.starts_with(char::is_alphanumeric)
        && !words.ends_with(' ')
        && !words.contains('\n');
    is_marked.then(|| Slip {
        code: Code::ForeignNotation,
        length: end + 4,
        message: "marked text is shown as it is typed".to_owned(),
        hint: "write `<mark>words</mark>`",
    })
}
