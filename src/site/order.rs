//! The order of values: a number for each cell, by which a script sorts rows and tells which
//! values are the same without knowing what they mean.
//!
//! Numbers are given criterion by criterion over the whole book, from 0 for the least value;
//! equal values share one. What is unknown or cannot apply has none.

use crate::book::{Book, Value};

/// The number of every cell: a list for each framework, in the order of the criteria.
pub(super) fn all(book: &Book) -> Vec<Vec<Option<usize>>> {
    let mut orders = vec![vec![None; book.criteria.len()]; book.frameworks.len()];
    for (at, criterion) in book.criteria.iter().enumerate() {
        let frameworks = book.frameworks.iter().enumerate();
        let known = frameworks.filter_map(|(i, framework)| {
            framework.cells[at].known().map(|fact| (i, &fact.value))
        });
        let mut known: Vec<(usize, &Value)> = known.collect();
        known.sort_by(|a, b| criterion.kind.compare(a.1, b.1));
        let mut order = 0;
        for (i, (framework, value)) in known.iter().enumerate() {
            if i > 0 && known[i - 1].1 != *value {
                order += 1;
            }
            orders[*framework][at] = Some(order);
        }
    }
    orders
}

/// The numbers of texts, from 0 for the first; letter case does not matter.
pub(super) fn texts(texts: &[&str]) -> Vec<usize> {
    let lower: Vec<String> = texts.iter().map(|text| text.to_lowercase()).collect();
    let mut sorted: Vec<&String> = lower.iter().collect();
    sorted.sort_unstable();
    sorted.dedup();
    lower.iter().map(|text| sorted.partition_point(|other| *other < text)).collect()
}

#[cfg(test)]
mod tests {
    use super::texts;
    use crate::site::testing::{file, with_site};

    /// Reads the order of values that scripts see, framework by framework.
    #[track_caller]
    fn case(kind: &str, values: [&str; 4], expected: [&str; 4]) {
        let criteria = format!(
            "[[group]]\nid = \"g\"\ntitle = \"G\"\n[[criterion]]\nid = \"orm\"\n\
             group = \"g\"\ntitle = \"T\"\nquestion = \"Q?\"\n{kind}\n"
        );
        let names = ["a", "b", "c", "d"];
        let goal = "+++\ntitle = \"S\"\nquestion = \"Which?\"\n[weights]\norm = 0\n+++\n";
        let mut files = vec![
            ("content/criteria.toml".to_owned(), criteria),
            ("content/goals/small-sites.md".to_owned(), goal.to_owned()),
        ];
        for (name, value) in names.iter().zip(values) {
            let fact = match value {
                "" => String::new(),
                value => format!("orm = {value}\n"),
            };
            let text = format!("name = \"{name}\"\nsummary = \"S.\"\n[facts]\n{fact}");
            files.push((format!("content/frameworks/{name}.toml"), text));
        }
        for name in ["django", "flask"] {
            let text = "name = \"Z\"\nsummary = \"S.\"\n".replace('Z', name);
            files.push((format!("content/frameworks/{name}.toml"), text));
        }
        let files: Vec<_> = files.iter().map(|(p, t)| (p.as_str(), t.as_str())).collect();
        with_site(&files, |site, _| {
            let page = file("compare/index.html", site);
            let row = page.split("<tr data-k=\"orm\"").nth(1).unwrap();
            let row = row.split("</tr>").next().unwrap();
            let cells = row.split("<td").skip(1).map(|cell| {
                let tag = cell.split('>').next().unwrap();
                tag.split("data-o=\"").nth(1).map_or("", |o| o.trim_end_matches('"'))
            });
            assert_eq!(cells.take(4).collect::<Vec<_>>(), expected, "{kind}");
        });
    }

    #[test]
    fn equal_values_share_a_number_and_what_is_unknown_has_none() {
        let numbers = "kind = \"number\"\nunit = \"ms\"\nutility = [[1, 100], [9, 0]]";
        case(numbers, ["10", "9", "", "9.0"], ["1", "0", "", "0"]);
        let rubric =
            "kind = \"rating\"\nrubric = [\"a.\", \"b.\", \"c.\", \"d.\", \"e.\"]";
        case(rubric, ["5", "{ na = \"no\" }", "3.5", "1"], ["2", "", "1", "0"]);
        let partly = "{ value = \"partial\", note = \"n\" }";
        case("kind = \"boolean\"", ["true", "false", partly, ""], ["2", "0", "1", ""]);
    }

    #[test]
    fn words_and_versions_stand_as_people_order_them() {
        case(
            "kind = \"text\"",
            ["\"b\"", "\"A\"", "\"a\"", "\"C\""],
            ["2", "0", "1", "3"],
        );
        let versions = ["\"5.10\"", "\"5.9\"", "\"5.10-rc1\"", "\"v6\""];
        case("kind = \"version\"", versions, ["2", "0", "1", "3"]);
        let options = "kind = \"choice\"\noptions = [{ id = \"x\", title = \"X\", utility = 50 }, \
                       { id = \"y\", title = \"Y\", utility = 100 }, \
                       { id = \"z\", title = \"Z\", utility = 50 }]";
        case(options, ["\"x\"", "\"y\"", "\"z\"", "\"x\""], ["1", "2", "0", "1"]);
        let tags = "kind = \"tags\"\ntags = [{ id = \"p\", title = \"P\" }, { id = \"q\", title = \"Q\" }]";
        let values = ["[\"q\"]", "[\"p\", \"q\"]", "[]", "[\"p\"]"];
        case(tags, values, ["1", "3", "0", "2"]);
        assert_eq!(texts(&["Go", "elixir", "go", "C#"]), [2, 1, 2, 0]);
    }

    #[test]
    fn the_example_of_every_kind_is_accepted_and_shown() {
        for kind in crate::kinds::ALL {
            let (keys, value) = kind.example;
            let declaration = format!("kind = \"{}\"\n{keys}", kind.name);
            case(&declaration, [value, value, "", value], ["0", "0", "", "0"]);
        }
    }
}
