//! Settings of git that change bytes, drop files or start programs: the branch holds what
//! `build` writes all the same.

use std::fs;

use crate::desk::Desk;

/// Settings for the whole machine, and files in the checkout.
type Settings = (&'static str, &'static str, &'static [(&'static str, &'static str)]);

const SETTINGS: &[Settings] = &[
    ("line ends for Windows", "[core]\n\tautocrlf = true\n\teol = crlf\n", &[]),
    ("line ends on the way in", "[core]\n\tautocrlf = input\n\tsafecrlf = true\n", &[]),
    (
        "attributes of the checkout",
        "",
        &[(".gitattributes", "* text=auto eol=crlf\n*.txt ident\n")],
    ),
    ("attributes of the machine", "[core]\n\tattributesFile = ~/attributes\n", &[]),
    ("ignored by the checkout", "", &[(".gitignore", "*.html\n*.json\nassets/\napi\n")]),
    ("ignored by the machine", "[core]\n\texcludesFile = ~/ignored\n", &[]),
    (
        "a filter that keeps large files elsewhere",
        "[filter \"lfs\"]\n\tclean = false\n\tsmudge = false\n\tprocess = false\n\trequired = true\n",
        &[(".gitattributes", "*.html filter=lfs\n*.css filter=lfs\n")],
    ),
    (
        "modes",
        "[core]\n\tfileMode = false\n\tsymlinks = false\n\tignoreCase = true\n",
        &[],
    ),
    (
        "encodings",
        "[i18n]\n\tcommitEncoding = latin1\n[core]\n\tprecomposeUnicode = true\n",
        &[],
    ),
    (
        "compression",
        "[core]\n\tcompression = 0\n\tbigFileThreshold = 1k\n[pack]\n\twindow = 0\n",
        &[],
    ),
    (
        "pushing",
        "[push]\n\tdefault = nothing\n\tfollowTags = true\n\trecurseSubmodules = check\n\
         \tpushOption = ci.skip\n\tuseForceIfIncludes = true\n[fetch]\n\tprune = true\n",
        &[],
    ),
    (
        "templates and quoting",
        "[init]\n\ttemplateDir = ~/template\n\tdefaultBranch = trunk\n[core]\n\tquotePath = true\n\
         [log]\n\tshowSignature = true\n[color]\n\tui = always\n[status]\n\trelativePaths = false\n",
        &[],
    ),
];

#[test]
fn the_branch_holds_what_was_built_under_any_settings() {
    for (name, machine, files) in SETTINGS {
        let desk = Desk::new();
        // Line ends, and a name that people ignore.
        desk.write("content/assets/windows.txt", "one\r\ntwo\n$Id$\r\n");
        desk.write("content/assets/x.log", [0, 13, 10, 255, 13]);
        desk.commit("assets");
        for (path, text) in *files {
            desk.write(path, text);
        }
        let settings = fs::read_to_string(desk.path("home/.gitconfig")).unwrap();
        fs::write(desk.path("home/.gitconfig"), format!("{settings}{machine}")).unwrap();
        fs::write(desk.path("home/attributes"), "* text eol=crlf\n").unwrap();
        fs::write(desk.path("home/ignored"), "*\n").unwrap();
        fs::create_dir_all(desk.path("home/template/info")).unwrap();
        fs::write(desk.path("home/template/info/attributes"), "* text eol=crlf\n")
            .unwrap();
        let run = desk.publish(&["--allow-dirty"]);
        assert_eq!(run.status, 0, "{name}: {}{}", run.stdout, run.stderr);
        desk.assert_published(&[]);
        desk.publish(&["--allow-dirty"]).ends(0).says("nothing to publish");
        assert_eq!(desk.log("gh-pages").len(), 1, "{name}");
        desk.assert_clean();
    }
}

#[test]
fn a_repository_whose_ids_are_longer_is_published_alike() {
    let desk = Desk::new();
    fs::remove_dir_all(desk.path("remote.git")).unwrap();
    fs::remove_dir_all(desk.path("book/.git")).unwrap();
    let init = ["init", "-q", "--object-format=sha256", "-b", "main"];
    desk.git(".", &[&init[..], &["--bare", "remote.git"]].concat());
    desk.git(".", &[&init[..], &["book"]].concat());
    desk.git("book", &["remote", "add", "origin", "../remote.git"]);
    desk.commit("book");
    desk.git("book", &["push", "-q", "origin", "main"]);
    desk.publish(&[]).ends(0);
    desk.assert_published(&[]);
    assert_eq!(desk.log("gh-pages")[0].len(), 64);
}
