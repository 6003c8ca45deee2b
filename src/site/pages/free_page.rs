//! A free page.

use serde::Serialize;
use tera::Context;

use super::kind::{Llms, Menu, PageKind};
use crate::book::{Key, PageId, Prose, RelatedLinks, Withheld};
use crate::diag::{Diagnostic, Span};
use crate::plan::{Metadata, Page, Route};
use crate::site::engine::Form;
use crate::site::markdown;
use crate::site::parts::context;
use crate::site::parts::reading::{ContentsView, contents};
use crate::site::search::Entry;
use crate::site::{Contents, Site};

/// The data of the template `page.html`.
#[derive(Serialize)]
struct ProsePageView<'a> {
    /// The heading.
    title: &'a str,
    /// One or two sentences about it; may be empty.
    summary: &'a str,
    /// Its headings; empty if there are few.
    contents: Vec<ContentsView>,
    /// The text.
    prose: tera::Value,
}

/// A free page.
pub(super) struct FreePage;

impl PageKind for FreePage {
    type Subject = PageId;

    const NAME: &'static str = "page";
    const TEMPLATE: &'static str = "page.html";
    const DOC: &'static str = "a free page of the book";
    const ROUTE: &'static str = "PAGE/";
    const MENU: Menu = Menu::Footer;
    const LLMS: Llms = Llms::Optional;

    fn route(contents: Contents<'_>, id: PageId) -> Route {
        Route::new(format!("{}/", contents.book[id].slug))
    }

    fn metadata(contents: Contents<'_>, id: PageId) -> Metadata {
        let (book, page) = (contents.book, &contents.book[id]);
        let values = [("page", &*page.title), ("site", &*book.site.title)];
        let usual = || book.strings.say(Key::AboutPage, &values);
        Metadata {
            title: page.title.clone(),
            label: page.title.clone(),
            description: page.summary.clone().unwrap_or_else(usual),
            ..Metadata::default()
        }
    }

    fn span(contents: Contents<'_>, id: PageId) -> Option<Span> {
        Some(contents.book[id].span)
    }

    fn source_file(contents: Contents<'_>, id: PageId) -> String {
        format!("content/pages/{}.md", contents.book[id].slug)
    }

    fn prose(contents: Contents<'_>, id: PageId) -> Option<&Prose> {
        Some(&contents.book[id].prose)
    }

    fn withheld(contents: Contents<'_>, id: PageId) -> Option<Withheld> {
        contents.book[id].withheld
    }

    fn related_links(contents: Contents<'_>, id: PageId) -> Option<&RelatedLinks> {
        Some(&contents.book[id].related_links)
    }

    fn search_entry<'s>(
        site: &'s Site<'_>,
        _page: &'s Page,
        id: PageId,
        entry: Entry<'s>,
    ) -> Entry<'s> {
        Entry { summary: site.book[id].summary.as_deref().unwrap_or_default(), ..entry }
    }

    fn view(
        site: &Site<'_>,
        page: &Page,
        id: PageId,
        _form: Form,
    ) -> Result<Context, Vec<Diagnostic>> {
        let free = &site.book[id];
        let view = ProsePageView {
            title: &free.title,
            summary: free.summary.as_deref().unwrap_or_default(),
            contents: contents(site, &free.prose),
            prose: markdown::prose_html(site, &free.prose, &site.root(page))?,
        };
        Ok(context(&view))
    }
}
