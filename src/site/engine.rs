//! The template engine: templates of a chain of themes, and its errors as our findings.
//!
//! Templates are named `THEME/NAME`. The engine tries the themes of the chain in order for
//! a plain `NAME`, and of two components of one name takes the nearer theme's.

use tera::{Context, ErrorKind, Tera, Value};

use super::alternate::escape::escape;
use super::used_fields::{PageFields, UsedFields};
use crate::diag::{Code, Diagnostic, Diagnostics, FileId, Span, Text, Texts, suggest};
use crate::source::Sources;

/// The end of the names of templates that make Markdown.
const TEXT: &str = ".md";

/// The form in which a page is made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    /// For browsers.
    Html,
    /// For programs that read text.
    Markdown,
}

/// Compiled templates.
pub(super) struct Engine<'a> {
    /// Those that make HTML.
    tera: Tera,
    /// Those that make Markdown, whose names end in `.md`.
    texts: Tera,
    /// The names that templates read.
    names: UsedFields,
    sources: &'a Sources,
}

impl<'a> Engine<'a> {
    /// Compiles the templates of a chain of themes; `None` if one of them is broken.
    pub(super) fn new(
        sources: &'a Sources,
        chain: &[&str],
        diags: &mut Diagnostics,
    ) -> Option<Self> {
        let (tera, texts, names) = (Tera::new(), Tera::new(), UsedFields::default());
        let mut engine = Self { tera, texts, names, sources };
        engine.texts.autoescape_on([TEXT]);
        engine.texts.set_escape_fn(escape);
        let all = templates(sources, chain);
        let (texts, pages): (Vec<_>, Vec<_>) =
            all.iter().cloned().partition(|(name, _)| name.ends_with(TEXT));
        let mut is_whole = true;
        for (templates, form) in [(pages, Form::Html), (texts, Form::Markdown)] {
            let tera = engine.of(form);
            let prefixes = chain.iter().map(|theme| format!("{theme}/"));
            tera.set_fallback_prefixes(prefixes).ok()?;
            is_whole &= engine.compile(templates, form, diags);
        }
        engine.read_names(&all, chain);
        is_whole.then_some(engine)
    }

    /// Notes what the templates ask for.
    fn read_names(&mut self, all: &[(String, &str)], chain: &[&str]) {
        for (name, text) in all {
            let Some((theme, plain)) = name.split_once('/') else { continue };
            let nearer = chain.iter().take_while(|near| *near != &theme);
            let is_covered = nearer
                .map(|near| format!("{near}/{plain}"))
                .any(|near| all.iter().any(|(other, _)| *other == near));
            let is_reached =
                !is_covered || all.iter().any(|(_, text)| text.contains(name));
            if is_reached {
                self.names.add_text(text);
            }
            let tera = if name.ends_with(TEXT) { &self.texts } else { &self.tera };
            if let (false, Ok(read)) = (is_covered, tera.get_template_variables(name)) {
                self.names.add(plain, read.into_iter());
            }
        }
    }

    /// The names that the template of a page reads, in one of its forms.
    pub(super) fn used_fields(&self, template: &str, form: Form) -> PageFields<'_> {
        match form {
            Form::Html => self.names.of(template),
            Form::Markdown => self.names.of(&text_name(template)),
        }
    }

    /// Computes the value of a field of a part that pages show many times; a default if no
    /// template that a page can reach has its name.
    pub(super) fn if_used<T: Default>(&self, name: &str, value: impl FnOnce() -> T) -> T {
        self.names.if_used(name, value)
    }

    fn of(&mut self, form: Form) -> &mut Tera {
        match form {
            Form::Html => &mut self.tera,
            Form::Markdown => &mut self.texts,
        }
    }

    /// Compiles templates of a form; whether none of them is broken.
    fn compile(
        &mut self,
        mut templates: Vec<(String, &str)>,
        form: Form,
        diags: &mut Diagnostics,
    ) -> bool {
        let mut is_whole = true;
        // The engine stops at the first broken template; that one is emptied to see whether
        // there are more, whose errors are then only those of grammar.
        while let Err(error) = add(self.of(form), &templates) {
            let is_grammar = matches!(error.kind(), ErrorKind::SyntaxError(_));
            if is_whole || is_grammar {
                diags.extend(self.findings(&error));
            }
            is_whole = false;
            let ErrorKind::SyntaxError(report) = error.kind() else { break };
            let broken =
                templates.iter_mut().find(|(name, _)| *name == report.filename());
            match broken {
                Some((_, text)) if !text.is_empty() => *text = "",
                Some(_) | None => break,
            }
        }
        is_whole
    }

    /// Sets a value that every template sees.
    pub(super) fn share(&mut self, name: &'static str, value: Value) {
        self.tera.global_context().insert_value(name, value.clone());
        self.texts.global_context().insert_value(name, value);
    }

    /// Sets a value that every template sees that makes Markdown.
    pub(super) fn share_text(&mut self, name: &'static str, value: Value) {
        self.texts.global_context().insert_value(name, value);
    }

    /// Renders a template to the end of `out`.
    pub(super) fn page(
        &self,
        template: &str,
        context: &Context,
        out: &mut Vec<u8>,
    ) -> Result<(), Vec<Diagnostic>> {
        self.tera.render_to(template, context, out).map_err(|e| self.findings(&e))
    }

    /// Renders the Markdown of what a template makes HTML of, to the end of `out`.
    pub(super) fn text(
        &self,
        template: &str,
        context: &Context,
        out: &mut Vec<u8>,
    ) -> Result<(), Vec<Diagnostic>> {
        let name = text_name(template);
        self.texts.render_to(&name, context, out).map_err(|e| self.findings(&e))
    }

    /// Renders a component as Markdown; an empty text if there is none of the name.
    pub(super) fn text_component(
        &self,
        name: &str,
        arguments: &Context,
    ) -> Result<String, Vec<Diagnostic>> {
        if self.texts.get_component_definition(name).is_none() {
            return Ok(String::new());
        }
        let made = self.texts.render_component(name, arguments, None, true);
        made.map(|text| text.trim().to_owned()).map_err(|e| self.findings(&e))
    }

    /// Renders a component as HTML that is not escaped again.
    pub(super) fn component(
        &self,
        name: &str,
        arguments: &Context,
    ) -> Result<Value, Vec<Diagnostic>> {
        match self.tera.render_component(name, arguments, None, true) {
            Ok(html) => Ok(Value::safe_string(html.trim())),
            Err(error) => Err(self.findings(&error)),
        }
    }

    /// The declaration of a component.
    pub(super) fn definition(&self, component: &str) -> Option<tera::ComponentInfo> {
        self.tera.get_component_definition(component)
    }

    /// Says what an error of the engine means for the author of a theme.
    fn findings(&self, error: &tera::Error) -> Vec<Diagnostic> {
        let text = error.to_string();
        let reports = reports(&text);
        if reports.is_empty() {
            let mut found = Diagnostic::placeless(Code::Template, plain(&text));
            found.span = self.chain_span(error.kind());
            return vec![found];
        }
        let range = match error.kind() {
            ErrorKind::SyntaxError(report) | ErrorKind::RenderingError(report) => {
                Some(report.span().range.clone())
            }
            _ => None,
        };
        reports.iter().map(|report| self.finding(report, range.clone())).collect()
    }

    fn finding(
        &self,
        report: &Report<'_>,
        range: Option<std::ops::Range<usize>>,
    ) -> Diagnostic {
        let (first, rest) =
            report.message.split_once(". ").unwrap_or((report.message, ""));
        let span = self.span(&report.place).map(|span| match range {
            Some(range) => Span::new(span.file, range),
            None => span,
        });
        let mut found = Diagnostic::placeless(Code::Template, plain(first));
        found.span = span;
        let fields = rest.split_once("vailable fields: ").map(|(_, fields)| fields);
        if let (Some(name), Some(fields)) = (first.split('`').nth(1), fields)
            && let Some(near) = suggest(name, fields.trim_end_matches('.').split(", "))
        {
            found = found.hint(format!("did you mean `{near}`?"));
        }
        if !rest.is_empty() {
            found = found.note(plain(rest));
        }
        for place in &report.calls {
            found = match self.span(place) {
                Some(span) => found.label(span, "called from here"),
                None => found.note(format!("called from `{}`", place.name)),
            };
        }
        found
    }

    /// The place of an error in how templates build upon each other: the name of the other
    /// template, if it is found.
    fn chain_span(&self, kind: &ErrorKind) -> Option<Span> {
        let (name, other) = match kind {
            ErrorKind::MissingParent { current, parent } => (current, Some(parent)),
            ErrorKind::CircularExtend { tpl, inheritance_chain: chain }
            | ErrorKind::CircularInclude { tpl, include_chain: chain } => {
                (tpl, chain.iter().find(|name| *name != tpl))
            }
            _ => return None,
        };
        let file = self.file(name)?;
        let text = &self.sources.text(file).text;
        let plain = other.map(|other| other.rsplit('/').next().unwrap_or(other));
        let at = plain.and_then(|plain| Some((text.find(plain)?, plain.len())));
        let (start, length) = at.unwrap_or((0, 0));
        Some(Span::new(file, start..start + length))
    }

    /// The file of a template.
    fn file(&self, template: &str) -> Option<FileId> {
        let (theme, name) = template.split_once('/')?;
        self.sources.find(&format!("themes/{theme}/templates/{name}"))
    }

    /// The place of a line and column of a template.
    fn span(&self, place: &Place<'_>) -> Option<Span> {
        let file = self.file(place.name)?;
        let text = &self.sources.text(file).text;
        let line = text.split_inclusive('\n').take(place.line - 1).map(str::len).sum();
        let rest = text.get(line..).unwrap_or_default();
        let column = rest.char_indices().nth(place.column - 1).map_or(0, |(at, _)| at);
        Some(Span::new(file, line + column..line + column + 1))
    }
}

/// The name of the template in Markdown beside one in HTML.
fn text_name(template: &str) -> String {
    format!("{}{TEXT}", template.trim_end_matches(".html"))
}

fn add(tera: &mut Tera, templates: &[(String, &str)]) -> tera::TeraResult<()> {
    let named = templates.iter().map(|(name, text)| (name.as_str(), *text));
    tera.add_raw_templates(named)
}

/// The templates of a chain: name and text.
fn templates<'a>(sources: &'a Sources, chain: &[&str]) -> Vec<(String, &'a str)> {
    let named = |text: &'a Text| {
        let (theme, rest) = text.path.strip_prefix("themes/")?.split_once('/')?;
        let name = rest.strip_prefix("templates/")?;
        chain.contains(&theme).then(|| (format!("{theme}/{name}"), &*text.text))
    };
    sources.below("themes/").filter_map(|(_, text)| named(text)).collect()
}

/// One error in the engine's printed form: its message, its place, and who called it.
struct Report<'e> {
    message: &'e str,
    place: Place<'e>,
    calls: Vec<Place<'e>>,
}

/// A place in a template, both numbers from 1.
struct Place<'e> {
    name: &'e str,
    line: usize,
    column: usize,
}

/// Reads the engine's printed errors. Errors of references, and the calls that lead to an
/// error, are in no other form.
fn reports(text: &str) -> Vec<Report<'_>> {
    let mut reports: Vec<Report<'_>> = Vec::new();
    let mut message = None;
    for line in text.lines() {
        if let Some(text) = line.strip_prefix("error: ") {
            message = Some(text);
        } else if let Some(place) = line.trim_start().strip_prefix("--> ")
            && let (Some(message), Some(place)) = (message.take(), place_of(place))
        {
            reports.push(Report { message, place, calls: Vec::new() });
        } else if let Some(place) = line.strip_prefix("note: called from ")
            && let (Some(report), Some(place)) = (reports.last_mut(), place_of(place))
        {
            report.calls.push(place);
        }
    }
    reports
}

fn place_of(text: &str) -> Option<Place<'_>> {
    let mut parts = text.rsplitn(3, ':');
    let column = parts.next()?.parse().ok().filter(|n| *n > 0)?;
    let line = parts.next()?.parse().ok().filter(|n| *n > 0)?;
    Some(Place { name: parts.next()?, line, column })
}

/// A sentence in the style of our messages: lower-case, without a final period.
fn plain(sentence: &str) -> String {
    let sentence = sentence.trim().trim_end_matches('.');
    let mut letters = sentence.chars();
    match (letters.next(), letters.next()) {
        (Some(first), Some(second)) if second.is_lowercase() => {
            format!("{}{}", first.to_lowercase(), &sentence[first.len_utf8()..])
        }
        (Some(_) | None, Some(_) | None) => sentence.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use crate::diag::{Diagnostics, Format, Printer};
    use crate::site::testing::{broken_theme, with_site};

    #[test]
    fn every_broken_template_is_reported_at_its_place() {
        let found = broken_theme(&[
            ("themes/default/templates/redirect.html", "a {{ b"),
            ("themes/default/templates/cell.html", "{% component cell() %}{% if %}"),
        ]);
        assert!(found.contains("themes/default/templates/redirect.html:1:"), "{found}");
        assert!(found.contains("themes/default/templates/cell.html:1:29"), "{found}");
    }

    #[test]
    fn an_unknown_name_is_reported_at_its_place() {
        let found = broken_theme(&[(
            "themes/default/templates/redirect.html",
            "\u{e9}\n  {{ page.title | shout }}{{<nothing/>}}",
        )]);
        assert!(found.contains("redirect.html:2:"), "{found}");
        assert!(found.contains("unknown filter `shout`"), "{found}");
        assert!(found.contains("unknown component `nothing`"), "{found}");
    }

    #[test]
    fn templates_that_build_upon_nothing_or_themselves_are_reported() {
        let name = "themes/default/templates/redirect.html";
        let found = broken_theme(&[(name, "\n{% extends \"gone.html\" %}")]);
        assert!(found.contains("redirect.html:2:13"), "{found}");
        let found = broken_theme(&[(name, "{% include \"redirect.html\" %}")]);
        assert!(found.contains("redirect.html:1:1"), "{found}");
    }

    #[test]
    fn an_error_of_a_page_names_the_page_and_the_way_to_it() {
        let files = [
            ("themes/default/templates/redirect.html", "{% include \"inner.html\" %}"),
            ("themes/default/templates/inner.html", "{{ page.titel }}"),
            (
                "content/pages/about.md",
                "+++\ntitle = \"About\"\naliases = [\"/old/\"]\n+++\n",
            ),
        ];
        with_site(&files, |site, _| {
            let index = site.paths().iter().position(|p| p == "old/index.html").unwrap();
            let found = site.render_file(index, &mut Vec::new()).unwrap_err();
            let mut diags = Diagnostics::new();
            diags.extend(found);
            let printer = Printer { format: Format::Human, colour: false, width: 100 };
            let found = printer.print(&diags, site.engine.sources);
            for part in [
                "error[template]: field `titel` is not defined",
                "themes/default/templates/inner.html:1:",
                "called from here",
                "available fields: ",
                "did you mean `title`?",
                "while rendering `old/index.html`",
            ] {
                assert!(found.contains(part), "{part} in {found}");
            }
        });
    }
}
