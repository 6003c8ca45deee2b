//! A guide.

use serde::Serialize;
use tera::Context;

use super::guides::Guides;
use super::kind::{Llms, PageKind};
use crate::book::{GuideId, Key, Prose, RelatedLinks, Withheld};
use crate::diag::{Diagnostic, Span};
use crate::plan::{Metadata, Page, ResultKind, Route};
use crate::site::engine::Form;
use crate::site::json_ld::Node;
use crate::site::parts::reading::{self, ContentsView};
use crate::site::parts::{context, shared};
use crate::site::text::DateView;
use crate::site::{Contents, Site, json_ld, sentences, text};

/// The data of the template `guide.html`.
#[derive(Serialize)]
struct GuideView<'a> {
    /// The heading.
    title: &'a str,
    /// One or two sentences about it.
    summary: &'a str,
    /// Its authors; may be empty.
    authors: String,
    /// The time to read it.
    minutes: String,
    /// The day on which it appeared; none if that is the review's.
    published: Option<DateView>,
    /// The day on which it was last reviewed.
    updated: Option<DateView>,
    /// Its headings; empty if there are few.
    contents: Vec<ContentsView>,
    /// The article.
    prose: tera::Value,
}

/// A guide.
pub(super) struct GuidePage;

impl PageKind for GuidePage {
    type Subject = GuideId;

    const NAME: &'static str = "guide";
    const TEMPLATE: &'static str = "guide.html";
    const DOC: &'static str = "a guide";
    const ROUTE: &'static str = "guides/GUIDE/";
    const LLMS: Llms = Llms::List(Key::NavGuides);
    const PARENT: Option<&'static str> = Some(Guides::NAME);
    const RESULT_KIND: ResultKind = ResultKind::Guide;
    const HAS_ALTERNATE: bool = true;

    fn route(contents: Contents<'_>, id: GuideId) -> Route {
        Route::new(format!("guides/{}/", contents.book[id].slug))
    }

    fn metadata(contents: Contents<'_>, id: GuideId) -> Metadata {
        let guide = &contents.book[id];
        Metadata {
            title: guide.title.clone(),
            label: guide.title.clone(),
            description: guide.summary.clone(),
            updated: guide.updated.or(guide.published),
            ..Metadata::default()
        }
    }

    fn span(contents: Contents<'_>, id: GuideId) -> Option<Span> {
        Some(contents.book[id].span)
    }

    fn source_file(contents: Contents<'_>, id: GuideId) -> String {
        format!("content/guides/{}.md", contents.book[id].slug)
    }

    fn prose(contents: Contents<'_>, id: GuideId) -> Option<&Prose> {
        Some(&contents.book[id].prose)
    }

    fn summary(contents: Contents<'_>, id: GuideId) -> Option<&str> {
        Some(&contents.book[id].summary)
    }

    fn withheld(contents: Contents<'_>, id: GuideId) -> Option<Withheld> {
        contents.book[id].withheld
    }

    fn related_links(contents: Contents<'_>, id: GuideId) -> Option<&RelatedLinks> {
        Some(&contents.book[id].related_links)
    }

    fn json_ld(site: &Site<'_>, page: &Page, id: GuideId) -> Option<Node> {
        Some(json_ld::guide(site, page, id))
    }

    fn view(
        site: &Site<'_>,
        page: &Page,
        id: GuideId,
        form: Form,
    ) -> Result<Context, Vec<Diagnostic>> {
        let guide = &site.book[id];
        let authors: Vec<_> = guide.authors.iter().map(String::as_str).collect();
        let authors = match sentences::list(&authors, site.strings.get(Key::And)) {
            names if names.is_empty() => names,
            names => site.strings.say(Key::GuideBy, &[("names", &names)]),
        };
        let view = GuideView {
            title: &guide.title,
            summary: &guide.summary,
            authors,
            minutes: reading::minutes(site, &guide.prose),
            published: guide
                .published
                .filter(|day| guide.updated != Some(*day))
                .map(|day| text::date(site.strings, day)),
            updated: guide.updated.map(|day| text::date(site.strings, day)),
            contents: reading::contents(site, &guide.prose),
            prose: shared::prose_in(site, Some(&guide.prose), page, form)?,
        };
        Ok(context(&view))
    }
}
