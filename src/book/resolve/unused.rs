//! Sources that nothing names.

use std::collections::BTreeSet;

use super::Resolver;
use crate::diag::{Code, Diagnostic};
use crate::raw::href::{Href, Meaning, Noun};
use crate::raw::{self, Fact, Prose, Raw, Text};

impl Resolver<'_> {
    /// Reports sources that no fact, pick or link names, not even one that is wrong or in a
    /// draft. Where a file could not be read whole, nobody can tell.
    pub(super) fn unused_sources(&mut self) {
        let is_read = |lost: bool, has_unknown: bool| !lost && !has_unknown;
        let mut goals = self.raw.goals.iter().map(|goal| &goal.front);
        let mut frameworks = self.raw.frameworks.iter().map(|framework| &framework.front);
        let is_whole = self.raw.broken.is_empty()
            && goals.all(|g| is_read(g.has_lost("picks"), g.has_unknown))
            && frameworks.all(|f| is_read(f.has_lost("source"), f.has_unknown));
        if !is_whole {
            return;
        }
        let named = named(self.raw);
        for (id, _) in &self.raw.sources.entries {
            if !named.contains(id.value.as_str()) {
                let message = format!("nothing names the source `{}`", id.value);
                let found = Diagnostic::new(Code::Unused, id.span, message);
                self.diags.push(found.hint("name it in a fact, or remove it"));
            }
        }
    }
}

/// Everything that is named as a source.
fn named(raw: &Raw) -> BTreeSet<String> {
    let mut named = BTreeSet::new();
    for framework in &raw.frameworks {
        let front = &framework.front;
        let facts = front.facts.entries.iter().filter_map(|(_, fact)| match fact {
            Fact::Long(long) => long.source.as_ref(),
            Fact::Short(_) => None,
        });
        named.extend(front.source.iter().chain(facts).map(|name| name.value.clone()));
    }
    let picks = raw.goals.iter().flat_map(|goal| &goal.front.picks);
    named.extend(picks.map(|pick| pick.source.value.clone()));
    let prose = prose(raw).flat_map(|prose| &prose.links);
    named.extend(prose.filter_map(|link| source(link.href.as_ref()?)));
    let hrefs = texts(raw).filter_map(|text| raw::href::parse(&text.value).ok());
    named.extend(hrefs.filter_map(|href| source(&href)));
    named
}

/// The source that a link leads to.
fn source(href: &Href) -> Option<String> {
    match href {
        Href::Meaning(Meaning { noun: Noun::Source, name, .. }) => Some(name.clone()),
        Href::File { path, fragment } if path.ends_with("sources.toml") => {
            fragment.clone()
        }
        _ => None,
    }
}

fn prose(raw: &Raw) -> impl Iterator<Item = &Prose> {
    let sections = [&raw.home, &raw.faq, &raw.methodology];
    (raw.frameworks.iter().filter_map(|doc| doc.prose.as_deref()))
        .chain(raw.goals.iter().filter_map(|doc| doc.prose.as_deref()))
        .chain(raw.versus.iter().filter_map(|doc| doc.prose.as_deref()))
        .chain(raw.guides.iter().filter_map(|doc| doc.prose.as_deref()))
        .chain(raw.pages.iter().filter_map(|doc| doc.prose.as_deref()))
        .chain(sections.into_iter().flatten().filter_map(|doc| doc.prose.as_deref()))
}

/// Texts outside of prose that are links.
fn texts(raw: &Raw) -> impl Iterator<Item = &Text> {
    let goals = raw.goals.iter().map(|goal| (&goal.front.related, &goal.front.cta));
    let guides = raw.guides.iter().map(|guide| (&guide.front.related, &guide.front.cta));
    let pages = raw.pages.iter().map(|page| (&page.front.related, &page.front.cta));
    let related_links = goals.chain(guides).chain(pages);
    (raw.book.cta.iter().map(|cta| &cta.link))
        .chain(related_links.flat_map(|(related, cta)| {
            related.iter().chain(cta.iter().map(|cta| &cta.link))
        }))
        .chain(raw.changes.change.iter().flat_map(|change| &change.about))
}
