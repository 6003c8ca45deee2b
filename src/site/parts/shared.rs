//! Parts of several page kinds: names, links, counts, changes, and downloads.

use serde::Serialize;

use crate::book::{Change, FrameworkId, GoalId, Key, Prose, Target, with_ids};
use crate::diag::Diagnostic;
use crate::plan::{FileKind, Page, PairId, Subject, anchor};
use crate::site::alternate;
use crate::site::engine::Form;
use crate::site::link;
use crate::site::link::Link;
use crate::site::markdown;
use crate::site::text::{self, DateView};
use crate::site::{Contents, Site};

/// A framework as pages name it.
#[derive(Debug, Clone, Serialize)]
pub(in crate::site) struct Name {
    /// Its name.
    pub(in crate::site) name: String,
    /// Two letters that stand for it.
    pub(in crate::site) monogram: String,
    /// Its profile; empty where it is not linked.
    pub(in crate::site) route: String,
}

/// Something that changed.
#[derive(Debug, Serialize)]
pub(in crate::site) struct ChangeView {
    /// The day.
    pub(in crate::site) day: DateView,
    /// The change.
    pub(in crate::site) text: String,
    /// Its subject.
    pub(in crate::site) about: Vec<Link>,
}

/// A link to a page of the site.
pub(in crate::site) fn link(title: impl Into<String>, route: impl ToString) -> Link {
    Link { title: title.into(), route: route.to_string(), url: String::new() }
}

/// A framework's name with a link to its profile.
pub(in crate::site) fn name(site: &Site<'_>, id: FrameworkId) -> Name {
    let framework = &site.book[id];
    Name {
        name: framework.name.clone(),
        monogram: framework.monogram.clone(),
        route: site.plan.route(Subject::Framework(id)).to_string(),
    }
}

/// A link to a framework's profile.
pub(in crate::site) fn profile(site: &Site<'_>, id: FrameworkId) -> Link {
    link(&*site.book[id].name, site.plan.route(Subject::Framework(id)))
}

/// A link to a pair's page: "Django vs Laravel".
pub(in crate::site) fn pair(site: &Site<'_>, id: PairId) -> Link {
    let pair = &site.plan.pairs[id.index()];
    let (first, second) = (&site.book[pair.first].name, &site.book[pair.second].name);
    let names = [("first", first.as_str()), ("second", second.as_str())];
    link(site.strings.say(Key::TitleVersus, &names), site.plan.route(Subject::Pair(id)))
}

/// A link to a goal's page.
pub(in crate::site) fn goal(site: &Site<'_>, id: GoalId) -> Link {
    link(&*site.book[id].title, site.plan.route(Subject::Goal(id)))
}

/// Links to every goal, for templates.
pub(in crate::site) fn goals(contents: Contents<'_>) -> Vec<tera::Value> {
    let Contents { book, plan, .. } = contents;
    let goals = with_ids(&book.goals)
        .map(|(id, goal)| link(&*goal.title, plan.route(Subject::Goal(id))));
    goals.map(|link| tera::Value::from_serializable(&link)).collect()
}

/// A link to the place of a framework on a goal's page.
pub(in crate::site) fn place(
    site: &Site<'_>,
    id: GoalId,
    framework: FrameworkId,
) -> Link {
    let part = anchor::place(&site.book[framework].slug);
    link(&*site.book[id].title, format!("{}#{part}", site.plan.route(Subject::Goal(id))))
}

/// The columns that fit on paper; the theme's style sheet prints no more.
const PAPER: usize = 9;

/// That paper has no room for all columns of a table; empty if it has.
pub(in crate::site) fn paper(site: &Site<'_>, columns: usize) -> String {
    match columns.saturating_sub(PAPER) {
        0 => String::new(),
        more => site.strings.count(Key::TablePaper, more, &[]),
    }
}

/// Changes for templates.
pub(in crate::site) fn changes<'c>(
    site: &Site<'_>,
    changes: impl Iterator<Item = &'c Change>,
) -> Vec<ChangeView> {
    let view = |change: &Change| ChangeView {
        day: text::date(site.strings, change.date),
        text: change.text.clone(),
        about: change.about.iter().map(|target| link::link(site, target)).collect(),
    };
    changes.map(view).collect()
}

/// Whether a link leads to a framework or a part of its profile.
pub(in crate::site) fn is_about(target: &Target, framework: FrameworkId) -> bool {
    match target {
        Target::Framework(id, _) | Target::Fact(id, _) => *id == framework,
        Target::Versus(first, second, _) => *first == framework || *second == framework,
        Target::Goal(..)
        | Target::Criterion(..)
        | Target::Language(..)
        | Target::Guide(..)
        | Target::Source(_)
        | Target::Page(..)
        | Target::Fixed(..)
        | Target::Asset(_)
        | Target::Fragment(_)
        | Target::External(_)
        | Target::Nowhere => false,
    }
}

/// Prose as finished HTML; an empty text where there is none.
pub(in crate::site) fn prose(
    site: &Site<'_>,
    prose: Option<&Prose>,
    root: &str,
) -> Result<tera::Value, Vec<Diagnostic>> {
    prose.map_or_else(
        || Ok(tera::Value::from("")),
        |prose| markdown::prose_html(site, prose, root),
    )
}

/// Prose in the form of a page; an empty text where there is none.
pub(in crate::site) fn prose_in(
    site: &Site<'_>,
    text: Option<&Prose>,
    page: &Page,
    form: Form,
) -> Result<tera::Value, Vec<Diagnostic>> {
    let root = site.root(page);
    match (form, text) {
        (Form::Html, text) => prose(site, text, &root),
        (Form::Markdown, Some(text)) => alternate::prose_markdown(site, text, &root),
        (Form::Markdown, None) => Ok(tera::Value::from("")),
    }
}

/// Downloads with the data of a page: the table of all facts, and the page's own file.
pub(in crate::site) fn downloads(site: &Site<'_>, own: FileKind) -> Vec<Link> {
    let file = |kind: FileKind, title: Key| {
        let file = site.plan.files.iter().find(|file| file.kind == kind)?;
        Some(link(site.strings.get(title), &file.route))
    };
    [file(FileKind::Matrix, Key::FooterCsv), file(own, Key::FooterJson)]
        .into_iter()
        .flatten()
        .collect()
}

/// The address of a file of the book on its code host; empty without a repository.
pub(in crate::site) fn edit_url(site: &Site<'_>, file: &str) -> String {
    match (&site.book.site.repository, file) {
        (Some(repository), file) if !file.is_empty() => {
            format!("{}/blob/HEAD/{file}", repository.trim_end_matches('/'))
        }
        (Some(_) | None, _) => String::new(),
    }
}

/// The size of the book: "8 frameworks, 37 criteria, 58 sources."
pub(in crate::site) fn counts(site: &Site<'_>) -> String {
    let book = site.book;
    let frameworks = site.strings.count(Key::CountFrameworks, book.frameworks.len(), &[]);
    let criteria = site.strings.count(Key::CountCriteria, book.criteria.len(), &[]);
    let sources = site.strings.count(Key::CountSources, book.sources.len(), &[]);
    let values = [
        ("frameworks", frameworks.as_str()),
        ("criteria", criteria.as_str()),
        ("sources", sources.as_str()),
    ];
    site.strings.say(Key::HomeCounts, &values)
}
