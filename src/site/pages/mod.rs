//! Page kinds: one file each, and the registry that lists them.
//!
//! To add a kind:
//!
//! 1. Write its file here: the struct of its view, whose fields are the theme's interface,
//!    and an `impl PageKind`.
//! 2. Add its line to [`ALL`]. Menus, `llms.txt` and lists have kinds in that order.
//! 3. Write its template in `themes/default/templates`, and its section in that theme's
//!    README; for a Markdown alternate also a template that ends in `.md`.
//! 4. Add its texts (`nav_…`, `title_…`, `about_…`) to `themes/default/strings/en.toml`.
//!
//! Everything else asks the registry: addresses, links by meaning, menus, breadcrumbs,
//! titles, the checks of links, the search index and the data for search engines.

mod changes;
mod choose;
mod compare;
mod criteria;
mod criterion;
mod data;
mod faq;
mod framework;
mod frameworks;
mod free_page;
mod goal;
mod goals;
mod guide;
mod guides;
mod home;
pub(super) mod kind;
mod language;
mod languages;
mod methodology;
mod not_found;
mod redirect;
mod search;
mod sources;
mod subject;
#[cfg(test)]
mod tests;
mod versus;

use super::Site;
use super::parts::{View, pick};
use crate::book::FixedPage;
use crate::plan::Page;
pub(super) use kind::{Llms, Menu, RegisteredPage};

/// All kinds of pages.
pub(super) const ALL: &[RegisteredPage] = &[
    RegisteredPage::of::<home::Home>(),
    RegisteredPage::of::<goals::Goals>(),
    RegisteredPage::of::<goal::GoalPage>(),
    RegisteredPage::of::<choose::Choose>(),
    RegisteredPage::of::<frameworks::Frameworks>(),
    RegisteredPage::of::<framework::Profile>(),
    RegisteredPage::of::<compare::Compare>(),
    RegisteredPage::of::<versus::VersusPage>(),
    RegisteredPage::of::<guides::Guides>(),
    RegisteredPage::of::<guide::GuidePage>(),
    RegisteredPage::of::<faq::Faq>(),
    RegisteredPage::of::<criteria::Criteria>(),
    RegisteredPage::of::<criterion::CriterionPage>(),
    RegisteredPage::of::<languages::Languages>(),
    RegisteredPage::of::<language::LanguagePage>(),
    RegisteredPage::of::<methodology::Methodology>(),
    RegisteredPage::of::<data::Data>(),
    RegisteredPage::of::<sources::Sources>(),
    RegisteredPage::of::<changes::Changes>(),
    RegisteredPage::of::<search::Search>(),
    RegisteredPage::of::<free_page::FreePage>(),
    RegisteredPage::of::<not_found::NotFound>(),
    RegisteredPage::of::<redirect::RedirectPage>(),
];

/// The pages that a site has at most one of, for links by meaning.
pub fn fixed() -> Vec<FixedPage> {
    let linked = ALL.iter().filter(|kind| kind.is_fixed && kind.is_linked);
    let page = |kind: &RegisteredPage| FixedPage {
        kind: kind.name,
        name: kind.link_name(),
        file: kind.file,
    };
    linked.map(page).collect()
}

/// The name of the kind of the page of questions.
pub(super) const FAQ: &str = <faq::Faq as kind::PageKind>::NAME;

/// The table of all kinds of pages in the README of the default theme, which a test compares.
pub fn readme_table() -> String {
    let mut table = String::from(
        "| kind | template | address | menu | it shows |\n| --- | --- | --- | --- | --- |\n",
    );
    for kind in ALL {
        let alternate = format!(", `{}`", kind.template.replace(".html", ".md"));
        let alternate = if kind.has_alternate { &alternate } else { "" };
        let menu = match kind.menu {
            Menu::Header => "header",
            Menu::Footer => "footer",
            Menu::None => "",
        };
        let (name, template) = (kind.name, kind.template);
        let (route, doc) = (kind.route_pattern, kind.doc);
        table.push_str(&format!(
            "| `{name}` | `{template}`{alternate} | `/{route}` | {menu} | {doc} |\n"
        ));
    }
    table
}

/// The kind of a page.
pub(super) fn of(page: &Page) -> &'static RegisteredPage {
    let kind = ALL.iter().find(|kind| kind.name == page.kind);
    kind.expect("the kinds of all pages are in the registry")
}

/// Files made for this book that pages need beside the theme's: their templates, which name
/// them as assets, and their views.
pub(super) fn assets(site: &Site<'_>) -> Vec<View> {
    vec![
        choose::style(site),
        compare::style(site),
        frameworks::style(site),
        pick::style(site, "tables.css", Vec::new(), 0),
    ]
}
