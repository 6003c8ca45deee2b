//! Embeds: facts within prose, and what a theme offers authors beside them.
//!
//! Those that every theme has are a file each, in the registry here. A theme's own is a
//! component of the same name, whose declared arguments the block's keys must fit.

mod facts;
mod kind;
mod matrix;
mod ranking;
mod versus;

use tera::{ComponentArg, ComponentArgType, ComponentInfo, Context, Value};

use super::Site;
use super::parts::View;
use crate::book::{Embed, EmbedContents, EmbedKind, Prose};
use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::raw::{self, Spanned};
use crate::schema::{Key, Presence, Table};
use kind::RegisteredEmbed;

/// The embeds that every theme has.
const ALL: &[RegisteredEmbed] = &[
    RegisteredEmbed::of::<matrix::MatrixEmbed>(),
    RegisteredEmbed::of::<ranking::Ranking>(),
    RegisteredEmbed::of::<versus::Versus>(),
    RegisteredEmbed::of::<facts::Facts>(),
];

/// The embeds that every theme has, for the reader of a book.
pub fn kinds() -> Vec<EmbedKind> {
    ALL.iter().map(|embed| embed.kind).collect()
}

/// The keys of their bodies.
pub fn tables() -> Vec<&'static Table> {
    ALL.iter().map(|embed| embed.table).collect()
}

/// The part of `docs/embeds.md` that says what each is and which keys it has, which a test
/// compares.
pub fn reference() -> String {
    let mut text = String::new();
    for RegisteredEmbed { kind, table, example, .. } in ALL {
        let (name, doc) = (kind.name, table.doc.trim());
        text.push_str(&format!("\n## {name}\n\n{doc}\n\n````markdown\n"));
        text.push_str(&format!("```{name}\n{example}\n```\n````\n\n"));
        text.push_str("| key | value | needed | meaning |\n| --- | --- | --- | --- |\n");
        for Key { name, ty, need, doc } in table.keys {
            let need = if matches!(need, Presence::Required) { "yes" } else { "" };
            text.push_str(&format!("| `{name}` | {ty} | {need} | {} |\n", doc.trim()));
        }
    }
    text
}

/// The place on a page where an embed is shown.
#[derive(Debug, Clone, Copy)]
pub(super) struct Place<'a> {
    /// The relative path from the page to the site's base.
    pub(super) root: &'a str,
    /// A name for a part of the page that no other embed of the text has.
    pub(super) id: &'a str,
}

/// An embed of a text, by its position, as HTML.
pub(super) fn html(
    site: &Site<'_>,
    prose: &Prose,
    at: usize,
    place: Place<'_>,
) -> Result<Value, Vec<Diagnostic>> {
    let written = &prose.raw.embeds[at];
    let made = match &prose.embeds[at] {
        Embed::Theme(given) => {
            site.engine.component(&written.name, &arguments(&given.entries))
        }
        Embed::BuiltIn(contents) => {
            view_html(site, view(site, &written.name, &**contents, place))
        }
        Embed::Nothing => Ok(Value::safe_string("")),
    };
    let note = "shown here";
    made.map_err(|f| f.into_iter().map(|d| d.label(written.span, note)).collect())
}

/// The template and the view of an embed that every theme has, for its place.
pub(super) fn view(
    site: &Site<'_>,
    name: &str,
    contents: &EmbedContents,
    place: Place<'_>,
) -> View {
    let kind = ALL.iter().find(|embed| embed.kind.name == name);
    let kind = kind.expect("what reads embeds is given those of the registry");
    let (template, mut context) = (kind.view)(contents, site);
    let page: std::collections::BTreeMap<_, _> = [("root", place.root)].into();
    context.insert("page", &page);
    context.insert("id", place.id);
    (template, context)
}

fn view_html(
    site: &Site<'_>,
    (template, context): View,
) -> Result<Value, Vec<Diagnostic>> {
    let mut out = Vec::new();
    site.engine.page(template, &context, &mut out)?;
    Ok(Value::safe_string(String::from_utf8_lossy(&out).trim()))
}

/// Checks the embeds of themes in all texts of the book.
pub(super) fn check_all(site: &Site<'_>, diags: &mut Diagnostics) {
    for prose in site.book.prose() {
        for (embed, written) in prose.raw.embeds.iter().zip(&prose.embeds) {
            if let Embed::Theme(arguments) = written {
                match site.engine.definition(&embed.name) {
                    Some(component) => {
                        check(embed, &arguments.entries, &component, diags);
                    }
                    None => diags.push(no_component(embed)),
                }
            }
        }
    }
}

/// The arguments that a block of a theme's own embed gives its component.
pub(super) fn arguments(given: &Arguments) -> Context {
    let mut context = Context::new();
    for (key, value) in given {
        context.insert_value(key.value.clone(), tera_value(value));
    }
    context
}

type Arguments = [(Spanned<String>, Spanned<raw::Value>)];

/// Checks the keys of a block against the arguments that a component declares.
fn check(
    embed: &raw::Embed,
    arguments: &Arguments,
    component: &ComponentInfo,
    diags: &mut Diagnostics,
) {
    let name = &embed.name;
    for (key, value) in arguments {
        match component.args().iter().find(|arg| arg.name() == key.value) {
            Some(argument) => check_type(argument, value, diags),
            None if component.rest_param().is_some() => {}
            None => {
                let message = format!("`{name}` has no argument `{}`", key.value);
                let found = Diagnostic::new(Code::BadEmbed, key.span, message);
                let known = component.args().iter().map(ComponentArg::name);
                diags.push(found.did_you_mean(&key.value, known));
            }
        }
    }
    for argument in component.args() {
        let is_given = arguments.iter().any(|(key, _)| key.value == argument.name());
        if argument.is_required() && !is_given {
            let message = format!("`{name}` needs the argument `{}`", argument.name());
            diags.push(Diagnostic::new(Code::BadEmbed, embed.span, message));
        }
    }
}

fn check_type(
    argument: &ComponentArg,
    value: &Spanned<raw::Value>,
    diags: &mut Diagnostics,
) {
    let Some(expected) = argument.arg_type() else { return };
    let given = tera_value(value);
    let fits = match expected {
        ComponentArgType::String => given.is_string(),
        ComponentArgType::Bool => given.is_bool(),
        ComponentArgType::Integer => given.is_i64(),
        ComponentArgType::Float => given.is_f64(),
        ComponentArgType::Number => given.is_number(),
        ComponentArgType::Array => given.is_array(),
        _ => false,
    };
    if !fits {
        let (name, kind) = (argument.name(), value.value.kind());
        let message =
            format!("expected a value of type `{expected}` for `{name}`, found {kind}");
        diags.push(Diagnostic::new(Code::BadEmbed, value.span, message));
    }
}

fn no_component(embed: &raw::Embed) -> Diagnostic {
    let message = format!("the theme has no component `{}`", embed.name);
    let found = Diagnostic::new(Code::BadTheme, embed.span, message);
    found.hint("define it in a template of the theme, or take it out of `embeds`")
}

/// A TOML value as templates see it.
fn tera_value(value: &Spanned<raw::Value>) -> Value {
    match &value.value {
        raw::Value::Text(text) => Value::normal_string(text),
        raw::Value::Number(digits) => number(&digits.replace('_', "")),
        raw::Value::Flag(flag) => Value::from(*flag),
        raw::Value::Date(date) => Value::normal_string(&date.to_string()),
        raw::Value::List(items) => {
            Value::from(items.iter().map(tera_value).collect::<Vec<_>>())
        }
    }
}

/// A number as templates see it: whole if it was written so.
fn number(digits: &str) -> Value {
    let plain = digits.trim_start_matches('+');
    match (plain.parse::<i64>(), plain.parse::<f64>()) {
        (Ok(whole), _) => Value::from(whole),
        (Err(_), Ok(fraction)) => Value::from(fraction),
        (Err(_), Err(_)) => Value::normal_string(digits),
    }
}

#[cfg(test)]
mod tests {
    use crate::site::markdown;
    use crate::site::testing::{file, with_site};

    const THEME: &[(&str, &str)] = &[
        (
            "themes/own/theme.toml",
            "extends = \"default\"\nembeds = [\"card\", \"gone\"]\n",
        ),
        (
            "themes/own/templates/card.html",
            "{% component card(title: string, count: integer = 1) %}\
             <p>{{ title }} {{ count }}</p>{% endcomponent card %}",
        ),
        (
            "book.toml",
            "[book]\ntitle = \"x\"\nbase_url = \"https://a.b/\"\ntheme = \"own\"\n",
        ),
    ];

    fn findings(body: &str) -> String {
        let guide = format!(
            "+++\ntitle = \"G\"\nsummary = \"S\"\npublished = 2026-11-22\n+++\n{body}\n"
        );
        let mut files = THEME.to_vec();
        files.push(("content/guides/g.md", &guide));
        let mut printed = String::new();
        with_site(&files, |_, found| printed = found.to_owned());
        printed
    }

    #[test]
    fn a_theme_embed_is_its_component() {
        let mut files = THEME.to_vec();
        let guide = "+++\ntitle = \"G\"\nsummary = \"S\"\npublished = 2026-11-22\n+++\n\
                     ```card\ntitle = \"a < b\"\ncount = 2\n```\n";
        files.push(("content/guides/g.md", guide));
        with_site(&files, |site, found| {
            assert!(!found.contains("error"), "{found}");
            let prose = &site.book.guides[0].prose;
            let html = markdown::prose_html(site, prose, "../../").unwrap();
            assert_eq!(html.as_str(), Some("<p>a &lt; b 2</p>\n"));
        });
    }

    #[test]
    fn its_arguments_are_held_against_the_component() {
        #[track_caller]
        fn case(body: &str, expected: &[&str]) {
            let found = findings(body);
            for part in expected {
                assert!(found.contains(part), "{part} in {found}");
            }
        }
        case(
            "```card\ntitel = \"x\"\n```",
            &[
                "error[bad-embed]: `card` has no argument `titel`",
                "did you mean `title`?",
                "`card` needs the argument `title`",
            ],
        );
        case(
            "```card\ntitle = \"x\"\ncount = 1.5\n```",
            &["expected a value of type `integer` for `count`, found the number `1.5`"],
        );
        case("```gone\n```", &["the theme has no component `gone`"]);
    }

    #[test]
    fn the_example_of_every_built_in_embed_is_shown() {
        for embed in super::ALL {
            let guide = format!(
                "+++\ntitle = \"G\"\nsummary = \"S\"\npublished = 2026-11-22\n+++\n\
                 ```{}\n{}\n```\n",
                embed.kind.name, embed.example
            );
            with_site(&[("content/guides/g.md", &guide)], |site, found| {
                assert!(!found.contains("error"), "{found}");
                let html =
                    markdown::prose_html(site, &site.book.guides[0].prose, "../../")
                        .unwrap();
                assert!(html.as_str().is_some_and(|html| html.contains("Django")));
                assert!(file("guides/g/index.md", site).contains("Django"));
            });
        }
    }

    #[test]
    fn an_embed_that_was_reported_shows_nothing() {
        let guide = "+++\ntitle = \"G\"\nsummary = \"S\"\npublished = 2026-11-22\n+++\n\
                     ```ranking\ngoal = \"gone\"\n```\n";
        with_site(&[("content/guides/g.md", guide)], |site, found| {
            assert!(found.contains("unknown goal `gone`"), "{found}");
            let prose = &site.book.guides[0].prose;
            let html = markdown::prose_html(site, prose, "../../").unwrap();
            assert_eq!(html.as_str().map(str::trim), Some(""));
        });
    }
}
