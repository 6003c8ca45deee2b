//! Every page by name, and where the page's script answers queries.

use std::collections::BTreeMap;

use serde::Serialize;
use tera::Context;

use super::compare::Compare;
use super::kind::{Menu, PageKind, fixed_metadata};
use super::versus::VersusPage;
use crate::book::{Key, Part};
use crate::diag::Diagnostic;
use crate::plan::{Metadata, Page};
use crate::site::engine::Form;
use crate::site::link::Link;
use crate::site::parts::{context, shared};
use crate::site::search::folded;
use crate::site::{Contents, Site};

/// The data of the template `search.html`.
#[derive(Serialize)]
struct SearchView {
    /// The heading of the list.
    list_title: String,
    /// The pages by the letter that they start with.
    letters: Vec<LetterView>,
    /// The number of pages of two frameworks that the list leaves out; empty if none.
    left_out: String,
    /// The page that lists those.
    compare: Option<Link>,
}

/// Pages that start with one letter.
#[derive(Serialize)]
struct LetterView {
    /// The name of the part of the page.
    id: String,
    /// The letter.
    title: String,
    /// The pages, in order.
    pages: Vec<ItemView>,
}

/// A page of the list.
#[derive(Serialize)]
struct ItemView {
    /// The page.
    page: Link,
    /// The name of such pages for readers.
    kind: String,
}

/// Every page by name.
pub(super) struct Search;

impl PageKind for Search {
    type Subject = ();

    const NAME: &'static str = "search";
    const TEMPLATE: &'static str = "search.html";
    const DOC: &'static str = "every page by name, and where queries are answered";
    const ROUTE: &'static str = "search/";
    const MENU: Menu = Menu::Footer;

    fn is_made(contents: Contents<'_>, (): ()) -> bool {
        contents.book.has(Part::Search)
    }

    fn metadata(contents: Contents<'_>, (): ()) -> Metadata {
        Metadata {
            is_hidden: true,
            is_unlisted: true,
            ..fixed_metadata(
                contents,
                [Key::NavSearch, Key::TitleSearch, Key::AboutSearch],
            )
        }
    }

    fn view(
        site: &Site<'_>,
        _page: &Page,
        (): (),
        _form: Form,
    ) -> Result<Context, Vec<Diagnostic>> {
        let mut letters: BTreeMap<Letter, Vec<(String, ItemView)>> = BTreeMap::new();
        let pages = &site.plan.pages;
        for page in pages.iter().filter(|page| page.is_listed()) {
            let title = page.metadata.label.clone();
            let kind = site.strings.get(page.result_kind.name()).to_owned();
            let order = folded(&title);
            let item = ItemView { page: shared::link(title, &page.route), kind };
            letters.entry(Letter::of(&order)).or_default().push((order, item));
        }
        let count = letters.values().map(Vec::len).sum();
        let is_pair = |page: &&Page| page.kind == VersusPage::NAME;
        let pairs = pages.iter().filter(is_pair).filter(|page| !page.is_listed());
        let left_out = match pairs.count() {
            0 => String::new(),
            n => site.strings.count(Key::SearchLeftOut, n, &[]),
        };
        let compare = pages.iter().find(|page| page.kind == Compare::NAME);
        Ok(context(&SearchView {
            list_title: site.strings.count(Key::SearchList, count, &[]),
            letters: letters
                .into_iter()
                .map(|letter| letter_view(site, letter))
                .collect(),
            left_out,
            compare: compare.map(|page| shared::link(&*page.metadata.label, &page.route)),
        }))
    }
}

/// The first letter of a title, in the order of the list; other signs come last.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
enum Letter {
    Of(char),
    None,
}

impl Letter {
    fn of(title: &str) -> Self {
        let first = title.chars().find(|c| c.is_alphanumeric());
        first.filter(|c| c.is_alphabetic()).map_or(Self::None, Self::Of)
    }
}

fn letter_view(
    site: &Site<'_>,
    (letter, mut pages): (Letter, Vec<(String, ItemView)>),
) -> LetterView {
    pages.sort_by(|(a, x), (b, y)| (a, &x.page.route).cmp(&(b, &y.page.route)));
    let (id, title) = match letter {
        Letter::Of(letter) => (format!("L-{letter}"), letter.to_uppercase().to_string()),
        Letter::None => {
            ("L-0".to_owned(), site.strings.get(Key::SearchNoLetter).to_owned())
        }
    };
    LetterView { id, title, pages: pages.into_iter().map(|(_, item)| item).collect() }
}
