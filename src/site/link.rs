//! Links: titles and addresses of what a link leads to.

use serde::Serialize;

use super::Site;
use crate::book::{Cell, CriterionId, FrameworkId, Key, Target};

/// A link for templates.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Link {
    /// Its words.
    pub(super) title: String,
    /// The route below the site's base; a template puts `page.root` before it.
    pub(super) route: String,
    /// The address on another site; then `route` is empty, else this is.
    pub(super) url: String,
}

/// A link to what a target names, by its title.
pub(super) fn link(site: &Site<'_>, target: &Target) -> Link {
    let title = title(site, target);
    match target {
        Target::External(url) => Link { title, route: String::new(), url: url.clone() },
        other => {
            let route = site.plan.href(site.book, other);
            Link { title, route, url: String::new() }
        }
    }
}

/// The title of what a target names.
pub(super) fn title(site: &Site<'_>, target: &Target) -> String {
    let book = site.book;
    match target {
        Target::Framework(id, _) => book[*id].name.clone(),
        Target::Fact(framework, criterion) => match book.cell(*framework, *criterion) {
            Cell::Known(fact) => {
                book[*criterion].kind.text_with_unit(&fact.value, site.strings)
            }
            Cell::NotApplicable { .. } => site.strings.get(Key::CellNa).to_owned(),
            Cell::Unknown => site.strings.get(Key::CellUnknown).to_owned(),
        },
        Target::Goal(id, _) => book[*id].title.clone(),
        Target::Criterion(id, _) => book[*id].title.clone(),
        Target::Language(id, _) => book[*id].title.clone(),
        Target::Guide(id, _) => book[*id].title.clone(),
        Target::Versus(first, second, _) => {
            let (first, second) = (&book[*first].name, &book[*second].name);
            site.strings.say(Key::TitleVersus, &[("first", first), ("second", second)])
        }
        Target::Source(id) => book[*id].title.clone(),
        Target::Page(id, _) => book[*id].title.clone(),
        Target::Fixed(kind, _) => fixed_title(site, kind),
        Target::Asset(at) => {
            let path = &book.assets[*at].path;
            path.rsplit('/').next().unwrap_or(path).to_owned()
        }
        Target::Fragment(part) => part.clone(),
        Target::External(url) => url.clone(),
        Target::Nowhere => String::new(),
    }
}

/// The source and date of a fact, in one line.
pub(super) fn origin(
    site: &Site<'_>,
    framework: FrameworkId,
    criterion: CriterionId,
) -> String {
    let (book, strings) = (site.book, &site.strings);
    let fact = book.cell(framework, criterion).known();
    let source = fact.and_then(|f| f.source).map(|id| &*book[id].title);
    let checked = fact.and_then(|f| f.checked).map(|d| strings.date(d));
    let mut values = vec![
        ("framework", &*book[framework].name),
        ("criterion", &*book[criterion].title),
    ];
    values.extend(source.map(|source| ("source", source)));
    values.extend(checked.as_deref().map(|date| ("date", date)));
    let key = match (source, &checked) {
        (None, _) => Key::FactOriginUnsourced,
        (Some(_), None) => Key::FactOriginUndated,
        (Some(_), Some(_)) => Key::FactOrigin,
    };
    strings.say(key, &values)
}

/// The label of the one page of its kind; empty if there is no such page.
fn fixed_title(site: &Site<'_>, kind: &str) -> String {
    let page = site.plan.pages.iter().find(|page| page.kind == kind);
    page.map_or_else(String::new, |page| page.metadata.label.clone())
}
