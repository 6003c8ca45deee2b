//! The parts that every page shows around its own contents: `site`, once for all, and
//! `page`.

use std::collections::BTreeMap;

use serde::Serialize;

use super::link::Link;
use super::pages::{self, Menu};
use super::parts::shared;
use super::text::{self, DateView};
use super::{Site, json_ld};
use crate::book::{Cta, Key, Target, Withheld};
use crate::plan::{File, FileKind, Page};
use crate::site::feed;
use crate::site::link;

/// `site`: what all pages share. Texts are empty where the book says nothing.
#[derive(Debug, Serialize)]
struct SiteView<'a> {
    /// The site's name.
    title: &'a str,
    /// One sentence about the site.
    description: &'a str,
    /// The language of its texts.
    language: &'a str,
    /// The direction in which it is written: `ltr` or `rtl`.
    direction: &'static str,
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
    /// The route of the list of pages for programs; empty if it is not made.
    llms: &'a str,
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
    /// Its absolute address; empty if the site has none.
    canonical: String,
    /// Whether search engines may list it.
    is_indexed: bool,
    /// Its page kind.
    kind: &'static str,
    /// The pages above it, nearest last, without the home page.
    parents: Vec<Link>,
    /// The newest date of what it shows.
    updated: Option<DateView>,
    /// A sentence that says that it is not published yet; empty if it is.
    notice: String,
    /// Its name in breadcrumbs.
    label: &'a str,
    /// Links to read next.
    related: Vec<Link>,
    /// A call to action.
    cta: Option<CtaView<'a>>,
    /// The absolute address of its picture for social networks; empty if it has none.
    card: String,
    /// The route of its Markdown alternate; empty if it has none.
    alternate: String,
    /// Its subject, for search engines: JSON that can stand in a script element.
    json_ld: Option<tera::Value>,
}

/// The longest title in characters that search engines show whole.
const LONGEST_TITLE: usize = 60;

/// `site` for templates.
pub(super) fn site_view(site: &Site<'_>) -> tera::Value {
    let about = &site.book.site;
    let text = |text: &'_ Option<String>| text.as_deref().unwrap_or_default().to_owned();
    let (edition, license) = (text(&about.edition), text(&about.license));
    let repository = text(&about.repository);
    let assets = site.assets.iter().map(|a| (&*a.name, &*a.route));
    tera::Value::from_serializable(&SiteView {
        title: &about.title,
        description: &about.description,
        language: &about.language,
        direction: direction(&about.language),
        locale: locale(&about.language),
        base_url: &about.base_url,
        base_path: &about.base_path,
        edition: &edition,
        license: &license,
        repository: &repository,
        authors: &about.authors,
        nav: menu(site, Menu::Header),
        footer: menu(site, Menu::Footer),
        newsletter: about.newsletter.as_ref().map(|letter| NewsletterView {
            title: &letter.title,
            action: &letter.action,
            origin: &letter.origin,
            field: &letter.field,
        }),
        feed: feed_link(site),
        llms: file(site, FileKind::Llms).map_or("", |file| file.route.as_str()),
        assets: assets.collect(),
        is_tokens: !about.tokens.is_empty(),
    })
}

/// A file of which a site has at most one, if it is made.
fn file<'s>(site: &'s Site<'_>, kind: FileKind) -> Option<&'s File> {
    site.plan.files.iter().find(|file| file.kind == kind)
}

/// The feed of what is new, if there is anything.
pub(super) fn feed_link(site: &Site<'_>) -> Option<Link> {
    let feed = file(site, FileKind::Feed)?;
    Some(shared::link(feed::feed_title(site), &feed.route))
}

/// The direction in which a language is written, by its script if the tag names one, else by
/// the usual script of the language.
fn direction(language: &str) -> &'static str {
    const SCRIPTS: &[&str] = &[
        "adlm", "arab", "aran", "hebr", "mand", "mend", "nkoo", "rohg", "samr", "syrc",
        "thaa",
    ];
    const LANGUAGES: &[&str] = &[
        "ar", "arc", "ckb", "dv", "fa", "he", "iw", "ji", "ks", "nqo", "ps", "sd", "syr",
        "ug", "ur", "yi",
    ];
    let mut parts = language.split('-');
    let primary = parts.next().unwrap_or_default().to_lowercase();
    let script = parts.find(|part| part.len() == 4).map(str::to_lowercase);
    let is_rtl = match script {
        Some(script) => SCRIPTS.contains(&script.as_str()),
        None => LANGUAGES.contains(&primary.as_str()),
    };
    if is_rtl { "rtl" } else { "ltr" }
}

/// `page` for templates.
pub(super) fn page_view(site: &Site<'_>, page: &Page) -> tera::Value {
    let (engine, kind, metadata) = (&site.engine, pages::of(page), &page.metadata);
    let parents = page.parents.iter().map(|(title, route)| Link {
        title: title.clone(),
        route: route.as_str().to_owned(),
        url: String::new(),
    });
    let related_links = (kind.related_links)(site.contents(), page.subject);
    let related = related_links.map_or(&[][..], |related_links| &related_links.related);
    let is_link = |target: &&Target| **target != Target::Nowhere;
    let own = related_links.and_then(|related_links| related_links.cta.as_ref());
    tera::Value::from_serializable(&PageView {
        title: &metadata.title,
        tab: engine.if_used("tab", || tab(site, page)),
        description: &metadata.description,
        route: page.route.as_str(),
        root: &site.root(page),
        canonical: site.absolute(page.route.as_str()),
        is_indexed: page.is_indexed(),
        kind: page.kind,
        parents: engine.if_used("parents", || parents.collect()),
        updated: engine.if_used("updated", || {
            metadata.updated.map(|day| text::date(site.strings, day))
        }),
        notice: notice(site, (kind.withheld)(site.contents(), page.subject)),
        label: &metadata.label,
        related: related.iter().filter(is_link).map(|to| link::link(site, to)).collect(),
        cta: own.or(site.book.site.cta.as_ref()).map(|cta| cta_view(site, cta)),
        card: site
            .card_of(page)
            .map_or_else(String::new, |card| site.absolute(&card.route)),
        alternate: page.alternate().map_or_else(String::new, |route| route.to_string()),
        json_ld: engine.if_used("json_ld", || {
            let has_address = site.book.site.has_address;
            has_address.then(|| json_ld::of_page(site, page, (kind.json_ld)(site, page)))
        }),
    })
}

/// The sentence that tells what is not published yet from what is.
fn notice(site: &Site<'_>, withheld: Option<Withheld>) -> String {
    match withheld {
        None => String::new(),
        Some(Withheld::Draft) => site.strings.get(Key::NoticeDraft).to_owned(),
        Some(Withheld::Until(day)) => {
            let date = text::date(site.strings, day).text;
            site.strings.say(Key::NoticeUntil, &[("date", &date)])
        }
    }
}

fn cta_view<'a>(site: &Site<'_>, cta: &'a Cta) -> CtaView<'a> {
    let Link { route, url, .. } = link::link(site, &cta.target);
    let text = cta.text.as_deref().unwrap_or_default();
    CtaView { title: &cta.title, text, label: &cta.label, route, url }
}

/// The title of a page for a tab, with the site's name where there is room for it.
fn tab(site: &Site<'_>, page: &Page) -> String {
    let title = &page.metadata.title;
    let whole = format!("{title} | {}", site.book.site.title);
    if page.route.is_home() || whole.chars().count() > LONGEST_TITLE {
        title.clone()
    } else {
        whole
    }
}

/// The pages of a menu, by kind.
fn menu(site: &Site<'_>, menu: Menu) -> Vec<NavView> {
    let kinds = pages::ALL.iter().filter(|kind| kind.menu == menu);
    let pages = kinds
        .flat_map(|kind| site.plan.pages.iter().filter(|page| page.kind == kind.name));
    let view = |page: &Page| NavView {
        title: page.metadata.label.clone(),
        route: page.route.as_str().to_owned(),
        kind: page.kind,
    };
    pages.map(view).collect()
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
