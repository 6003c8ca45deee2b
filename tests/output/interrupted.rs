//! Builds that meet others, or what others left: two at once, and after one that was killed.

use std::fs;

use fieldguide::diag::Code;

use super::{Disk, MANIFEST, ONE, TWO, owned, sum, write};

#[test]
fn two_builds_do_not_write_to_one_folder() {
    let disk = Disk::built();
    let first = disk.open(&disk.at("public"), 1).unwrap();
    let found = disk.build(TWO).unwrap_err();
    assert_eq!(found[0].code, Code::OutputLocked);
    assert!(found[0].message.starts_with("another build is writing to `"));
    write(first, TWO).unwrap();
    disk.build(ONE).unwrap();
    disk.expect_site(ONE);
    // A build that was killed leaves the file, but not the lock.
    disk.write(".public.lock", "");
    disk.build(TWO).unwrap();
    assert_eq!(disk.names(), [".public.spare", "public"]);
}

#[test]
fn one_of_many_builds_at_once_has_the_lock_at_any_time() {
    let disk = Disk::built();
    std::thread::scope(|scope| {
        for site in [ONE, TWO].repeat(4) {
            let disk = &disk;
            scope.spawn(move || {
                for _ in 0..100 {
                    match disk.build(site) {
                        Ok(_) => {}
                        Err(found) => assert_eq!(found[0].code, Code::OutputLocked),
                    }
                }
            });
        }
    });
    let shown = disk.site("public");
    assert!(shown == owned(ONE) || shown == owned(TWO));
    assert_eq!(disk.names(), [".public.spare", "public"]);
}

/// What a build that was killed may leave, and that the next one gets on with it.
#[test]
fn what_a_killed_build_left_is_used_or_removed() {
    #[track_caller]
    fn case(kill: impl Fn(&Disk)) {
        let disk = Disk::built();
        kill(&disk);
        disk.open(&disk.at("public"), 1).unwrap();
        disk.expect_site(ONE);
        disk.build(TWO).unwrap();
        disk.expect_site(TWO);
        disk.build(ONE).unwrap();
        disk.expect_site(ONE);
        assert_eq!(disk.names(), [".public.spare", "public"]);
    }
    let remove_spare =
        |disk: &Disk| fs::remove_dir_all(disk.at(".public.spare")).unwrap();
    case(|_| {});
    // Before the stage had anything in it, and before its first manifest was in place.
    case(|disk| {
        remove_spare(disk);
        fs::create_dir(disk.at(".public.spare")).unwrap();
    });
    case(|disk| {
        remove_spare(disk);
        disk.write(".public.spare/.fieldguide.part", "{\"form");
    });
    // While it was filled: listed files may be absent, empty, or half written.
    case(|disk| {
        fs::remove_file(disk.at(".public.spare/a/index.html")).unwrap();
        fs::remove_dir_all(disk.at(".public.spare/c")).unwrap();
        fs::remove_file(disk.at(".public.spare/new/f.js")).unwrap();
        disk.write(".public.spare/new/f.js", "half");
        disk.write(".public.spare/.fieldguide.part", "{\"form");
    });
    // Between the steps of an exchange in steps.
    case(|disk| fs::rename(disk.at("public"), disk.at(".public.old")).unwrap());
    case(|disk| fs::rename(disk.at(".public.spare"), disk.at(".public.old")).unwrap());
    case(|disk| fs::create_dir(disk.at(".public.old")).unwrap());
    // While files were replaced one by one.
    case(|disk| disk.write("public/.fieldguide.part", "half"));
    case(|disk| disk.write(".public.lock", ""));
}

/// The manifest of a stage lists what may be there, and so a name as file and as folder.
#[test]
fn a_stage_may_list_a_name_as_a_file_and_as_a_folder() {
    #[track_caller]
    fn case(begin: impl Fn(&Disk), files: &[(&str, &str)]) {
        let disk = Disk::built();
        fs::remove_dir_all(disk.at(".public.spare")).unwrap();
        let file = |path| format!(r#"{{"path":"{path}","size":0,"hash":"0"}}"#);
        let files_listed = [file("a"), file("a/x"), file("b")].join(",");
        let head = r#"{"format":1,"tool":"0","fingerprint":null,"files":"#;
        let manifest = format!("{head}[{files_listed}]}}");
        disk.write(".public.spare/.fieldguide.json", &manifest);
        begin(&disk);
        disk.build(files).unwrap();
        disk.expect_site(files);
        assert_eq!(disk.names(), [".public.spare", "public"]);
    }
    for files in [[("a", "new"), ("b", "b")], [("a/x", "new"), ("b", "b")]] {
        case(|_| {}, &files);
        case(|disk| disk.write(".public.spare/a", "half"), &files);
        case(|disk| disk.write(".public.spare/a/x", "half"), &files);
        case(|disk| fs::create_dir(disk.at(".public.spare/a")).unwrap(), &files);
    }
}

#[test]
fn a_site_that_is_marked_as_unfinished_is_finished() {
    let disk = Disk::built();
    let manifest = disk.at("public").join(MANIFEST);
    let text = fs::read_to_string(&manifest).unwrap();
    let fingerprint = format!("\"{:016x}\"", sum(ONE));
    fs::write(&manifest, text.replace(&fingerprint, "null")).unwrap();
    assert!(!disk.open(&disk.at("public"), sum(ONE)).unwrap().is_current());
    let changes = disk.build(ONE).unwrap();
    assert_eq!((changes.written(), changes.kept), (0, 4));
    assert_eq!(fs::read_to_string(&manifest).unwrap(), text);
}

#[test]
fn an_empty_folder_is_taken() {
    let disk = Disk::new();
    fs::create_dir(disk.at("public")).unwrap();
    disk.build(ONE).unwrap();
    disk.expect_site(ONE);
    disk.build(TWO).unwrap();
    disk.expect_site(TWO);
}

#[test]
fn a_spare_tree_outlives_its_site() {
    let disk = Disk::built();
    fs::remove_dir_all(disk.at("public")).unwrap();
    let changes = disk.build(ONE).unwrap();
    assert_eq!(changes.added.len(), 4);
    disk.expect_site(ONE);
    assert_eq!(disk.names(), ["public"]);
}
