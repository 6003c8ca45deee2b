//! Prose pages: guides, free pages, questions and answers, changes.

use std::sync::Arc;

use super::{Resolver, start, text, texts, withheld};
use crate::book::{Change, Faq, FaqGroup, Guide, Page, Question, Section};
use crate::diag::{Code, Diagnostic};
use crate::raw::{self, CachedDoc};

impl Resolver<'_> {
    /// Guides by slug.
    pub(super) fn guides(&mut self) -> Vec<Guide> {
        let raw = self.raw;
        let mut list = Vec::new();
        for doc in &raw.guides {
            let front = &doc.front;
            let Some(prose) = &doc.prose else { continue };
            let (published, updated) = (front.published.as_ref(), front.updated.as_ref());
            let withheld = withheld(front.draft.as_ref(), published, self.options.today);
            if self.options.leaves_out(withheld) {
                continue;
            }
            if let Some((published, updated)) = published.zip(updated)
                && updated.value < published.value
            {
                let message = "this guide is updated before it is published";
                let found = Diagnostic::new(Code::OutOfRange, updated.span, message);
                let found = found.label(published.span, "published here");
                self.diags.push(found.hint("set the later of the two days"));
            }
            list.push(Guide {
                slug: doc.slug.clone(),
                title: front.title.value.clone(),
                summary: front.summary.value.clone(),
                published: published.map(|date| date.value),
                updated: updated.map(|date| date.value),
                authors: texts(&front.authors),
                related_links: self.related_links(&front.related, front.cta.as_ref()),
                aliases: super::aliases(&front.aliases),
                prose: self.prose(prose),
                withheld,
                span: start(doc.file),
            });
        }
        list
    }

    /// Free pages by slug.
    pub(super) fn pages(&mut self) -> Vec<Page> {
        let raw = self.raw;
        let mut list = Vec::new();
        for doc in &raw.pages {
            let Some(prose) = &doc.prose else { continue };
            let withheld = withheld(doc.front.draft.as_ref(), None, self.options.today);
            if self.options.leaves_out(withheld) {
                continue;
            }
            list.push(Page {
                slug: doc.slug.clone(),
                title: doc.front.title.value.clone(),
                summary: text(doc.front.summary.as_ref()),
                related_links: self
                    .related_links(&doc.front.related, doc.front.cta.as_ref()),
                aliases: super::aliases(&doc.front.aliases),
                prose: self.prose(prose),
                withheld,
                span: start(doc.file),
            });
        }
        list
    }

    /// Prose for a page that every site has.
    pub(super) fn section(
        &mut self,
        doc: Option<&Arc<CachedDoc<raw::Section>>>,
    ) -> Section {
        let Some(doc) = doc else { return Section::default() };
        Section {
            title: text(doc.front.title.as_ref()),
            summary: text(doc.front.summary.as_ref()),
            prose: doc.prose.as_ref().map(|prose| self.prose(prose)),
        }
    }

    /// Questions and answers: `##` headings are groups, `###` are questions.
    pub(super) fn faq(&mut self) -> Faq {
        let raw = self.raw;
        let section = self.section(raw.faq.as_ref());
        let Some(prose) = &section.prose else {
            return Faq { section, groups: Vec::new() };
        };
        let mut groups: Vec<FaqGroup> = Vec::new();
        let headings = &prose.raw.headings;
        for (i, heading) in headings.iter().enumerate() {
            let group = |title: &str, id: &str| FaqGroup {
                title: title.to_owned(),
                id: id.to_owned(),
                questions: Vec::new(),
            };
            if heading.level == 2 {
                groups.push(group(&heading.text, &heading.id));
            } else if heading.level == 3 {
                if groups.is_empty() {
                    groups.push(group("", ""));
                }
                let events = &prose.raw.events;
                let end = headings[i + 1..].iter().find(|next| next.level <= 3);
                let end = end.map_or(events.len(), |next| next.event);
                let first = events[heading.event..].iter().position(|(event, _)| {
                    matches!(
                        event,
                        pulldown_cmark::Event::End(pulldown_cmark::TagEnd::Heading(_))
                    )
                });
                let from = heading.event + first.map_or(1, |at| at + 1);
                if let Some(last) = groups.last_mut() {
                    last.questions.push(Question {
                        title: heading.text.clone(),
                        id: heading.id.clone(),
                        answer: from..end,
                    });
                }
            }
        }
        Faq { section, groups }
    }

    /// Changes, newest first.
    pub(super) fn changes(&mut self) -> Vec<Change> {
        let raw = self.raw;
        let mut list = Vec::new();
        for change in &raw.changes.change {
            list.push(Change {
                date: change.date.value,
                text: change.text.value.clone(),
                about: change.about.iter().filter_map(|a| self.meaning_of(a)).collect(),
            });
        }
        list.sort_by_key(|change| std::cmp::Reverse(change.date));
        list
    }
}
