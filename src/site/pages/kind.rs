//! The interface of page kinds.

use jiff::civil::Date;
use tera::Context;

use super::subject::PageSubject;
use crate::book::{Cell, CriterionId, Key, Prose, RelatedLinks, Withheld};
use crate::diag::{Diagnostic, Span};
use crate::plan::{FileKind, Metadata, Page, ResultKind, Route, Subject};
use crate::site::engine::Form;
use crate::site::json_ld::Node;
use crate::site::search::Entry;
use crate::site::{Contents, Site};

/// A kind of page: all that the program knows about it.
///
/// The functions that take [`Contents`] are called while the site is planned, when no page
/// is made yet; those that take a [`Site`] are called for a page of the plan.
pub(in crate::site) trait PageKind {
    /// The part of the book that one page of this kind shows; `()` if there is only one page.
    type Subject: PageSubject;

    /// Its name: `page.kind` in templates, and the class of the page's `body`.
    const NAME: &'static str;
    /// Its template.
    const TEMPLATE: &'static str;
    /// Its contents in a few words, for authors of themes.
    const DOC: &'static str;
    /// Its route; a word in capitals stands for the slug of the subject.
    const ROUTE: &'static str;
    /// The file that it is written in, below the book's folder, for a kind with one page.
    const FILE: Option<&'static str> = None;
    /// The menu that has a link to it.
    const MENU: Menu = Menu::None;
    /// Its place in `llms.txt`.
    const LLMS: Llms = Llms::None;
    /// The name of the kind with one page above it in breadcrumbs.
    const PARENT: Option<&'static str> = None;
    /// The sort of search results that it belongs to.
    const RESULT_KIND: ResultKind = ResultKind::Page;
    /// Whether it is made as Markdown too; then it has a second template, that ends in `.md`.
    const HAS_ALTERNATE: bool = false;
    /// Whether readers come to it by links, so that it has breadcrumbs and a card.
    const IS_LINKED: bool = true;
    /// Whether no free page may have its address, even if there is no page of this kind.
    const IS_RESERVED: bool = false;
    /// Whether authors write its addresses themselves, not slugs that they are made from.
    const IS_WRITTEN: bool = false;

    /// The route of a page, whether that is made or not.
    fn route(_contents: Contents<'_>, _subject: Self::Subject) -> Route {
        Route::new(Self::ROUTE)
    }

    /// Whether a page is made.
    fn is_made(_contents: Contents<'_>, _subject: Self::Subject) -> bool {
        true
    }

    /// Its title, dates and the like. A description of any length, which is fitted to what
    /// search engines show.
    fn metadata(contents: Contents<'_>, subject: Self::Subject) -> Metadata;

    /// The place of the subject in the book.
    fn span(_contents: Contents<'_>, _subject: Self::Subject) -> Option<Span> {
        None
    }

    /// The file that a page is written in, below the book's folder; empty where it is made
    /// of several.
    fn source_file(_contents: Contents<'_>, _subject: Self::Subject) -> String {
        Self::FILE.unwrap_or_default().to_owned()
    }

    /// The text that an author wrote for the page.
    fn prose(_contents: Contents<'_>, _subject: Self::Subject) -> Option<&Prose> {
        None
    }

    /// The parts of the page that can be linked to, besides the headings of its prose.
    fn anchors(_contents: Contents<'_>, _subject: Self::Subject) -> Vec<String> {
        Vec::new()
    }

    /// The author's summary for `llms.txt`, which has the description without one.
    fn summary(_contents: Contents<'_>, _subject: Self::Subject) -> Option<&str> {
        None
    }

    /// The reason for which the author's text is not published yet; none if it is.
    fn withheld(_contents: Contents<'_>, _subject: Self::Subject) -> Option<Withheld> {
        None
    }

    /// The links to read next and the call to action that an author declared.
    fn related_links(
        _contents: Contents<'_>,
        _subject: Self::Subject,
    ) -> Option<&RelatedLinks> {
        None
    }

    /// The data file with what the page shows.
    fn data_file(_subject: Self::Subject) -> FileKind {
        FileKind::Frameworks
    }

    /// The subject of the page as schema.org has it.
    fn json_ld(_site: &Site<'_>, _page: &Page, _subject: Self::Subject) -> Option<Node> {
        None
    }

    /// Completes the entry of a page in the index of the site's own search, which has its
    /// title and prose.
    fn search_entry<'s>(
        _site: &'s Site<'_>,
        page: &'s Page,
        _subject: Self::Subject,
        entry: Entry<'s>,
    ) -> Entry<'s> {
        Entry { summary: &page.metadata.description, ..entry }
    }

    /// The data that the template shows.
    ///
    /// # Errors
    /// Diagnostics of embeds and of prose.
    fn view(
        site: &Site<'_>,
        page: &Page,
        subject: Self::Subject,
        form: Form,
    ) -> Result<Context, Vec<Diagnostic>>;
}

/// A menu of every page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::site) enum Menu {
    /// The menu in the header.
    Header,
    /// The menu in the footer.
    Footer,
    /// No menu.
    None,
}

/// A place in `llms.txt`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::site) enum Llms {
    /// A list of its own, with this heading.
    List(Key),
    /// The list of pages that may be skipped.
    Optional,
    /// No place.
    None,
}

/// A kind of page as the registry knows it; see [`PageKind`] for the meaning of each part.
pub(in crate::site) struct RegisteredPage {
    pub(in crate::site) name: &'static str,
    pub(in crate::site) template: &'static str,
    pub(in crate::site) doc: &'static str,
    pub(in crate::site) route_pattern: &'static str,
    pub(in crate::site) file: Option<&'static str>,
    pub(in crate::site) is_fixed: bool,
    pub(in crate::site) menu: Menu,
    pub(in crate::site) llms: Llms,
    pub(in crate::site) parent: Option<&'static str>,
    pub(in crate::site) result_kind: ResultKind,
    pub(in crate::site) has_alternate: bool,
    pub(in crate::site) is_linked: bool,
    pub(in crate::site) is_reserved: bool,
    pub(in crate::site) is_written: bool,
    pub(in crate::site) subjects: fn(Contents<'_>) -> Vec<Subject>,
    pub(in crate::site) route: fn(Contents<'_>, Subject) -> Route,
    pub(in crate::site) is_made: fn(Contents<'_>, Subject) -> bool,
    pub(in crate::site) metadata: fn(Contents<'_>, Subject) -> Metadata,
    pub(in crate::site) span: fn(Contents<'_>, Subject) -> Option<Span>,
    pub(in crate::site) source_file: fn(Contents<'_>, Subject) -> String,
    pub(in crate::site) prose: fn(Contents<'_>, Subject) -> Option<&Prose>,
    pub(in crate::site) anchors: fn(Contents<'_>, Subject) -> Vec<String>,
    pub(in crate::site) summary: fn(Contents<'_>, Subject) -> Option<&str>,
    pub(in crate::site) withheld: fn(Contents<'_>, Subject) -> Option<Withheld>,
    pub(in crate::site) related_links: fn(Contents<'_>, Subject) -> Option<&RelatedLinks>,
    pub(in crate::site) data_file: fn(Subject) -> FileKind,
    pub(in crate::site) json_ld: fn(&Site<'_>, &Page) -> Option<Node>,
    pub(in crate::site) search_entry:
        for<'s> fn(&'s Site<'_>, &'s Page, Entry<'s>) -> Entry<'s>,
    pub(in crate::site) view:
        fn(&Site<'_>, &Page, Form) -> Result<Context, Vec<Diagnostic>>,
}

impl RegisteredPage {
    /// Makes the entry of a kind.
    pub(super) const fn of<K: PageKind>() -> Self {
        Self {
            name: K::NAME,
            template: K::TEMPLATE,
            doc: K::DOC,
            route_pattern: K::ROUTE,
            file: K::FILE,
            is_fixed: K::Subject::IS_ONE,
            menu: K::MENU,
            llms: K::LLMS,
            parent: K::PARENT,
            result_kind: K::RESULT_KIND,
            has_alternate: K::HAS_ALTERNATE,
            is_linked: K::IS_LINKED,
            is_reserved: K::IS_RESERVED,
            is_written: K::IS_WRITTEN,
            subjects: |contents| {
                let all = K::Subject::all(contents.book, contents.plan).into_iter();
                all.map(|subject| subject.wrap(K::NAME)).collect()
            },
            route: |contents, subject| K::route(contents, typed::<K>(subject)),
            is_made: |contents, subject| K::is_made(contents, typed::<K>(subject)),
            metadata: |contents, subject| K::metadata(contents, typed::<K>(subject)),
            span: |contents, subject| K::span(contents, typed::<K>(subject)),
            source_file: |contents, subject| {
                K::source_file(contents, typed::<K>(subject))
            },
            prose: |contents, subject| K::prose(contents, typed::<K>(subject)),
            anchors: |contents, subject| K::anchors(contents, typed::<K>(subject)),
            summary: |contents, subject| K::summary(contents, typed::<K>(subject)),
            withheld: |contents, subject| K::withheld(contents, typed::<K>(subject)),
            related_links: |contents, subject| {
                K::related_links(contents, typed::<K>(subject))
            },
            data_file: |subject| K::data_file(typed::<K>(subject)),
            json_ld: |site, page| K::json_ld(site, page, typed::<K>(page.subject)),
            search_entry: |site, page, entry| {
                K::search_entry(site, page, typed::<K>(page.subject), entry)
            },
            view: |site, page, form| K::view(site, page, typed::<K>(page.subject), form),
        }
    }

    /// Its name in links by meaning, `page:NAME`, for a kind with one page.
    pub(in crate::site) const fn link_name(&self) -> &'static str {
        match self.route_pattern.as_bytes() {
            [] => "home",
            [.., _] => self.route_pattern.split_at(self.route_pattern.len() - 1).0,
        }
    }
}

/// The subject of a page of this kind.
fn typed<K: PageKind>(subject: Subject) -> K::Subject {
    K::Subject::unwrap(subject).expect("pages have a subject of the type of their kind")
}

/// The metadata of a kind with one page, from the keys of its label, title and description.
pub(super) fn fixed_metadata(contents: Contents<'_>, keys: [Key; 3]) -> Metadata {
    let [label, title, description] =
        keys.map(|key| contents.book.strings.get(key).to_owned());
    Metadata { title, label, description, ..Metadata::default() }
}

/// The newest day on which one of the cells was checked.
pub(super) fn newest<'c>(cells: impl IntoIterator<Item = &'c Cell>) -> Option<Date> {
    cells.into_iter().filter_map(Cell::checked).max()
}

/// The cells of all frameworks.
pub(super) fn all_cells(contents: Contents<'_>) -> impl Iterator<Item = &Cell> {
    contents.book.frameworks.iter().flat_map(|framework| &framework.cells)
}

/// The cells of a criterion.
pub(super) fn column(
    contents: Contents<'_>,
    id: CriterionId,
) -> impl Iterator<Item = &Cell> {
    let frameworks = contents.book.frameworks.iter();
    frameworks.map(move |framework| &framework.cells[id.index()])
}
