//! Embeds as they are written: fenced blocks with a TOML body that show facts within prose.

use toml::de::DeTable;

use crate::diag::{Diagnostics, Span};
use crate::schema::reader::{Origin, Reader};

/// An embed of a text.
#[derive(Debug, Clone)]
pub struct Embed {
    /// Its name, as the fence says it.
    pub name: String,
    /// The place of the name.
    pub header: Span,
    /// Its body, in TOML.
    pub body: String,
    /// The place of the body in the file.
    pub(crate) origin: Origin,
    /// The whole block.
    pub span: Span,
    /// Index of its event in the prose.
    pub event: usize,
}

impl Embed {
    /// Reads its body, reporting what is wrong.
    pub(crate) fn read<T>(
        &self,
        diags: &mut Diagnostics,
        read: impl FnOnce(&DeTable<'_>, Span, &mut Reader<'_>) -> T,
    ) -> T {
        let mut reader = Reader::new(self.span.file, self.origin.clone(), diags);
        reader.document(&self.body, self.header, read)
    }
}
