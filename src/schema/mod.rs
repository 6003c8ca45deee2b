//! Reads TOML by declared tables of keys: one declaration is the struct, its reader with
//! diagnostics, and the documentation.

mod fields;
pub(crate) mod grammar;
pub mod href;
pub(crate) mod keys;
pub(crate) mod reader;
pub(crate) mod slug;
mod table;
mod types;
pub(crate) mod value;

pub use reader::{BoundedInt, Map, Name, Number, Slug, Spanned, Text, Url};
pub use slug::is_device;
pub use table::{Key, Presence, Table, Type};
pub use value::Value;
