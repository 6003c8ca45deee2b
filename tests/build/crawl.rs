//! Follows every link of a built site, as a browser would from a static host.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use html5gum::{Token, Tokenizer};
use url::Url;

/// A page as a crawler sees it.
#[derive(Default)]
struct Page {
    links: Vec<String>,
    ids: BTreeSet<String>,
    faults: Vec<String>,
}

fn read(html: &str) -> Page {
    let mut page = Page::default();
    for token in Tokenizer::new(html) {
        let Ok(Token::StartTag(tag)) = token else { continue };
        let name = String::from_utf8_lossy(&tag.name).into_owned();
        for (key, value) in &tag.attributes {
            let key = String::from_utf8_lossy(key).into_owned();
            let value = String::from_utf8_lossy(value).into_owned();
            match key.as_str() {
                "href" | "src" | "action" => page.links.push(value),
                "id" if !page.ids.insert(value.clone()) => {
                    page.faults.push(format!("the id {value} stands twice"));
                }
                "style" => page.faults.push(format!("<{name}> has a style attribute")),
                key if key.starts_with("on") => {
                    page.faults.push(format!("<{name}> has a handler {key}"));
                }
                _ => {}
            }
        }
        let data = ["application/json", "application/ld+json"];
        let kind = tag.attributes.get(&b"type"[..]).map(|kind| kind.to_vec());
        let is_data = kind.is_some_and(|kind| data.iter().any(|d| d.as_bytes() == kind));
        let is_file = tag.attributes.contains_key(&b"src"[..]);
        if name == "script" && !is_data && !is_file {
            page.faults.push("there is a script in the page itself".to_owned());
        }
    }
    page
}

/// The pages that are served, by their path below the site.
fn pages(site: &Path) -> BTreeMap<String, Page> {
    let files = walkdir::WalkDir::new(site).into_iter().map(Result::unwrap);
    files
        .filter(|entry| entry.path().extension().is_some_and(|e| e == "html"))
        .map(|entry| {
            let path = entry.path().strip_prefix(site).unwrap().to_str().unwrap();
            let route = path.strip_suffix("index.html").unwrap_or(path);
            (route.to_owned(), read(&fs::read_to_string(entry.path()).unwrap()))
        })
        .collect()
}

/// Asserts that every link leads to something that exists, below the prefix, and that each
/// page can be reached from the first one.
#[track_caller]
pub(crate) fn assert_whole(site: &Path, prefix: &str) {
    let pages = pages(site);
    let base = Url::parse(&format!("http://host.test{prefix}")).unwrap();
    let mut faults = Vec::new();
    let mut reached: BTreeSet<&str> = BTreeSet::from([""]);
    let mut next: Vec<&str> = vec![""];
    let links: BTreeMap<&str, Vec<String>> = pages
        .iter()
        .map(|(route, page)| {
            let here = base.join(route).unwrap();
            faults.extend(page.faults.iter().map(|fault| format!("/{route}: {fault}")));
            let mut inner = Vec::new();
            for link in &page.links {
                let target = here.join(link).unwrap();
                if target.host_str() != Some("host.test") {
                    continue;
                }
                match follow(site, &pages, prefix, &target) {
                    Ok(to) => inner.push(to),
                    Err(fault) => faults.push(format!("/{route}: {link}: {fault}")),
                }
            }
            (route.as_str(), inner)
        })
        .collect();
    while let Some(route) = next.pop() {
        for to in &links[route] {
            if let Some((to, _)) = links.get_key_value(to.as_str())
                && reached.insert(to)
            {
                next.push(to);
            }
        }
    }
    let is_page = |route: &str| {
        let text = fs::read_to_string(site.join(route).join("index.html"));
        !text.unwrap_or_default().contains("http-equiv=\"refresh\"")
    };
    let lost = pages.keys().filter(|r| !reached.contains(r.as_str()) && *r != "404.html");
    faults.extend(lost.filter(|r| is_page(r)).map(|r| format!("nothing leads to /{r}")));
    faults.sort();
    faults.dedup();
    assert!(faults.is_empty(), "under {prefix}:\n{}", faults.join("\n"));
}

/// Where a link leads below the site, or what is wrong with it.
fn follow(
    site: &Path,
    pages: &BTreeMap<String, Page>,
    prefix: &str,
    target: &Url,
) -> Result<String, String> {
    let Some(below) = target.path().strip_prefix(prefix) else {
        return Err(format!("leads out of the prefix, to {}", target.path()));
    };
    let page = pages.get(below);
    if page.is_none() && !site.join(below).is_file() {
        return Err("there is nothing".to_owned());
    }
    match (target.fragment(), page) {
        (Some(part), Some(page)) if !page.ids.contains(part) => {
            Err(format!("there is no part #{part}"))
        }
        _ => Ok(below.to_owned()),
    }
}
