//! The subject of a page, for search engines: JSON-LD in the vocabulary of schema.org.
//!
//! Law: every name, rank and date in it is shown on the page too, and there is nothing of
//! reviews and ratings, since a computed score is neither. Keys stand in a fixed order. The
//! text can stand in a `script` element: nothing in it ends one, or starts another.

use serde::Serialize;
use tera::Value;

use super::Site;
use super::pages::data;
use crate::book::{FrameworkId, GoalId, GuideId, Key};
use crate::plan::{FileKind, Kind, Page, Pair};

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
enum Node {
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

impl Site<'_> {
    /// The JSON-LD of a page; empty if it has none.
    pub(super) fn json_ld(&self, page: &Page) -> Value {
        let graph: Vec<Node> =
            self.breadcrumbs(page).into_iter().chain(self.subject(page)).collect();
        if graph.is_empty() {
            return Value::from("");
        }
        let graph = Graph { context: "https://schema.org", graph };
        let text = serde_json::to_string(&graph).expect("names and texts make JSON");
        Value::safe_string(&within_script(&text))
    }

    fn breadcrumbs(&self, page: &Page) -> Option<Node> {
        if matches!(page.kind, Kind::Home | Kind::NotFound | Kind::Redirect { .. }) {
            return None;
        }
        let home = (self.strings.get(Key::NavHome).to_owned(), "");
        let above =
            page.above.iter().map(|(title, route)| (title.clone(), route.as_str()));
        let own = (self.label(page), page.route.as_str());
        let all = [home].into_iter().chain(above).chain([own]);
        let item = |(position, (name, route)): (u32, (String, &str))| Node::ListItem {
            position,
            name,
            item: Some(self.absolute(route)),
            url: None,
        };
        Some(Node::BreadcrumbList {
            item_list_element: (1..).zip(all).map(item).collect(),
        })
    }

    fn subject(&self, page: &Page) -> Option<Node> {
        match &page.kind {
            Kind::Home => {
                let name = self.book.site.title.clone();
                Some(Node::WebSite { name, url: self.absolute("") })
            }
            Kind::Framework(id) => {
                let headline = self.book[*id].name.clone();
                Some(self.article(page, headline, vec![self.software(*id)]))
            }
            Kind::Versus(id) => {
                let Pair { first, second, .. } = self.plan.pairs[id.index()];
                let about = [first, second].map(|id| self.named(id));
                Some(self.article(page, self.label(page), about.into()))
            }
            Kind::Goal(id) => self.ranking(*id),
            Kind::Guide(id) => Some(self.guide_article(page, *id)),
            Kind::Faq => self.questions(),
            Kind::Data => Some(self.dataset(page)),
            Kind::Frameworks
            | Kind::Languages
            | Kind::Language(_)
            | Kind::Compare
            | Kind::Goals
            | Kind::Choose
            | Kind::Criteria
            | Kind::Criterion(_)
            | Kind::Guides
            | Kind::Methodology
            | Kind::Sources
            | Kind::Changes
            | Kind::Search
            | Kind::Page(_)
            | Kind::NotFound
            | Kind::Redirect { .. } => None,
        }
    }

    fn article(&self, page: &Page, headline: String, about: Vec<Node>) -> Node {
        Node::TechArticle {
            headline,
            url: self.absolute(page.route.as_str()),
            date_published: None,
            date_modified: page.updated.map(|day| day.to_string()),
            author: Vec::new(),
            about,
        }
    }

    fn guide_article(&self, page: &Page, id: GuideId) -> Node {
        let guide = &self.book[id];
        Node::TechArticle {
            headline: guide.title.clone(),
            url: self.absolute(page.route.as_str()),
            date_published: guide.published.map(|day| day.to_string()),
            date_modified: guide.updated.map(|day| day.to_string()),
            author: guide.authors.clone(),
            about: Vec::new(),
        }
    }

    /// A framework with all that its profile says at the top.
    fn software(&self, id: FrameworkId) -> Node {
        let framework = &self.book[id];
        Node::SoftwareSourceCode {
            name: framework.name.clone(),
            url: framework.homepage.clone(),
            code_repository: framework.repository.clone(),
            programming_language: framework
                .language
                .map(|id| self.book[id].title.clone()),
            license: framework.license.clone(),
            main_entity_of_page: self.profile(id),
        }
    }

    /// A framework that a page only names.
    fn named(&self, id: FrameworkId) -> Node {
        Node::SoftwareSourceCode {
            name: self.book[id].name.clone(),
            url: None,
            code_repository: None,
            programming_language: None,
            license: None,
            main_entity_of_page: self.profile(id),
        }
    }

    fn ranking(&self, id: GoalId) -> Option<Node> {
        let ranked = &self.rankings.goals[id.index()].ranked;
        let place = |place: &crate::rank::Ranked| Node::ListItem {
            position: place.rank,
            name: self.book[place.framework].name.clone(),
            item: None,
            url: Some(self.profile(place.framework)),
        };
        (!ranked.is_empty()).then(|| Node::ItemList {
            name: self.book[id].question.clone(),
            item_list_order: "https://schema.org/ItemListOrderDescending",
            item_list_element: ranked.iter().map(place).collect(),
        })
    }

    fn questions(&self) -> Option<Node> {
        let faq = &self.book.faq;
        let prose = faq.section.prose.as_ref()?;
        let questions = faq.groups.iter().flat_map(|group| &group.questions);
        let main_entity: Vec<Node> = questions
            .map(|question| (question, self.prose_words(prose, question.answer.clone())))
            .filter(|(_, text)| !text.is_empty())
            .map(|(question, text)| Node::Question {
                name: question.title.clone(),
                accepted_answer: Box::new(Node::Answer { text }),
            })
            .collect();
        (!main_entity.is_empty()).then_some(Node::FaqPage { main_entity })
    }

    fn dataset(&self, page: &Page) -> Node {
        let (book, site) = (self.book, &self.book.site);
        let download = |file: &crate::plan::File| {
            let encoding_format = match file.kind {
                FileKind::Matrix => "text/csv",
                FileKind::Frameworks => "application/json",
                _ => return None,
            };
            let content_url = self.absolute(file.route.as_str());
            Some(Node::DataDownload { encoding_format, content_url })
        };
        let intro = self.strings.get(Key::DataIntro);
        Node::Dataset {
            name: site.title.clone(),
            description: format!("{} {intro}", data::lead(self)),
            url: self.absolute(page.route.as_str()),
            license: site.license.clone(),
            creator: site.authors.clone(),
            date_modified: page.updated.map(|day| day.to_string()),
            variable_measured: book.criteria.iter().map(|c| c.title.clone()).collect(),
            distribution: self.plan.files.iter().filter_map(download).collect(),
        }
    }

    fn profile(&self, id: FrameworkId) -> String {
        self.absolute(self.plan.framework(self.book, id).as_str())
    }

    /// The absolute address of a route.
    pub(super) fn absolute(&self, route: &str) -> String {
        format!("{}{route}", self.book.site.base_url)
    }
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
