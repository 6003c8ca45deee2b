//! Names of parts of pages that other pages link to. Templates must use the same.

use jiff::civil::Date;

/// The part of a profile that shows a fact: `f-orm`.
pub fn fact(criterion: &str) -> String {
    format!("F-{criterion}")
}

/// The part of a goal's page that shows a framework's place: `r-django`.
pub fn place(framework: &str) -> String {
    format!("R-{framework}")
}

/// The part of the page of sources that shows one: `s-django-docs`.
pub fn source(id: &str) -> String {
    format!("S-{id}")
}

/// The part of the page of changes that shows a day: `d-2026-11-22`.
pub fn day(day: Date) -> String {
    format!("D-{day}")
}

/// The part of a page of criteria or facts that shows a group: `g-batteries`.
pub fn group(id: &str) -> String {
    format!("G-{id}")
}
