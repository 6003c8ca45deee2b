//! Embeds: each is read by its kind, or as the arguments of a component of the theme.

use super::Resolver;
use crate::book::Embed;
use crate::book::embed::EmbedNames;
use crate::raw::{self, Map, Spanned};

impl Resolver<'_> {
    /// Reads an embed and resolves the names in it.
    pub(super) fn embed(&mut self, embed: &raw::Embed) -> Embed {
        let kinds = &self.options.embeds;
        let Some(kind) = kinds.iter().find(|kind| kind.name == embed.name) else {
            let read = embed.read(self.diags, |table, _, reader| {
                Map::<Spanned<raw::Value>>::from_table(table, reader)
            });
            return Embed::Theme(read);
        };
        let (names, raw, diags) = (&self.names, self.raw, &mut *self.diags);
        let contents = (kind.read)(embed, &mut EmbedNames { names, raw, diags });
        contents.map_or(Embed::Nothing, Embed::BuiltIn)
    }
}
