//! The parts that every page shows around its own contents: `site`, once for all, and
//! `page`.

use std::collections::BTreeMap;

use serde::Serialize;

use super::Site;
use super::link::Link;
use super::parts::shared;
use super::text::{self, DateView};
use crate::book::{Cta, Key, Onward, Target};
use crate::plan::{FileKind, Kind, Page};

/// `site`: what all pages share. Texts are empty where the book says nothing.
#[derive(Debug, Serialize)]
struct SiteView<'a> {
    /// The site's name.
    title: &'a str,
    /// One sentence about the site.
    description: &'a str,
    /// The language of its texts.
    language: &'a str,
    /// The same as social networks write it.
    locale: String,
    /// The address at which it is served, ending in `/`.
    base_url: &'a str,
    /// The path of `base_url`: starts and ends with `/`.
    base_path: &'a str,
    /// The edition of the book.
    edition: &'a str,
    /// The licence of its texts and facts.
    license: &'a str,
    /// Its repository.
    repository: &'a str,
    /// Its authors.
    authors: &'a [String],
    /// Pages for the header, in order.
    nav: Vec<NavView>,
    /// Pages for the footer, in order.
    footer: Vec<NavView>,
    /// A form for a newsletter.
    newsletter: Option<NewsletterView<'a>>,
    /// The feed of what is new, if there is anything.
    feed: Option<Link>,
    /// Routes of the theme's assets, by name.
    assets: BTreeMap<&'a str, &'a str>,
    /// Whether the book sets colours or sizes of its own; they are in `tokens.css`.
    is_tokens: bool,
}

/// A page of the navigation.
#[derive(Debug, Serialize)]
struct NavView {
    title: String,
    route: String,
    kind: &'static str,
}

/// A call to action.
#[derive(Debug, Serialize)]
struct CtaView<'a> {
    title: &'a str,
    text: &'a str,
    label: &'a str,
    route: String,
    url: String,
}

/// A form for a newsletter.
#[derive(Debug, Serialize)]
struct NewsletterView<'a> {
    title: &'a str,
    action: &'a str,
    origin: &'a str,
    field: &'a str,
}

/// `page`: what a page is, whatever it shows.
#[derive(Debug, Serialize)]
struct PageView<'a> {
    /// Its title.
    title: &'a str,
    /// Its title with the site's, if both have room in a tab.
    tab: String,
    /// One or two sentences about it, for search engines.
    description: &'a str,
    /// Its place below the site's base.
    route: &'a str,
    /// The relative address of the site's base from the page; stands before every route.
    root: &'a str,
    /// Its absolute address.
    canonical: String,
    /// Whether search engines may list it.
    is_indexed: bool,
    /// Its page kind.
    kind: &'static str,
    /// The pages above it, nearest last, without the home page.
    above: Vec<Link>,
    /// The newest date of what it shows.
    updated: Option<DateView>,
    /// Its name in breadcrumbs.
    label: String,
    /// Links to read next.
    related: Vec<Link>,
    /// A call to action.
    cta: Option<CtaView<'a>>,
    /// The absolute address of its picture for social networks; empty if it has none.
    card: String,
    /// The route of its Markdown alternate; empty if it has none.
    twin: String,
    /// Its subject, for search engines: JSON that can stand in a script element.
    json_ld: Option<tera::Value>,
}

/// The kinds of pages in the header, in order.
const NAV: &[&str] = &["goals", "choose", "frameworks", "compare", "guides", "faq"];
/// The kinds of pages in the footer, in order.
const FOOTER: &[&str] = &[
    "criteria",
    "languages",
    "methodology",
    "data",
    "sources",
    "changes",
    "search",
    "page",
];

/// The longest title in characters that search engines show whole.
const LONGEST_TITLE: usize = 60;

/// The name of a kind of page, for templates and style sheets.
pub(super) fn kind(kind: &Kind) -> &'static str {
    match kind {
        Kind::Home => "home",
        Kind::Frameworks => "frameworks",
        Kind::Framework(_) => "framework",
        Kind::Languages => "languages",
        Kind::Language(_) => "language",
        Kind::Compare => "compare",
        Kind::Versus(_) => "versus",
        Kind::Goals => "goals",
        Kind::Goal(_) => "goal",
        Kind::Choose => "choose",
        Kind::Criteria => "criteria",
        Kind::Criterion(_) => "criterion",
        Kind::Guides => "guides",
        Kind::Guide(_) => "guide",
        Kind::Faq => "faq",
        Kind::Methodology => "methodology",
        Kind::Data => "data",
        Kind::Sources => "sources",
        Kind::Changes => "changes",
        Kind::Search => "search",
        Kind::Page(_) => "page",
        Kind::NotFound => "not-found",
        Kind::Redirect { .. } => "redirect",
    }
}

impl Site<'_> {
    /// `site` for templates.
    pub(super) fn site_view(&self) -> tera::Value {
        let site = &self.book.site;
        let text =
            |text: &'_ Option<String>| text.as_deref().unwrap_or_default().to_owned();
        let (edition, license) = (text(&site.edition), text(&site.license));
        let repository = text(&site.repository);
        let assets = self.assets.iter().map(|a| (&*a.name, &*a.route));
        tera::Value::from_serializable(&SiteView {
            title: &site.title,
            description: &site.description,
            language: &site.language,
            locale: locale(&site.language),
            base_url: &site.base_url,
            base_path: &site.base_path,
            edition: &edition,
            license: &license,
            repository: &repository,
            authors: &site.authors,
            nav: self.nav(NAV),
            footer: self.nav(FOOTER),
            newsletter: site.newsletter.as_ref().map(|letter| NewsletterView {
                title: &letter.title,
                action: &letter.action,
                origin: &letter.origin,
                field: &letter.field,
            }),
            feed: self.feed(),
            assets: assets.collect(),
            is_tokens: !site.tokens.is_empty(),
        })
    }

    /// The feed of what is new, if there is anything.
    fn feed(&self) -> Option<Link> {
        let feed = self.plan.files.iter().find(|file| file.kind == FileKind::Feed)?;
        Some(shared::link(self.feed_title(), &feed.route))
    }

    /// `page` for templates.
    pub(super) fn page_view(&self, page: &Page) -> tera::Value {
        let engine = &self.engine;
        let above = page.above.iter().map(|(title, route)| Link {
            title: title.clone(),
            route: route.as_str().to_owned(),
            url: String::new(),
        });
        let onward = self.onward(page);
        let related = onward.map_or(&[][..], |onward| &onward.related);
        let is_link = |target: &&Target| **target != Target::Nowhere;
        let own = onward.and_then(|onward| onward.cta.as_ref());
        tera::Value::from_serializable(&PageView {
            title: &page.title,
            tab: engine.if_used("tab", || self.tab(page)),
            description: &page.description,
            route: page.route.as_str(),
            root: &self.root(page),
            canonical: self.absolute(page.route.as_str()),
            is_indexed: page.is_indexed,
            kind: kind(&page.kind),
            above: engine.if_used("above", || above.collect()),
            updated: engine.if_used("updated", || {
                page.updated.map(|day| text::date(self.strings, day))
            }),
            label: engine.if_used("label", || self.label(page)),
            related: related.iter().filter(is_link).map(|to| self.link(to)).collect(),
            cta: own.or(self.book.site.cta.as_ref()).map(|cta| self.cta(cta)),
            card: self
                .card_of(page)
                .map_or_else(String::new, |card| self.absolute(&card.route)),
            twin: page.twin().map_or_else(String::new, |twin| twin.to_string()),
            json_ld: engine.if_used("json_ld", || Some(self.json_ld(page))),
        })
    }

    /// The links to read next and the call to action that the author of a page declared.
    fn onward(&self, page: &Page) -> Option<&Onward> {
        match page.kind {
            Kind::Goal(id) => Some(&self.book[id].onward),
            Kind::Guide(id) => Some(&self.book[id].onward),
            Kind::Page(id) => Some(&self.book[id].onward),
            Kind::Home
            | Kind::Frameworks
            | Kind::Framework(_)
            | Kind::Languages
            | Kind::Language(_)
            | Kind::Compare
            | Kind::Versus(_)
            | Kind::Goals
            | Kind::Choose
            | Kind::Criteria
            | Kind::Changes
            | Kind::Criterion(_)
            | Kind::Guides
            | Kind::Faq
            | Kind::Methodology
            | Kind::Data
            | Kind::Sources
            | Kind::Search
            | Kind::NotFound
            | Kind::Redirect { .. } => None,
        }
    }

    fn cta<'a>(&self, cta: &'a Cta) -> CtaView<'a> {
        let Link { route, url, .. } = self.link(&cta.target);
        let text = cta.text.as_deref().unwrap_or_default();
        CtaView { title: &cta.title, text, label: &cta.label, route, url }
    }

    /// The title of a page for a tab, with the site's name where there is room for it.
    fn tab(&self, page: &Page) -> String {
        let whole = format!("{} | {}", page.title, self.book.site.title);
        let has_room = whole.chars().count() <= LONGEST_TITLE;
        match page.kind {
            Kind::Home => page.title.clone(),
            _ if has_room => whole,
            _ => page.title.clone(),
        }
    }

    /// The relative address of the site's base from a page. The page for unknown addresses is
    /// shown at any depth, so it alone uses the site's path.
    pub(super) fn root(&self, page: &Page) -> String {
        match page.kind {
            Kind::NotFound => self.book.site.base_path.clone(),
            _ => page.route.root(),
        }
    }

    /// The name of a page in breadcrumbs and in links without words.
    pub(super) fn label(&self, page: &Page) -> String {
        let book = self.book;
        match &page.kind {
            Kind::Framework(id) => book[*id].name.clone(),
            Kind::Language(id) => book[*id].title.clone(),
            Kind::Versus(id) => {
                let pair = &self.plan.pairs[id.index()];
                let (first, second) = (&book[pair.first].name, &book[pair.second].name);
                self.strings
                    .say(Key::TitleVersus, &[("first", first), ("second", second)])
            }
            Kind::Goal(id) => book[*id].title.clone(),
            Kind::Criterion(id) => book[*id].title.clone(),
            Kind::Guide(id) => book[*id].title.clone(),
            Kind::Page(id) => book[*id].title.clone(),
            Kind::Home => self.strings.get(Key::NavHome).to_owned(),
            Kind::Frameworks => self.strings.get(Key::NavFrameworks).to_owned(),
            Kind::Languages => self.strings.get(Key::NavLanguages).to_owned(),
            Kind::Compare => self.strings.get(Key::NavCompare).to_owned(),
            Kind::Goals => self.strings.get(Key::NavGoals).to_owned(),
            Kind::Choose => self.strings.get(Key::NavChoose).to_owned(),
            Kind::Criteria => self.strings.get(Key::NavCriteria).to_owned(),
            Kind::Guides => self.strings.get(Key::NavGuides).to_owned(),
            Kind::Faq => self.strings.get(Key::NavFaq).to_owned(),
            Kind::Methodology => self.strings.get(Key::NavMethodology).to_owned(),
            Kind::Data => self.strings.get(Key::NavData).to_owned(),
            Kind::Sources => self.strings.get(Key::NavSources).to_owned(),
            Kind::Changes => self.strings.get(Key::NavChanges).to_owned(),
            Kind::Search => self.strings.get(Key::NavSearch).to_owned(),
            Kind::NotFound => self.strings.get(Key::NavNotFound).to_owned(),
            Kind::Redirect { .. } => self.strings.get(Key::NavRedirect).to_owned(),
        }
    }

    fn nav(&self, kinds: &[&str]) -> Vec<NavView> {
        let pages = kinds.iter().flat_map(|name| {
            self.plan.pages.iter().filter(move |page| kind(&page.kind) == *name)
        });
        let view = |page: &Page| NavView {
            title: self.label(page),
            route: page.route.as_str().to_owned(),
            kind: kind(&page.kind),
        };
        pages.map(view).collect()
    }
}

/// A language as social networks write it: `pt_BR`, or `en` if it names no country.
fn locale(language: &str) -> String {
    let mut parts = language.split('-');
    let name = parts.next().unwrap_or_default().to_ascii_lowercase();
    let is_country =
        |part: &&str| part.len() == 2 && part.bytes().all(|b| b.is_ascii_alphabetic());
    match parts.find(is_country) {
        Some(country) => format!("{name}_{}", country.to_ascii_uppercase()),
        None => name,
    }
}

#[cfg(test)]
mod tests {
    use super::locale;

    #[test]
    fn a_language_is_written_with_its_country_alone() {
        #[track_caller]
        fn case(language: &str, expected: &str) {
            assert_eq!(locale(language), expected);
        }
        case("en", "en");
        case("pt-br", "pt_BR");
        case("zh-Hant-TW", "zh_TW");
        case("zh-Hant", "zh");
    }
}
