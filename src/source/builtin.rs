//! The files of the built-in theme, embedded in the binary, as if they stood in the book.
//!
//! A file of the same path in the book wins, so a book's own `themes/default` overrides the
//! built-in theme file by file.

use std::sync::Arc;

use super::sources::{Asset, Sources};

/// Path and text of every file of the built-in theme, from the build script.
pub(super) const FILES: &[(&str, &str)] =
    include!(concat!(env!("OUT_DIR"), "/theme_files.rs"));

/// Adds the built-in files that the book does not have itself; one that it has word for word
/// is the same as none.
pub(super) fn add(sources: &mut Sources) {
    for (path, text) in FILES {
        if path.starts_with("themes/default/assets/") {
            sources
                .assets
                .retain(|asset| asset.path != *path || *asset.bytes != *text.as_bytes());
            if !sources.assets.iter().any(|asset| asset.path == *path) {
                let bytes = if path.ends_with(".js") {
                    Arc::from(lean(text).as_bytes())
                } else {
                    Arc::from(text.as_bytes())
                };
                let path = (*path).to_owned();
                sources.assets.push(Asset { path, bytes, rest: None });
            }
        } else if sources.find(path).is_none() {
            sources.add((*path).to_owned(), *text);
        }
    }
}

/// A script as readers fetch it: without indentation and without comments that start a line.
/// It knows little of the language, so that it is for scripts that keep the law of the test
/// below, and never for those of a book.
fn lean(script: &str) -> String {
    let mut lean = String::with_capacity(script.len());
    let mut is_comment = false;
    for mut line in script.lines().map(str::trim_start) {
        while is_comment || line.starts_with("/*") {
            let end = line.find("*/");
            is_comment = end.is_none();
            line = end.map_or("", |end| line[end + 2..].trim_start());
            if is_comment {
                break;
            }
        }
        if !line.starts_with("//") && !line.is_empty() {
            lean.push_str(line);
            lean.push('\n');
        }
    }
    lean
}

#[cfg(test)]
mod tests {
    use super::{FILES, lean};

    #[test]
    fn scripts_lose_indentation_and_comments_that_start_a_line() {
        #[track_caller]
        fn case(script: &str, expected: &str) {
            assert_eq!(lean(script), expected);
        }
        case(
            "// a\nlet b = 1; // c\n\n  b += \"/*\";\n",
            "let b = 1; // c\nb += \"/*\";\n",
        );
        case("/**\n * a\n * // b\n */\nc();\n", "c();\n");
        case("  /** a */ b(/** c */ d);\n/* e */ // f\n", "b(/** c */ d);\n");
    }

    #[test]
    fn no_text_of_a_script_goes_over_lines() {
        for (path, script) in FILES.iter().filter(|(path, _)| path.ends_with(".js")) {
            let code = lean(script);
            let torn = code.lines().find(|line| line.matches('`').count() % 2 == 1);
            assert_eq!(torn, None, "{path}");
        }
    }
}
