//! Downloads: which files there are, and what they hold.

use serde::Serialize;
use tera::Context;

use super::kind::{Llms, Menu, PageKind, all_cells, fixed_metadata, newest};
use crate::book::{Key, Part, Target, with_ids};
use crate::diag::Diagnostic;
use crate::plan::{File, FileKind, Metadata, Page};
use crate::site::engine::Form;
use crate::site::json_ld::Node;
use crate::site::link;
use crate::site::link::Link;
use crate::site::parts::{context, shared};
use crate::site::{Contents, Site, json_ld, sentences};

/// The data of the template `data.html`.
#[derive(Serialize)]
struct DataView<'a> {
    /// The size of the book.
    lead: String,
    /// Files about the whole book.
    files: Vec<FileView>,
    /// Files about one framework or goal each.
    more: Vec<ListView>,
    /// The columns of the table of all facts.
    columns: Vec<ColumnView<'a>>,
    /// The licence in a sentence.
    license: String,
    /// Its makers; may be empty.
    by: String,
}

/// A file about the whole book.
#[derive(Serialize)]
struct FileView {
    /// A link to it, by its route.
    file: Link,
    /// "JSON", "CSV".
    format: String,
    /// Its contents.
    holds: String,
}

/// Files of one kind.
#[derive(Serialize)]
struct ListView {
    /// Their common heading.
    title: String,
    /// The files, by what they are about.
    files: Vec<Link>,
}

/// A column of the table of all facts.
#[derive(Serialize)]
struct ColumnView<'a> {
    /// The name of the column.
    id: &'a str,
    /// The criterion.
    criterion: Link,
    /// Its kind, in words.
    kind: String,
    /// Its question.
    question: &'a str,
}

/// Downloads.
pub(super) struct Data;

impl PageKind for Data {
    type Subject = ();

    const NAME: &'static str = "data";
    const TEMPLATE: &'static str = "data.html";
    const DOC: &'static str = "downloads: files, and what they hold";
    const ROUTE: &'static str = "data/";
    const MENU: Menu = Menu::Footer;
    const LLMS: Llms = Llms::Optional;

    fn is_made(contents: Contents<'_>, (): ()) -> bool {
        contents.book.has(Part::Data)
    }

    fn metadata(contents: Contents<'_>, (): ()) -> Metadata {
        Metadata {
            updated: newest(all_cells(contents)),
            ..fixed_metadata(contents, [Key::NavData, Key::TitleData, Key::AboutData])
        }
    }

    fn json_ld(site: &Site<'_>, page: &Page, (): ()) -> Option<Node> {
        let intro = site.strings.get(Key::DataIntro);
        let description = format!("{} {intro}", lead(site));
        Some(json_ld::dataset(site, page, description))
    }

    fn view(
        site: &Site<'_>,
        _page: &Page,
        (): (),
        _form: Form,
    ) -> Result<Context, Vec<Diagnostic>> {
        let book = site.book;
        let columns = with_ids(&book.criteria).map(|(id, criterion)| ColumnView {
            id: &criterion.id,
            criterion: link::link(site, &Target::Criterion(id, None)),
            kind: criterion.kind.describe(site.strings),
            question: &criterion.question,
        });
        let license = match &book.site.license {
            Some(license) => {
                site.strings.say(Key::DataLicenseText, &[("license", license)])
            }
            None => site.strings.get(Key::DataLicenseNone).to_owned(),
        };
        let authors: Vec<_> = book.site.authors.iter().map(String::as_str).collect();
        let by = match sentences::list(&authors, site.strings.get(Key::And)) {
            names if names.is_empty() => names,
            names => site.strings.say(Key::DataBy, &[("names", &names)]),
        };
        let view = DataView {
            lead: lead(site),
            files: site.plan.files.iter().filter_map(|file| whole(site, file)).collect(),
            more: more(site),
            columns: columns.collect(),
            license,
            by,
        };
        Ok(context(&view))
    }
}

/// The size of the book, in a sentence.
pub(in crate::site) fn lead(site: &Site<'_>) -> String {
    let book = site.book;
    let frameworks = site.strings.count(Key::CountFrameworks, book.frameworks.len(), &[]);
    let criteria = site.strings.count(Key::CountCriteria, book.criteria.len(), &[]);
    let sources = site.strings.count(Key::CountSources, book.sources.len(), &[]);
    let values = [
        ("frameworks", frameworks.as_str()),
        ("criteria", criteria.as_str()),
        ("sources", sources.as_str()),
    ];
    site.strings.say(Key::DataLead, &values)
}

/// A file about the whole book.
fn whole(site: &Site<'_>, file: &File) -> Option<FileView> {
    let (format, holds) = match file.kind {
        FileKind::Frameworks => (Key::DataJson, Key::DataFrameworks),
        FileKind::Criteria => (Key::DataJson, Key::DataCriteria),
        FileKind::Matrix => (Key::DataCsv, Key::DataMatrix),
        FileKind::Scores => (Key::DataJson, Key::DataScores),
        FileKind::Framework(_)
        | FileKind::Goal(_)
        | FileKind::SearchIndex
        | FileKind::Sitemap
        | FileKind::Feed
        | FileKind::Alternate(_)
        | FileKind::Llms
        | FileKind::Robots
        | FileKind::Asset(_) => return None,
    };
    Some(FileView {
        file: shared::link(file.route.as_str(), &file.route),
        format: site.strings.get(format).to_owned(),
        holds: site.strings.get(holds).to_owned(),
    })
}

/// Files about one framework or goal each.
fn more(site: &Site<'_>) -> Vec<ListView> {
    let (mut frameworks, mut goals) = (Vec::new(), Vec::new());
    for file in &site.plan.files {
        match file.kind {
            FileKind::Framework(id) => {
                frameworks.push(shared::link(&*site.book[id].name, &file.route));
            }
            FileKind::Goal(id) => {
                goals.push(shared::link(&*site.book[id].title, &file.route));
            }
            FileKind::Frameworks
            | FileKind::Criteria
            | FileKind::Matrix
            | FileKind::Scores
            | FileKind::SearchIndex
            | FileKind::Sitemap
            | FileKind::Feed
            | FileKind::Alternate(_)
            | FileKind::Llms
            | FileKind::Robots
            | FileKind::Asset(_) => {}
        }
    }
    let lists = [(Key::DataEachFramework, frameworks), (Key::DataEachGoal, goals)];
    let lists = lists.into_iter().filter(|(_, files)| !files.is_empty());
    let title = |key: Key| site.strings.get(key).to_owned();
    lists.map(|(key, files)| ListView { title: title(key), files }).collect()
}
