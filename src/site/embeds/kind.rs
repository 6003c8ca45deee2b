//! The interface of kinds of embeds.

use crate::book::{EmbedContents, EmbedKind, EmbedNames};
use crate::raw;
use crate::schema::Table;
use crate::schema::keys::Keys;
use crate::site::Site;
use crate::site::parts::View;

/// A kind of embed that every theme has: what an author writes in it, and what it shows. Its
/// templates are `embeds/NAME.html` and `embeds/NAME.md`, which also see `page.root`, as
/// those of pages do, and `id`, a name for a part of the page that no other embed of the
/// text has.
pub(super) trait Kind: Sized + Send + Sync + 'static {
    /// The keys of its body.
    type Body: Keys;

    /// The word after the fence.
    const NAME: &'static str;
    /// A body with the keys that are used most.
    const EXAMPLE: &'static str;

    /// Looks up the names in a body; none if it is wrong, which is then reported.
    fn resolve(body: &Self::Body, names: &mut EmbedNames<'_>) -> Option<Self>;

    /// Its template and what that is shown.
    fn view(&self, site: &Site<'_>) -> View;
}

/// An entry of the registry: a [`Kind`] without its type.
pub(in crate::site) struct RegisteredEmbed {
    pub(in crate::site) kind: EmbedKind,
    pub(in crate::site) table: &'static Table,
    pub(in crate::site) example: &'static str,
    pub(in crate::site) view: fn(&EmbedContents, &Site<'_>) -> View,
}

impl RegisteredEmbed {
    /// Makes the entry of a kind.
    pub(super) const fn of<K: Kind>() -> Self {
        Self {
            kind: EmbedKind { name: K::NAME, read: read::<K> },
            table: K::Body::KEYS,
            example: K::EXAMPLE,
            view: |contents, site| {
                let embed = contents.downcast_ref::<K>();
                embed.expect("its own kind has read it").view(site)
            },
        }
    }
}

fn read<K: Kind>(
    embed: &raw::Embed,
    names: &mut EmbedNames<'_>,
) -> Option<Box<EmbedContents>> {
    let body = embed.read(names.diags, K::Body::read_table);
    let resolved: Box<EmbedContents> = Box::new(K::resolve(&body, names)?);
    Some(resolved)
}
