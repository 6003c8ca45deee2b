//! Questions and answers.

use serde::Serialize;
use tera::Context;

use super::kind::{Llms, Menu, PageKind, fixed_metadata};
use crate::book::{Key, Prose};
use crate::diag::Diagnostic;
use crate::plan::{Metadata, Page};
use crate::site::engine::Form;
use crate::site::json_ld::Node;
use crate::site::parts::reading::ContentsView;
use crate::site::parts::{context, shared};
use crate::site::search::Entry;
use crate::site::{Contents, Site, json_ld};

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

/// Questions and answers.
pub(super) struct Faq;

impl PageKind for Faq {
    type Subject = ();

    const NAME: &'static str = "faq";
    const TEMPLATE: &'static str = "faq.html";
    const DOC: &'static str = "questions and answers";
    const ROUTE: &'static str = "faq/";
    const FILE: Option<&'static str> = Some("content/faq.md");
    const MENU: Menu = Menu::Header;
    const LLMS: Llms = Llms::Optional;

    fn is_made(contents: Contents<'_>, (): ()) -> bool {
        contents.book.faq.section.prose.is_some()
    }

    fn metadata(contents: Contents<'_>, (): ()) -> Metadata {
        let section = &contents.book.faq.section;
        let fixed = fixed_metadata(contents, [Key::NavFaq, Key::TitleFaq, Key::AboutFaq]);
        Metadata {
            title: section.title.clone().unwrap_or(fixed.title),
            description: section.summary.clone().unwrap_or(fixed.description),
            ..fixed
        }
    }

    fn prose(contents: Contents<'_>, (): ()) -> Option<&Prose> {
        contents.book.faq.section.prose.as_ref()
    }

    fn json_ld(site: &Site<'_>, _page: &Page, (): ()) -> Option<Node> {
        json_ld::questions(site)
    }

    fn search_entry<'s>(
        _site: &'s Site<'_>,
        page: &'s Page,
        (): (),
        entry: Entry<'s>,
    ) -> Entry<'s> {
        // Its questions are entries of their own, with their answers.
        let (parts, words) = (Vec::new(), String::new());
        Entry { summary: &page.metadata.description, parts, words, ..entry }
    }

    fn view(
        site: &Site<'_>,
        page: &Page,
        (): (),
        _form: Form,
    ) -> Result<Context, Vec<Diagnostic>> {
        let faq = &site.book.faq;
        let section = &faq.section;
        let mut contents = Vec::new();
        for group in &faq.groups {
            let questions = group.questions.iter().map(|question| ContentsView {
                id: question.id.clone(),
                title: question.title.clone(),
                items: Vec::new(),
            });
            if group.title.is_empty() {
                contents.extend(questions);
            } else {
                contents.push(ContentsView {
                    id: group.id.clone(),
                    title: group.title.clone(),
                    items: questions.collect(),
                });
            }
        }
        let view = FaqView {
            title: section.title.as_deref().unwrap_or(site.strings.get(Key::FaqTitle)),
            summary: section.summary.as_deref().unwrap_or_default(),
            contents,
            prose: shared::prose(site, section.prose.as_ref(), &site.root(page))?,
        };
        Ok(context(&view))
    }
}
