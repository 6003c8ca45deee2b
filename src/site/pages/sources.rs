//! All sources, with what they are used for.

use serde::Serialize;
use tera::Context;

use super::kind::{Llms, Menu, PageKind, all_cells, fixed_metadata, newest};
use crate::book::{Cell, Framework, Key, Part, Source, SourceId, Target, with_ids};
use crate::diag::Diagnostic;
use crate::plan::{Metadata, Page, SOURCES, anchor};
use crate::raw::SourceKind;
use crate::site::engine::Form;
use crate::site::link;
use crate::site::link::Link;
use crate::site::parts::{context, shared};
use crate::site::text::DateView;
use crate::site::{Contents, Site, text};

/// The data of the template `sources.html`.
#[derive(Serialize)]
struct SourcesView<'a> {
    /// The sources by kind.
    groups: Vec<GroupView<'a>>,
}

/// Sources of one kind.
#[derive(Serialize)]
struct GroupView<'a> {
    /// The name of the part of the page.
    id: &'static str,
    /// Its heading.
    title: String,
    /// The caption of its table.
    caption: String,
    /// The sources, as declared.
    sources: Vec<SourceView<'a>>,
}

/// A source.
#[derive(Serialize)]
struct SourceView<'a> {
    /// The name of the part of the page.
    id: String,
    /// Its title.
    title: &'a str,
    /// Its address; empty if it is not on the web.
    url: &'a str,
    /// Its publisher; may be empty.
    publisher: &'a str,
    /// The day on which it was last read.
    checked: Option<DateView>,
    /// Its uses: frameworks with the number of facts, and goals.
    uses: Vec<Link>,
}

/// Kinds of sources in the order of the page: the part's name and the heading's key.
const KINDS: &[(Option<SourceKind>, &str, Key)] = &[
    (Some(SourceKind::Docs), "docs", Key::SourcesKindDocs),
    (Some(SourceKind::Registry), "registries", Key::SourcesKindRegistry),
    (Some(SourceKind::Benchmark), "measurements", Key::SourcesKindBenchmark),
    (Some(SourceKind::Article), "articles", Key::SourcesKindArticle),
    (Some(SourceKind::Editors), "editors", Key::SourcesKindEditors),
    (None, "others", Key::SourcesKindOther),
];

/// The sources of facts.
pub(super) struct Sources;

impl PageKind for Sources {
    type Subject = ();

    const NAME: &'static str = SOURCES;
    const TEMPLATE: &'static str = "sources.html";
    const DOC: &'static str = "the sources of facts";
    const ROUTE: &'static str = "sources/";
    const FILE: Option<&'static str> = Some("content/sources.toml");
    const MENU: Menu = Menu::Footer;
    const LLMS: Llms = Llms::Optional;

    fn is_made(contents: Contents<'_>, (): ()) -> bool {
        contents.book.has(Part::Sources)
    }

    fn metadata(contents: Contents<'_>, (): ()) -> Metadata {
        Metadata {
            updated: newest(all_cells(contents)),
            ..fixed_metadata(
                contents,
                [Key::NavSources, Key::TitleSources, Key::AboutSources],
            )
        }
    }

    fn anchors(contents: Contents<'_>, (): ()) -> Vec<String> {
        contents.book.sources.iter().map(|source| anchor::source(&source.id)).collect()
    }

    fn view(
        site: &Site<'_>,
        _page: &Page,
        (): (),
        _form: Form,
    ) -> Result<Context, Vec<Diagnostic>> {
        let groups = KINDS.iter().map(|(kind, id, key)| {
            let title = site.strings.get(*key).to_owned();
            let sources = with_ids(&site.book.sources).filter(|(_, s)| s.kind == *kind);
            GroupView {
                id,
                caption: site.strings.say(Key::SourcesCaption, &[("kind", &title)]),
                title,
                sources: sources.map(|(id, _)| source(site, id)).collect(),
            }
        });
        let groups = groups.filter(|group| !group.sources.is_empty()).collect();
        Ok(context(&SourcesView { groups }))
    }
}

fn source<'a>(site: &Site<'a>, id: SourceId) -> SourceView<'a> {
    let source: &'a Source = &site.book[id];
    let publisher = source.publisher.as_deref();
    SourceView {
        id: anchor::source(&source.id),
        title: &source.title,
        url: source.url.as_deref().unwrap_or_default(),
        publisher: publisher.unwrap_or_default(),
        checked: source.checked.map(|day| text::date(site.strings, day)),
        uses: uses(site, id),
    }
}

/// Frameworks with the number of their facts from a source, and goals for which it is cited.
fn uses(site: &Site<'_>, id: SourceId) -> Vec<Link> {
    let facts = with_ids(&site.book.frameworks)
        .map(|(framework, item)| (framework, count(item, id)))
        .filter(|(_, count)| *count > 0)
        .map(|(framework, count)| {
            let link = link::link(site, &Target::Framework(framework, None));
            let values = [("name", link.title.as_str()), ("count", &count.to_string())];
            shared::link(site.strings.say(Key::SourcesUse, &values), link.route)
        });
    let goals = with_ids(&site.book.goals)
        .filter(|(_, goal)| goal.picks.iter().any(|pick| pick.source == id))
        .map(|(goal, _)| {
            let link = link::link(site, &Target::Goal(goal, None));
            let values = [("goal", link.title.as_str())];
            shared::link(site.strings.say(Key::SourcesPicks, &values), link.route)
        });
    facts.chain(goals).collect()
}

/// The number of cells of a framework that name a source.
fn count(framework: &Framework, id: SourceId) -> usize {
    let names = |cell: &&Cell| match cell {
        Cell::Known(fact) => fact.source == Some(id),
        Cell::NotApplicable { source, .. } => *source == Some(id),
        Cell::Unknown => false,
    };
    framework.cells.iter().filter(names).count()
}
