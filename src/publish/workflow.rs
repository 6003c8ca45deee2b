//! The workflow that publishes a book from GitHub's own machines. Pure.

/// Its path in a repository.
pub const WORKFLOW: &str = ".github/workflows/pages.yml";

const PAGES: &str = include_str!("workflow/pages.yml");
/// The step that installs fieldguide: the version that wrote the workflow.
const INSTALLED: &str = include_str!("workflow/installed.yml");
/// The same step in fieldguide's own repository.
const OWN: &str = include_str!("workflow/own.yml");

/// The text of the workflow, for a book in a folder of its repository (empty, or with `/` at
/// its end), on the branch that is published; `is_own` in fieldguide's own repository.
///
/// # Errors
/// The folder or the branch cannot stand in it: what is wrong.
pub fn workflow(folder: &str, branch: &str, is_own: bool) -> Result<String, String> {
    let is_plain = |text: &str| {
        text.chars().all(|c| c.is_ascii_alphanumeric() || "-_./".contains(c))
    };
    for (what, text) in [("folder", folder), ("branch", branch)] {
        if !is_plain(text) || text.starts_with('-') {
            return Err(format!("the {what} `{text}` cannot stand in a workflow"));
        }
    }
    let tool = if is_own { OWN } else { INSTALLED };
    let root = match folder.trim_end_matches('/') {
        "" => String::new(),
        folder => format!(" --root {folder}"),
    };
    Ok(PAGES
        .replace("TOOL\n", tool)
        .replace("VERSION", env!("CARGO_PKG_VERSION"))
        .replace("BRANCH", branch)
        .replace("ROOT", &root)
        .replace("FOLDER", folder))
}

#[cfg(test)]
mod tests {
    use super::workflow;

    #[test]
    fn nothing_is_left_to_fill_in() {
        for (folder, is_own) in [("", false), ("", true), ("docs/guide/", false)] {
            let text = workflow(folder, "main", is_own).unwrap();
            for word in ["TOOL", "VERSION", "BRANCH", "ROOT", "FOLDER"] {
                assert!(!text.contains(word), "{word}: {text}");
            }
            assert!(text.contains("branches: [\"main\"]"), "{text}");
            assert_eq!(text.contains("cargo install"), !is_own);
        }
        let text = workflow("docs/guide/", "main", false).unwrap();
        assert!(
            text.contains("check --strict --format github --root docs/guide\n"),
            "{text}"
        );
        assert!(text.contains("path: docs/guide/public\n"), "{text}");
    }

    #[test]
    fn actions_are_pinned_and_rights_are_few() {
        for is_own in [false, true] {
            let text = workflow("", "main", is_own).unwrap();
            let uses: Vec<&str> = text
                .lines()
                .filter_map(|line| Some(line.split_once("uses: ")?.1))
                .collect();
            assert_eq!(uses.len(), 5, "{uses:?}");
            for action in uses {
                let (_, pin) = action.split_once('@').unwrap();
                let (commit, version) = pin.split_once(" # v").unwrap();
                let digits = commit.bytes().filter(u8::is_ascii_hexdigit).count();
                assert_eq!((commit.len(), digits), (40, 40), "{action}");
                assert_eq!(version.split('.').count(), 3, "{action}");
            }
            assert!(text.contains("permissions: {}\n"));
            assert_eq!(text.matches(": write").count(), 2, "{text}");
            // What the machine is told by others reaches no command line.
            for line in text.lines().filter(|line| line.contains("run: ")) {
                assert!(!line.contains("${{"), "{line}");
            }
        }
    }

    #[test]
    fn names_that_could_break_out_are_refused() {
        for (folder, branch) in
            [("a b/", "main"), ("", "x\"]"), ("", "$(x)"), ("-x/", "m")]
        {
            assert!(workflow(folder, branch, false).is_err());
        }
    }
}
