//! The subject of a page, for search engines: JSON-LD in the vocabulary of schema.org.
//!
//! Invariant: every name, rank and date in it is shown on the page too, and there is nothing of
//! reviews and ratings, since a computed score is neither. Keys stand in a fixed order. The
//! text can stand in a `script` element: nothing in it ends one, or starts another.

use serde::Serialize;
use tera::Value;

use super::Site;
use crate::book::{FrameworkId, GoalId, GuideId, Key};
use crate::plan::{FileKind, Page, Subject};
use crate::site::markdown;

/// All that is said of a page.
#[derive(Serialize)]
struct Graph {
    #[serde(rename = "@context")]
    context: &'static str,
    #[serde(rename = "@graph")]
    graph: Vec<Node>,
}

/// Something of schema.org.
#[derive(Serialize)]
#[serde(tag = "@type", rename_all_fields = "camelCase")]
pub(super) enum Node {
    /// The site.
    WebSite { name: String, url: String },
    /// The pages above a page, and itself.
    BreadcrumbList { item_list_element: Vec<Node> },
    /// A ranking.
    ItemList { name: String, item_list_order: &'static str, item_list_element: Vec<Node> },
    /// An item of one of these lists; those of one rank share a position.
    ListItem {
        position: u32,
        name: String,
        /// The target of a breadcrumb.
        #[serde(skip_serializing_if = "Option::is_none")]
        item: Option<String>,
        /// The target of a place in a ranking.
        #[serde(skip_serializing_if = "Option::is_none")]
        url: Option<String>,
    },
    /// A page with a text of its own.
    TechArticle {
        headline: String,
        url: String,
        #[serde(skip_serializing_if = "Option::is_none")]
        date_published: Option<String>,
        #[serde(skip_serializing_if = "Option::is_none")]
        date_modified: Option<String>,
        #[serde(skip_serializing_if = "Vec::is_empty")]
        author: Vec<String>,
        #[serde(skip_serializing_if = "Vec::is_empty")]
        about: Vec<Node>,
    },
    /// A framework.
    SoftwareSourceCode {
        name: String,
        /// Its home page.
        #[serde(skip_serializing_if = "Option::is_none")]
        url: Option<String>,
        #[serde(skip_serializing_if = "Option::is_none")]
        code_repository: Option<String>,
        #[serde(skip_serializing_if = "Option::is_none")]
        programming_language: Option<String>,
        #[serde(skip_serializing_if = "Option::is_none")]
        license: Option<String>,
        /// Its profile.
        main_entity_of_page: String,
    },
    /// Questions and answers.
    #[serde(rename = "FAQPage")]
    FaqPage { main_entity: Vec<Node> },
    /// A question.
    Question { name: String, accepted_answer: Box<Node> },
    /// Its answer.
    Answer { text: String },
    /// All facts.
    Dataset {
        name: String,
        description: String,
        url: String,
        #[serde(skip_serializing_if = "Option::is_none")]
        license: Option<String>,
        #[serde(skip_serializing_if = "Vec::is_empty")]
        creator: Vec<String>,
        #[serde(skip_serializing_if = "Option::is_none")]
        date_modified: Option<String>,
        variable_measured: Vec<String>,
        distribution: Vec<Node>,
    },
    /// A file with all facts.
    DataDownload { encoding_format: &'static str, content_url: String },
}

/// The JSON-LD of a page with its subject; empty if there is nothing to say of it.
pub(super) fn of_page(site: &Site<'_>, page: &Page, subject: Option<Node>) -> Value {
    let graph: Vec<Node> = breadcrumbs(site, page).into_iter().chain(subject).collect();
    if graph.is_empty() {
        return Value::from("");
    }
    let graph = Graph { context: "https://schema.org", graph };
    let text = serde_json::to_string(&graph).expect("names and texts make JSON");
    Value::safe_string(&within_script(&text))
}

fn breadcrumbs(site: &Site<'_>, page: &Page) -> Option<Node> {
    if page.route.is_home() || !page.is_linked {
        return None;
    }
    let home = (site.strings.get(Key::NavHome), "");
    let parents = page.parents.iter();
    let parents = parents.map(|(title, route)| (title.as_str(), route.as_str()));
    let own = (page.metadata.label.as_str(), page.route.as_str());
    let all = [home].into_iter().chain(parents).chain([own]);
    let item = |(position, (name, route)): (u32, (&str, &str))| Node::ListItem {
        position,
        name: name.to_owned(),
        item: Some(site.absolute(route)),
        url: None,
    };
    Some(Node::BreadcrumbList { item_list_element: (1..).zip(all).map(item).collect() })
}

/// A page with a text of its own.
pub(super) fn article(site: &Site<'_>, page: &Page, about: Vec<Node>) -> Node {
    Node::TechArticle {
        headline: page.metadata.label.clone(),
        url: site.absolute(page.route.as_str()),
        date_published: None,
        date_modified: page.metadata.updated.map(|day| day.to_string()),
        author: Vec::new(),
        about,
    }
}

/// A guide, with its authors.
pub(super) fn guide(site: &Site<'_>, page: &Page, id: GuideId) -> Node {
    let guide = &site.book[id];
    Node::TechArticle {
        headline: guide.title.clone(),
        url: site.absolute(page.route.as_str()),
        date_published: guide.published.map(|day| day.to_string()),
        date_modified: guide.updated.map(|day| day.to_string()),
        author: guide.authors.clone(),
        about: Vec::new(),
    }
}

/// A framework with all that its profile says at the top.
pub(super) fn software(site: &Site<'_>, id: FrameworkId) -> Node {
    let framework = &site.book[id];
    Node::SoftwareSourceCode {
        name: framework.name.clone(),
        url: framework.homepage.clone(),
        code_repository: framework.repository.clone(),
        programming_language: framework.language.map(|id| site.book[id].title.clone()),
        license: framework.license.clone(),
        main_entity_of_page: profile(site, id),
    }
}

/// A framework that a page only names.
pub(super) fn named(site: &Site<'_>, id: FrameworkId) -> Node {
    Node::SoftwareSourceCode {
        name: site.book[id].name.clone(),
        url: None,
        code_repository: None,
        programming_language: None,
        license: None,
        main_entity_of_page: profile(site, id),
    }
}

/// The ranking of a goal; none if no framework has a rank.
pub(super) fn ranking(site: &Site<'_>, id: GoalId) -> Option<Node> {
    let ranked = &site.rankings.goals[id.index()].ranked;
    let place = |place: &crate::rank::Ranked| Node::ListItem {
        position: place.rank,
        name: site.book[place.framework].name.clone(),
        item: None,
        url: Some(profile(site, place.framework)),
    };
    (!ranked.is_empty()).then(|| Node::ItemList {
        name: site.book[id].question.clone(),
        item_list_order: "https://schema.org/ItemListOrderDescending",
        item_list_element: ranked.iter().map(place).collect(),
    })
}

/// The questions of the FAQ that have an answer; none if there are none.
pub(super) fn questions(site: &Site<'_>) -> Option<Node> {
    let faq = &site.book.faq;
    let prose = faq.section.prose.as_ref()?;
    let questions = faq.groups.iter().flat_map(|group| &group.questions);
    let main_entity: Vec<Node> = questions
        .map(|question| {
            (question, markdown::prose_words(site, prose, question.answer.clone()))
        })
        .filter(|(_, text)| !text.is_empty())
        .map(|(question, text)| Node::Question {
            name: question.title.clone(),
            accepted_answer: Box::new(Node::Answer { text }),
        })
        .collect();
    (!main_entity.is_empty()).then_some(Node::FaqPage { main_entity })
}

/// All facts of the book, with the files that have them.
pub(super) fn dataset(site: &Site<'_>, page: &Page, description: String) -> Node {
    let about = &site.book.site;
    let download = |file: &crate::plan::File| {
        let encoding_format = match file.kind {
            FileKind::Matrix => "text/csv",
            FileKind::Frameworks => "application/json",
            _ => return None,
        };
        let content_url = site.absolute(file.route.as_str());
        Some(Node::DataDownload { encoding_format, content_url })
    };
    let criteria = site.book.criteria.iter();
    Node::Dataset {
        name: about.title.clone(),
        description,
        url: site.absolute(page.route.as_str()),
        license: about.license.clone(),
        creator: about.authors.clone(),
        date_modified: page.metadata.updated.map(|day| day.to_string()),
        variable_measured: criteria.map(|criterion| criterion.title.clone()).collect(),
        distribution: site.plan.files.iter().filter_map(download).collect(),
    }
}

fn profile(site: &Site<'_>, id: FrameworkId) -> String {
    site.absolute(site.plan.route(Subject::Framework(id)).as_str())
}

/// JSON that can stand in a `script` element of any document. Outside of strings it has
/// none of these characters.
fn within_script(json: &str) -> String {
    let mut safe = String::with_capacity(json.len());
    for c in json.chars() {
        match c {
            '<' | '>' | '&' | '\u{2028}' | '\u{2029}' => {
                safe.push_str(&format!("\\u{:04x}", u32::from(c)));
            }
            c => safe.push(c),
        }
    }
    safe
}

#[cfg(test)]
mod tests {
    use super::within_script;

    #[test]
    fn nothing_ends_the_script_or_its_lines() {
        let text = "</script><!-- & \u{2028}\u{2029}\" é";
        let json = serde_json::to_string(text).unwrap();
        let safe = within_script(&json);
        assert!(!safe.contains(['<', '>', '&', '\u{2028}', '\u{2029}']), "{safe}");
        assert_eq!(serde_json::from_str::<String>(&safe).unwrap(), text);
    }
}
