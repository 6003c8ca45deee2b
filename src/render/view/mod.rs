//! Views: what each kind of page shows its template, one file a kind.
//!
//! A view is a struct made for one template; its fields are the theme's interface, and all
//! of them are always there. Values that many pages show come from the [`Site`] ready-made.

pub(super) mod embed;
mod redirect;

use tera::Context;

use super::Site;
use crate::diag::Diagnostic;
use crate::plan::{Kind, Page};

/// A page's template and what it is shown.
pub(super) type View = (&'static str, Context);

/// The template and the view of a page.
pub(super) fn page(site: &Site<'_>, page: &Page) -> Result<View, Vec<Diagnostic>> {
    match &page.kind {
        Kind::Redirect { to } => redirect::view(site, to),
        Kind::Home
        | Kind::Frameworks
        | Kind::Framework(_)
        | Kind::Languages
        | Kind::Language(_)
        | Kind::Compare
        | Kind::Versus(_)
        | Kind::Goals
        | Kind::Goal(_)
        | Kind::Criteria
        | Kind::Criterion(_)
        | Kind::Guides
        | Kind::Guide(_)
        | Kind::Faq
        | Kind::Methodology
        | Kind::Data
        | Kind::Sources
        | Kind::Page(_)
        | Kind::NotFound => redirect::view(site, &page.route),
    }
}

/// Files made for this book that pages need beside the theme's, such as style rules with
/// its frameworks' names: their names as assets, and their texts.
pub(super) fn assets(site: &Site<'_>) -> Vec<(&'static str, String)> {
    let _ = site;
    Vec::new()
}

/// The template and the context of a view struct.
fn shown(template: &'static str, view: &impl serde::Serialize) -> View {
    let context =
        Context::from_serialize(view).expect("a view is a struct with plain keys");
    (template, context)
}
