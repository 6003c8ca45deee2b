//! Every page by name, and where the page's script answers queries.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::book::Key;
use crate::plan::Kind;
use crate::site::Site;
use crate::site::link::Link;
use crate::site::parts::shared;
use crate::site::parts::{View, shown};
use crate::site::search::{Label, folded};

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

/// The view of all pages by name.
pub(super) fn view(site: &Site<'_>) -> View {
    let mut letters: BTreeMap<Letter, Vec<(String, ItemView)>> = BTreeMap::new();
    let pages = &site.plan.pages;
    for page in pages.iter().filter(|page| site.is_listed(page)) {
        let title = site.label(page);
        let kind = site.strings.get(Label::of(&page.kind).word()).to_owned();
        let order = folded(&title);
        let item = ItemView { page: shared::link(title, &page.route), kind };
        letters.entry(Letter::of(&order)).or_default().push((order, item));
    }
    let count = letters.values().map(Vec::len).sum();
    let is_pair = |kind: &Kind| matches!(kind, Kind::Versus(_));
    let pairs = pages.iter().filter(|page| is_pair(&page.kind) && !site.is_listed(page));
    let left_out = match pairs.count() {
        0 => String::new(),
        n => site.strings.count(Key::SearchLeftOut, n, &[]),
    };
    let compare = pages.iter().find(|page| page.kind == Kind::Compare);
    shown(
        "search.html",
        &SearchView {
            list_title: site.strings.count(Key::SearchList, count, &[]),
            letters: letters
                .into_iter()
                .map(|letter| letter_view(site, letter))
                .collect(),
            left_out,
            compare: compare.map(|page| shared::link(site.label(page), &page.route)),
        },
    )
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
        Letter::Of(letter) => (format!("l-{letter}"), letter.to_uppercase().to_string()),
        Letter::None => {
            ("l-0".to_owned(), site.strings.get(Key::SearchNoLetter).to_owned())
        }
    };
    LetterView { id, title, pages: pages.into_iter().map(|(_, item)| item).collect() }
}
