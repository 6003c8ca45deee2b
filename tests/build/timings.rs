//! `build --timings`: where the time went.

use crate::support::Project;

#[test]
fn timings_name_every_stage_and_the_ten_slowest_files() {
    let book = Project::minimal();
    let run = book.run(&["build", "--timings"]).ends(0);
    let (_, tables) = run.stdout.split_once("\nTime in ms by stage\n").unwrap();
    let (stages, files) = tables.split_once("\nTime in ms to make ").unwrap();
    let names = |table: &str| -> Vec<String> {
        let lines = table.lines().map(|line| line.trim_start().split_once(' ').unwrap());
        lines
            .map(|(time, name)| {
                let digits = time.replace('.', "");
                assert!(digits.bytes().all(|b| b.is_ascii_digit()), "{table}");
                name.to_owned()
            })
            .collect()
    };
    assert_eq!(
        names(stages),
        [
            "source",
            "raw",
            "book",
            "rank",
            "plan",
            "output, looking",
            "render, what files share",
            "render and output, file by file",
            "all"
        ]
    );
    let (_, files) = files.split_once('\n').unwrap();
    let files = names(files);
    assert_eq!((files.len(), files[0].as_str()), (11, "all"));
    for file in &files[1..] {
        assert!(book.path("public").join(file).is_file(), "{file}");
    }
}

#[test]
fn timings_of_a_build_without_changes_stop_at_the_comparison() {
    let book = Project::minimal();
    let _ = book.run(&["build"]).ends(0);
    let run = book.run(&["build", "--timings"]).ends(0).says("output, looking\n");
    assert!(!run.stdout.contains("render"), "{}", run.stdout);
}

#[test]
fn timings_are_printed_only_when_asked_for() {
    let run = Project::minimal().run(&["build"]).ends(0);
    assert!(!run.stdout.contains("Time"), "{}", run.stdout);
}
