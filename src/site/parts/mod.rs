//! Parts of pages that several kinds of pages show: tables, places of a ranking.

pub(super) mod lists;
pub(super) mod matrix;
pub(super) mod pair;
pub(super) mod news;
pub(super) mod pair_cache;
pub(super) mod pair_goals;
pub(super) mod pick;
pub(super) mod places;
pub(super) mod reading;
pub(super) mod scale;
pub(super) mod shared;
pub(super) mod worth;

use tera::value::Key;
use tera::{Context, Value};

/// A page's template and what it is shown.
pub(super) type View = (&'static str, Context);

/// A template with the context of a view struct.
pub(super) fn shown(template: &'static str, view: &impl serde::Serialize) -> View {
    (template, context(view))
}

/// The context of a view struct.
pub(super) fn context(view: &impl serde::Serialize) -> Context {
    let fields = Value::from_serializable(view).into_map();
    let mut context = Context::new();
    for (name, value) in fields.expect("a view is a struct") {
        match name {
            // The names of fields are in the program, and not copied.
            Key::Str(name) => context.insert_value(name, value),
            name => context.insert_value(name.to_string(), value),
        }
    }
    context
}
