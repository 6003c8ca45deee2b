//! Questions and answers.

use serde::Serialize;

use super::guide::ContentsView;
use crate::book::Key;
use crate::diag::Diagnostic;
use crate::plan::Page;
use crate::site::Site;
use crate::site::parts::{View, shared, shown};

/// The data of the template `faq.html`.
#[derive(Serialize)]
struct FaqView<'a> {
    /// The heading.
    title: &'a str,
    /// One or two sentences about it; may be empty.
    summary: &'a str,
    /// Groups with their questions.
    contents: Vec<ContentsView>,
    /// All groups, questions and answers; may be empty.
    prose: tera::Value,
}

/// The view of the questions and answers.
pub(super) fn view(site: &Site<'_>, page: &Page) -> Result<View, Vec<Diagnostic>> {
    let faq = &site.book.faq;
    let section = &faq.section;
    let mut contents = Vec::new();
    for group in &faq.groups {
        let questions = group.questions.iter().map(|question| ContentsView {
            id: question.id.clone(),
            title: question.title.clone(),
            items: Vec::new(),
        });
        match group.title.is_empty() {
            true => contents.extend(questions),
            false => contents.push(ContentsView {
                id: group.id.clone(),
                title: group.title.clone(),
                items: questions.collect(),
            }),
        }
    }
    let view = FaqView {
        title: section.title.as_deref().unwrap_or(site.strings.get(Key::FaqTitle)),
        summary: section.summary.as_deref().unwrap_or_default(),
        contents,
        prose: shared::prose(site, section.prose.as_ref(), &site.root(page))?,
    };
    Ok(shown("faq.html", &view))
}
