//! Views: what each kind of page shows its template, one file a kind.
//!
//! A view is a struct made for one template; its fields are the theme's interface, and all
//! of them are always there. Values that many pages show come from the [`Site`] ready-made.

mod choose;
mod compare;
mod criteria;
mod criterion;
pub(super) mod data;
mod faq;
mod framework;
pub(super) mod frameworks;
mod goal;
mod goals;
mod guide;
mod guides;
mod home;
mod language;
mod languages;
mod methodology;
pub(super) mod news;
mod not_found;
mod prose_page;
mod redirect;
mod search;
mod sources;
#[cfg(test)]
mod tests;
mod versus;

use super::Site;
use super::engine::Form;
use super::parts::{View, pick, shared};
use crate::diag::Diagnostic;
use crate::plan::{Kind, Page};

/// The template and the view of a page, with what the frame of every page shows.
pub(super) fn page(site: &Site<'_>, page: &Page) -> Result<View, Vec<Diagnostic>> {
    let (template, mut context) = of_kind(site, page, Form::Html)?;
    context.insert("downloads", &shared::downloads(site, &page.kind));
    context.insert("edit_url", &shared::edit_url(site, &shared::file(site, &page.kind)));
    Ok((template, context))
}

/// The template and the view of a page; both forms show the same but prose.
pub(super) fn of_kind(
    site: &Site<'_>,
    page: &Page,
    form: Form,
) -> Result<View, Vec<Diagnostic>> {
    Ok(match &page.kind {
        Kind::Home => home::view(site, page)?,
        Kind::Frameworks => frameworks::view(site),
        Kind::Framework(id) => framework::view(site, (page, form), *id)?,
        Kind::Languages => languages::view(site),
        Kind::Language(id) => language::view(site, *id),
        Kind::Compare => compare::view(site),
        Kind::Versus(id) => versus::view(site, (page, form), *id)?,
        Kind::Goals => goals::view(site),
        Kind::Goal(id) => goal::view(site, (page, form), *id)?,
        Kind::Choose => choose::view(site),
        Kind::Criteria => criteria::view(site),
        Kind::Criterion(id) => criterion::view(site, *id),
        Kind::Guides => guides::view(site),
        Kind::Guide(id) => guide::view(site, (page, form), *id)?,
        Kind::Faq => faq::view(site, page)?,
        Kind::Methodology => methodology::view(site, page)?,
        Kind::Data => data::view(site),
        Kind::Sources => sources::view(site),
        Kind::Changes => news::view(site),
        Kind::Search => search::view(site),
        Kind::Page(id) => prose_page::view(site, page, *id)?,
        Kind::NotFound => not_found::view(site),
        Kind::Redirect { to } => redirect::view(site, to),
    })
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
