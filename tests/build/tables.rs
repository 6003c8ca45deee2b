//! Tables of facts: how large ones are laid out, and which columns readers can pick.

use crate::support::Project;

/// A book of frameworks and criteria without facts, as many as are asked for.
fn book(frameworks: usize, criteria: usize) -> Project {
    let ids = 0..criteria;
    let criterion = |i: usize| {
        let glance = if (3..12).contains(&i) { "glance = true\n" } else { "" };
        format!(
            "[[criterion]]\nid = \"c{i}\"\ngroup = \"g\"\ntitle = \"Criterion {i}\"\n\
             question = \"Is it there?\"\nkind = \"boolean\"\n{glance}"
        )
    };
    let criteria: Vec<String> = ids.map(criterion).collect();
    let group = "[[group]]\nid = \"g\"\ntitle = \"All\"\n".to_owned();
    let book = "[book]\ntitle = \"Large\"\nbase_url = \"https://example.org/small/\"\n";
    let project = Project::empty()
        .file("book.toml", book)
        .file("content/criteria.toml", &(group + &criteria.concat()));
    (0..frameworks).fold(project, |project, i| {
        let file = format!("content/frameworks/f{i}.toml");
        project.file(&file, &format!("name = \"Thing {i}\"\nsummary = \"A thing.\"\n"))
    })
}

/// A file of the built site.
#[track_caller]
fn built(book: &Project, path: &str) -> String {
    let run = book.run(&["build"]);
    assert_eq!(run.status, 0, "{}", run.stderr);
    String::from_utf8(book.read(&format!("public/{path}"))).unwrap()
}

/// The start tags of an element.
fn tags<'h>(html: &'h str, name: &str) -> Vec<&'h str> {
    let start = format!("<{name}");
    let tags = html.split(&start).skip(1).filter_map(|rest| rest.split('>').next());
    tags.filter(|tag| tag.is_empty() || tag.starts_with(' ')).collect()
}

const GRID: &str = "\n[tables]\nlarge = \"grid\"\n";

#[test]
fn a_table_of_more_than_8000_cells_is_a_grid_where_the_book_says_so() {
    let book = book(81, 100);
    let html = built(&book, "compare/index.html");
    assert!(html.contains("class=\"mx part\""), "no table for each group");
    let sheet = |html: &str| {
        let (_, rest) = html.split_once("theme/compare.").unwrap();
        format!("public/theme/compare.{}", rest.split('"').next().unwrap())
    };
    let css =
        |book: &Project, html: &str| String::from_utf8(book.read(&sheet(html))).unwrap();
    assert!(!css(&book, &html).contains(".grid"), "rules that nobody needs");

    let book = book.edit("book.toml", "[book]", &format!("{GRID}[book]"));
    let html = built(&book, "compare/index.html");
    let (_, table) = html.split_once("<section class=\"mx\"").expect("one table");
    let (table, rest) = table.split_once("</table>").unwrap();
    assert!(!rest.contains("<table"), "another table");
    assert!(table.contains("<table class=\"grid\">"), "{table}");
    assert!(!table.contains(" role="), "roles that the elements have by themselves");
    assert!(css(&book, &html).contains("content-visibility:auto"), "{}", sheet(&html));
}

#[test]
fn a_table_of_fewer_cells_is_not_a_grid() {
    let book = book(20, 20).edit("book.toml", "[book]", &format!("{GRID}[book]"));
    let html = built(&book, "compare/index.html");
    assert!(html.contains("<table class=\"plain\">"), "{html}");
}

/// The values of all boxes of the table of all frameworks, and of those that are ticked.
#[track_caller]
fn boxes(html: &str) -> (Vec<&str>, Vec<&str>) {
    let boxes =
        tags(html, "input").into_iter().filter(|tag| tag.contains("\"checkbox\""));
    let boxes = boxes.filter_map(|tag| Some((tag.split_once(" value=\"")?.1, tag)));
    let boxes: Vec<(&str, &str)> =
        boxes.map(|(rest, tag)| (rest.split('"').next().unwrap(), tag)).collect();
    let ticked = boxes.iter().filter(|(_, tag)| tag.contains(" checked"));
    let ticked = ticked.map(|(value, _)| *value).collect();
    (boxes.iter().map(|(value, _)| *value).collect(), ticked)
}

#[test]
fn six_criteria_of_the_glance_are_columns_at_first_and_all_can_be_picked() {
    let html = built(&book(3, 20), "frameworks/index.html");
    let (all, ticked) = boxes(&html);
    assert_eq!(ticked, ["c3", "c4", "c5", "c6", "c7", "c8"]);
    assert_eq!(all[..10], ["c3", "c4", "c5", "c6", "c7", "c8", "c9", "c10", "c11", "c0"]);
    assert_eq!(all.len(), 20);
    let cells = html.matches("<td class=\"unk c20\"").count();
    assert_eq!(cells, 3, "{html}");
}

#[test]
fn a_large_book_offers_columns_up_to_8000_cells() {
    let html = built(&book(81, 100), "frameworks/index.html");
    let (all, ticked) = boxes(&html);
    assert_eq!((all.len(), ticked.len()), (8_000 / 81, 6));
}

#[test]
fn without_a_choice_there_is_nothing_to_pick() {
    let only = "[[group]]\nid = \"g\"\ntitle = \"All\"\n[[criterion]]\nid = \"c\"\ngroup = \"g\"\n\
                title = \"One\"\nquestion = \"Is it?\"\nkind = \"boolean\"\nglance = true\n";
    let book = book(2, 1).file("content/criteria.toml", only);
    let html = built(&book, "frameworks/index.html");
    assert_eq!(boxes(&html).0, Vec::<&str>::new());
    assert!(!html.contains("<details"), "{html}");
}
