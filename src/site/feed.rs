//! `changes/feed.xml`: what is new, for feed readers (Atom, RFC 4287).
//!
//! Its dates are those of the book, so that the same book makes the same feed. An entry is
//! known by a `tag:` of the site's address, its day and its words: it stays the same entry
//! when others are added, and a feed reader that shows it once does not show it again.

use super::parts::news;
use super::xml::{escape, escaped};
use super::{Site, link::Link};
use crate::book::Key;
use crate::plan::{News, What, anchor};

/// The most entries, from the newest; feed readers keep the older ones.
const ENTRIES: usize = 50;
/// The longest title of an entry in characters.
const LONGEST: usize = 120;

/// The title of the feed.
pub(super) fn feed_title(site: &Site<'_>) -> String {
    let about = &site.book.site;
    let usual = || site.strings.say(Key::FeedTitle, &[("site", &about.title)]);
    about.feed_title.clone().unwrap_or_else(usual)
}

/// Writes the newest of what is new.
pub(super) fn feed_xml(site: &Site<'_>, out: &mut Vec<u8>) {
    let about = &site.book.site;
    let mut xml = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    let language = escaped(&about.language);
    xml.push_str("<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"");
    xml.push_str(&format!("{language}\">\n"));
    let feed = format!("{}changes/feed.xml", about.base_url);
    element("id", &feed, &mut xml);
    element("title", &feed_title(site), &mut xml);
    if !about.description.is_empty() {
        element("subtitle", &about.description, &mut xml);
    }
    let newest = site.plan.news.first().map(instant);
    element("updated", &newest.unwrap_or_default(), &mut xml);
    reference("self", &feed, &mut xml);
    reference("alternate", &format!("{}changes/", about.base_url), &mut xml);
    let own = std::slice::from_ref(&about.title);
    let authors = if about.authors.is_empty() { own } else { &about.authors };
    for author in authors {
        xml.push_str("<author>");
        element("name", author, &mut xml);
        xml.push_str("</author>\n");
    }
    if let Some(license) = &about.license {
        element("rights", license, &mut xml);
    }
    for news in site.plan.news.iter().take(ENTRIES) {
        write_entry(site, news, &mut xml);
    }
    xml.push_str("</feed>\n");
    out.extend_from_slice(xml.as_bytes());
}

fn write_entry(site: &Site<'_>, news: &News, xml: &mut String) {
    let base_url = &site.book.site.base_url;
    let (text, about) = news::sentence(site, news);
    xml.push_str("<entry>\n");
    element("id", &tag_uri(site, news, &text), xml);
    element("title", &title(&text), xml);
    element("updated", &instant(news), xml);
    let part = anchor::day(news.day);
    reference("alternate", &format!("{base_url}changes/#{part}"), xml);
    xml.push_str("<content type=\"html\">");
    escape(&content_html(site, &text, &about), xml);
    xml.push_str("</content>\n</entry>\n");
}

/// The id of an entry. A change that the book declares is known by its words, which tell
/// two changes of a day apart; the facts that were checked on a day are one entry,
/// however many of them have been checked again since.
fn tag_uri(site: &Site<'_>, news: &News, text: &str) -> String {
    let base_url = &site.book.site.base_url;
    let url = url::Url::parse(base_url);
    let host = url.as_ref().ok().and_then(url::Url::host_str).unwrap_or("localhost");
    let name = match news.what {
        What::Change(_) => {
            format!("{:016x}", rapidhash::v3::rapidhash_v3(text.as_bytes()))
        }
        What::Checked(_) => "checked".to_owned(),
    };
    let path = &site.book.site.base_path;
    format!("tag:{host},{}:{path}changes/{name}", news.day)
}

/// The text of an entry as HTML, with absolute addresses.
fn content_html(site: &Site<'_>, text: &str, about: &[Link]) -> String {
    let mut html = format!("<p>{}</p>", escaped(text));
    if !about.is_empty() {
        html.push_str("<ul>");
        for link in about {
            let base = if link.url.is_empty() { &*site.book.site.base_url } else { "" };
            let (route, url) = (escaped(&link.route), escaped(&link.url));
            let title = escaped(&link.title);
            html.push_str(&format!(
                "<li><a href=\"{base}{route}{url}\">{title}</a></li>"
            ));
        }
        html.push_str("</ul>");
    }
    html
}

/// The first moment of a day.
fn instant(news: &News) -> String {
    format!("{}T00:00:00Z", news.day)
}

/// The first sentence of a text, or as many of its words as fit.
fn title(text: &str) -> String {
    let end = super::text::sentence_ends(text).first().copied().unwrap_or(text.len());
    super::text::shortened(text[..end].trim_end_matches(['.', '\u{3002}']), LONGEST)
}

fn element(name: &str, text: &str, xml: &mut String) {
    xml.push_str(&format!("<{name}>"));
    escape(text, xml);
    xml.push_str(&format!("</{name}>\n"));
}

fn reference(rel: &str, href: &str, xml: &mut String) {
    xml.push_str(&format!("<link rel=\"{rel}\" href=\"{}\"/>\n", escaped(href)));
}

#[cfg(test)]
mod tests {
    use super::title;
    use crate::site::testing::{file, with_site};

    #[test]
    fn a_title_is_the_first_sentence_or_whole_words_of_it() {
        assert_eq!(title("Django 6.1 added. See its notes."), "Django 6.1 added");
        assert_eq!(title("First edition."), "First edition");
        let long = title(&"word ".repeat(40));
        assert!(long.ends_with("word…") && long.chars().count() <= 120, "{long}");
    }

    #[test]
    fn an_entry_keeps_its_name_when_others_are_added() {
        let change = |day: &str, text: &str| {
            format!("[[change]]\ndate = {day}\ntext = \"{text}\"\n")
        };
        let ids = |changes: &str| {
            let mut ids = Vec::new();
            with_site(&[("content/changes.toml", changes)], |site, _| {
                let feed = file("changes/feed.xml", site);
                let parts = feed.split("<id>tag:").skip(1);
                ids = parts.map(|p| p.split('<').next().unwrap().to_owned()).collect();
            });
            ids
        };
        let old = change("2026-11-22", "One & two.");
        let before = ids(&old);
        assert_eq!(before.len(), 2, "{before:?}");
        let checked = "example.org,2026-11-20:/guide/changes/checked";
        assert_eq!(before[1], checked);
        let after = ids(&(change("2026-11-22", "More.") + &old));
        assert_eq!(after.len(), 3);
        assert!(before.iter().all(|id| after.contains(id)), "{before:?} {after:?}");
    }
}
