//! Embeds: facts within prose, and what a theme offers authors beside them.
//!
//! The four that every theme has are views with a template each, like pages. A theme's own
//! is a component of the same name, whose declared arguments the block's keys must fit.

use tera::{ComponentArg, ComponentArgType, ComponentInfo, Context, Value};

use super::{Site, view};
use crate::book::{Book, Embed, Prose};
use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::raw::{self, EmbedBody, Spanned};

/// Where an embed is shown.
#[derive(Debug, Clone, Copy)]
pub(super) struct Place<'a> {
    /// What leads from the page to the site's base.
    pub(super) root: &'a str,
    /// A name for a part of the page that no other embed of the text has.
    pub(super) id: &'a str,
}

impl Site<'_> {
    /// An embed of a text, by its position, as HTML.
    pub(super) fn embed_html(
        &self,
        prose: &Prose,
        at: usize,
        place: Place<'_>,
    ) -> Result<Value, Vec<Diagnostic>> {
        let written = &prose.raw.embeds[at];
        let made = match (&prose.embeds[at], &written.body) {
            (Embed::Theme, EmbedBody::Theme(arguments)) => {
                let mut context = Context::new();
                for (key, value) in &arguments.entries {
                    context.insert_value(key.value.clone(), tera_value(value));
                }
                self.engine.component(&written.name, &context)
            }
            (embed, _) => self.view_html(embed, place),
        };
        let note = "shown here";
        made.map_err(|f| f.into_iter().map(|d| d.label(written.span, note)).collect())
    }

    fn view_html(
        &self,
        embed: &Embed,
        place: Place<'_>,
    ) -> Result<Value, Vec<Diagnostic>> {
        let Some((template, mut context)) = view::embed::view(self, embed)? else {
            return Ok(Value::safe_string(""));
        };
        let page: std::collections::BTreeMap<_, _> = [("root", place.root)].into();
        context.insert("page", &page);
        context.insert("id", place.id);
        let mut out = Vec::new();
        self.engine.page(template, &context, &mut out)?;
        Ok(Value::safe_string(String::from_utf8_lossy(&out).trim()))
    }

    /// Checks the embeds of themes in all texts of the book.
    pub(super) fn check_embeds(&self, diags: &mut Diagnostics) {
        for prose in proses(self.book) {
            for embed in &prose.raw.embeds {
                if let EmbedBody::Theme(arguments) = &embed.body {
                    match self.engine.definition(&embed.name) {
                        Some(component) => {
                            check(embed, &arguments.entries, &component, diags)
                        }
                        None => diags.push(no_component(embed)),
                    }
                }
            }
        }
    }
}

/// Every text of a book.
fn proses(book: &Book) -> impl Iterator<Item = &Prose> {
    let sections = [&book.home, &book.methodology, &book.faq.section];
    let sections = sections.into_iter().filter_map(|section| section.prose.as_ref());
    let frameworks = book.frameworks.iter().filter_map(|f| f.prose.as_ref());
    let goals = book.goals.iter().map(|goal| &goal.prose);
    let versus = book.versus.iter().map(|versus| &versus.prose);
    let guides = book.guides.iter().map(|guide| &guide.prose);
    let pages = book.pages.iter().map(|page| &page.prose);
    sections.chain(frameworks).chain(goals).chain(versus).chain(guides).chain(pages)
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
