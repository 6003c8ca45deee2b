//! Embeds: facts within prose, each with its template in `embeds/`.
//!
//! Their templates also see `page.root`, as those of pages do, and `id`, a name for a part
//! of the page that no other embed of the text has.

use super::View;
use crate::book::Embed;
use crate::diag::Diagnostic;
use crate::render::Site;

/// The template and the view of an embed; none for one of the theme's own, and for one
/// that was reported.
pub(in crate::render) fn view(
    site: &Site<'_>,
    embed: &Embed,
) -> Result<Option<View>, Vec<Diagnostic>> {
    let _ = site;
    match embed {
        Embed::Matrix { .. }
        | Embed::Ranking { .. }
        | Embed::Versus { .. }
        | Embed::Facts { .. }
        | Embed::Theme
        | Embed::Nothing => Ok(None),
    }
}
