//! Output on a real disk: what is written, what is refused, what is left as it
//! was. What needs a faulty disk or a mount is in `faults.sh`.

#![expect(clippy::disallowed_methods, reason = "tests set up and look at folders")]
#![expect(clippy::unwrap_used, reason = "in tests, a panic is the report")]

mod interrupted;
mod refused;

use std::collections::BTreeMap;
use std::fs;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};

use fieldguide::diag::{Code, Diagnostic, Diagnostics};
use fieldguide::output::{self, Changes, Destination, Job, Options};
use rustix::fs::{AtFlags, CWD, Mode};
use tempfile::TempDir;

const MANIFEST: &str = ".fieldguide.json";
const ONE: &[(&str, &str)] =
    &[("a/index.html", "a1"), ("a/old.html", "old"), ("b.html", "b"), ("c/d/e.css", "e")];
const TWO: &[(&str, &str)] =
    &[("a/index.html", "a2"), ("b.html", "b"), ("c/d/e.css", "e"), ("new/f.js", "f")];

/// A folder with a book in `book`, and an output that does not exist yet beside it.
struct Disk {
    root: TempDir,
}

impl Disk {
    fn new() -> Self {
        let root = tempfile::tempdir().unwrap();
        for folder in ["book/content/goals", "book/themes/own"] {
            fs::create_dir_all(root.path().join(folder)).unwrap();
        }
        fs::write(root.path().join("book/book.toml"), "title").unwrap();
        Self { root }
    }

    /// One with a site that was built twice, so that there is a spare tree as well.
    fn built() -> Self {
        let disk = Self::new();
        disk.build(TWO).unwrap();
        disk.build(ONE).unwrap();
        disk
    }

    fn at(&self, path: &str) -> PathBuf {
        self.root.path().join(path)
    }

    fn write(&self, path: &str, text: &str) {
        fs::create_dir_all(self.at(path).parent().unwrap()).unwrap();
        fs::write(self.at(path), text).unwrap();
    }

    fn open(&self, out: &Path, fingerprint: u64) -> Result<Destination, Vec<Diagnostic>> {
        let mut diags = Diagnostics::new();
        let book = self.at("book");
        output::open(&Options { out, book: &book, fingerprint }, &mut diags)
            .ok_or_else(|| diags.iter().cloned().collect())
    }

    fn build(&self, files: &[(&str, &str)]) -> Result<Changes, Vec<Diagnostic>> {
        self.open(&self.at("public"), sum(files)).and_then(|out| write(out, files))
    }

    /// Every entry below the root, with its contents, inode and times.
    fn snapshot(&self) -> BTreeMap<PathBuf, (Vec<u8>, [i64; 4])> {
        let entries = walkdir::WalkDir::new(self.root.path()).min_depth(1);
        entries
            .into_iter()
            .map(|entry| entry.unwrap().into_path())
            .map(described)
            .collect()
    }

    /// The contents of a site, without its manifest.
    fn site(&self, out: &str) -> BTreeMap<String, String> {
        let out = self.at(out);
        let entries = walkdir::WalkDir::new(&out).into_iter().map(Result::unwrap);
        let files = entries.filter(|entry| entry.file_type().is_file());
        files
            .map(|entry| {
                let path = entry.path().strip_prefix(&out).unwrap().to_str().unwrap();
                (path.to_owned(), fs::read_to_string(entry.path()).unwrap())
            })
            .filter(|(path, _)| path != MANIFEST)
            .collect()
    }

    /// The names in the root, but for the book's.
    fn names(&self) -> Vec<String> {
        let entries = fs::read_dir(self.root.path()).unwrap();
        let names =
            entries.map(|entry| entry.unwrap().file_name().into_string().unwrap());
        let mut names: Vec<_> = names.filter(|name| name != "book").collect();
        names.sort();
        names
    }

    fn inode(&self, path: &str) -> u64 {
        fs::metadata(self.at(path)).unwrap().ino()
    }

    #[track_caller]
    fn expect_site(&self, files: &[(&str, &str)]) {
        assert_eq!(self.site("public"), owned(files));
    }

    /// Builds into a folder that must be refused, and must stay as it is.
    #[track_caller]
    fn expect_refusal(&self, out: &str, message: &str) {
        let before = self.snapshot();
        let out = self.root.path().join(out);
        let refused = self.open(&out, 1).and_then(|out| write(out, ONE)).unwrap_err();
        assert_eq!(refused.len(), 1, "{refused:?}");
        assert_eq!(refused[0].code, Code::OutputRefused, "{refused:?}");
        assert!(refused[0].message.contains(message), "{}", refused[0].message);
        assert!((1..=2).contains(&refused[0].hints.len()), "{refused:?}");
        let mut after = self.snapshot();
        // The lock came and went, which shows in the times of the folder it was in.
        for (path, (_, times)) in &before {
            if path.is_dir() && !path.is_symlink() {
                after.get_mut(path).unwrap().1 = *times;
            }
        }
        assert_eq!(before, after);
    }
}

fn described(path: PathBuf) -> (PathBuf, (Vec<u8>, [i64; 4])) {
    let meta = path.symlink_metadata().unwrap();
    let inode = i64::try_from(meta.ino()).unwrap();
    let times = [inode, meta.mtime_nsec(), meta.ctime(), meta.ctime_nsec()];
    let bytes = if meta.is_file() { fs::read(&path).unwrap() } else { Vec::new() };
    (path, (bytes, times))
}

fn owned(files: &[(&str, &str)]) -> BTreeMap<String, String> {
    files.iter().map(|(path, text)| ((*path).to_owned(), (*text).to_owned())).collect()
}

fn sum(files: &[(&str, &str)]) -> u64 {
    let bytes: Vec<u8> =
        files.iter().flat_map(|(p, t)| [*p, *t]).flat_map(str::bytes).collect();
    rapidhash::v3::rapidhash_v3(&bytes)
}

/// Writes files; those whose text starts with `!` fail, with the rest as the message. The
/// path of those in `settled/` stands for their bytes.
fn write(out: Destination, files: &[(&str, &str)]) -> Result<Changes, Vec<Diagnostic>> {
    write_after(out, files, None)
}

/// The same, where something was found before.
fn write_after(
    out: Destination,
    files: &[(&str, &str)],
    found: Option<Diagnostic>,
) -> Result<Changes, Vec<Diagnostic>> {
    let paths: Vec<String> = files.iter().map(|(path, _)| (*path).to_owned()).collect();
    let produce = |i: usize, bytes: &mut Vec<u8>| match files[i].1.strip_prefix('!') {
        Some(message) => Err(vec![Diagnostic::placeless(Code::Template, message)]),
        None => {
            bytes.extend_from_slice(files[i].1.as_bytes());
            Ok(())
        }
    };
    let mut diags = Diagnostics::new();
    diags.extend(found);
    let job = Job {
        paths: &paths,
        render_file: &produce,
        is_content_addressed: &|i| paths[i].starts_with("settled/"),
        progress: &|| {},
    };
    let changes = out.write(&job, &mut diags);
    let found: Vec<_> = diags.iter().cloned().collect();
    assert_eq!(changes.is_none(), diags.has_errors());
    changes.ok_or(found)
}

#[test]
fn a_first_build_writes_every_file_and_nothing_beside_it() {
    let disk = Disk::new();
    let changes = disk.build(ONE).unwrap();
    assert_eq!((changes.added.len(), changes.written(), changes.kept), (4, 4, 0));
    assert_eq!(changes.bytes, 7);
    disk.expect_site(ONE);
    assert_eq!(disk.names(), ["public"]);
    let mode = |path| fs::metadata(disk.at(path)).unwrap().mode() & 0o777;
    assert_eq!([mode("public"), mode("public/c/d")], [0o755; 2]);
    assert_eq!([mode("public/b.html"), mode("public/.fieldguide.json")], [0o644; 2]);
}

#[test]
fn parents_of_the_output_are_made() {
    let disk = Disk::new();
    write(disk.open(&disk.at("x/y/site"), 1).unwrap(), ONE).unwrap();
    assert_eq!(disk.site("x/y/site"), owned(ONE));
}

#[test]
fn a_build_without_changes_touches_nothing() {
    let disk = Disk::built();
    let before = disk.snapshot();
    assert!(disk.open(&disk.at("public"), sum(ONE)).unwrap().is_current());
    let kept = disk.build(ONE).unwrap();
    assert_eq!((kept.written(), kept.removed.len(), kept.kept), (0, 0, 4));
    // Nor does one from other inputs that give the same files.
    let other = disk.open(&disk.at("public"), 5).unwrap();
    assert!(!other.is_current());
    assert_eq!(write(other, ONE).unwrap(), kept);
    let mut after = disk.snapshot();
    // The root itself is not in the snapshot; the lock was in it for a while.
    assert_eq!(after.len(), before.len());
    after.retain(|path, entry| before[path] != *entry);
    assert!(after.is_empty(), "{after:?}");
}

#[test]
fn a_build_with_changes_links_what_did_not_change() {
    let disk = Disk::new();
    disk.build(ONE).unwrap();
    let (b, e) = (disk.inode("public/b.html"), disk.inode("public/c/d/e.css"));
    let changes = disk.build(TWO).unwrap();
    assert_eq!(changes.added, ["new/f.js"]);
    assert_eq!(changes.changed, ["a/index.html"]);
    assert_eq!(changes.removed, ["a/old.html"]);
    assert_eq!((changes.written(), changes.kept), (2, 2));
    disk.expect_site(TWO);
    assert_eq!((disk.inode("public/b.html"), disk.inode("public/c/d/e.css")), (b, e));
    assert_eq!(disk.names(), [".public.spare", "public"]);
    assert_eq!(disk.site(".public.spare"), owned(ONE));
}

#[test]
fn a_build_may_only_remove() {
    let disk = Disk::built();
    let changes = disk.build(&ONE[1..]).unwrap();
    assert_eq!((changes.removed.len(), changes.written(), changes.kept), (1, 0, 3));
    disk.expect_site(&ONE[1..]);
    disk.build(&[]).unwrap();
    disk.expect_site(&[]);
}

#[test]
fn the_site_before_last_is_used_again() {
    let disk = Disk::new();
    disk.build(ONE).unwrap();
    let folder = disk.inode("public/c/d");
    disk.build(TWO).unwrap();
    assert_ne!(disk.inode("public/c/d"), folder);
    let changes = disk.build(ONE).unwrap();
    assert_eq!(changes.added, ["a/old.html"]);
    assert_eq!(changes.removed, ["new/f.js"]);
    disk.expect_site(ONE);
    assert_eq!(disk.inode("public/c/d"), folder);
    assert_eq!(disk.names(), [".public.spare", "public"]);
}

#[test]
fn files_and_folders_may_take_each_others_names() {
    let disk = Disk::new();
    let sites: [&[(&str, &str)]; 2] = [
        &[("a", "1"), ("b/c/d", "1"), ("e", "1")],
        &[("a/x/y", "2"), ("b", "2"), ("e", "1")],
    ];
    for files in sites.into_iter().cycle().take(5) {
        disk.build(files).unwrap();
        disk.expect_site(files);
    }
}

#[test]
fn a_file_that_was_changed_by_hand_is_written_again() {
    #[track_caller]
    fn case(change: fn(&Path)) {
        let disk = Disk::built();
        change(&disk.at("public/b.html"));
        let out = disk.open(&disk.at("public"), sum(ONE)).unwrap();
        assert!(!out.is_current());
        let changes = write(out, ONE).unwrap();
        assert_eq!((changes.written(), changes.kept), (1, 3));
        disk.expect_site(ONE);
        assert_eq!(fs::metadata(disk.at("public/b.html")).unwrap().mode() & 0o777, 0o644);
    }
    case(|path| fs::write(path, "longer").unwrap());
    case(|path| fs::remove_file(path).unwrap());
    case(|path| rustix::fs::chmodat(CWD, path, Mode::RUSR, AtFlags::empty()).unwrap());
    // Of the same size: by its time alone, and with its old time.
    case(|path| fs::write(path, "B").unwrap());
    case(|path| {
        let written = fs::metadata(path).unwrap().modified().unwrap();
        fs::write(path, "B").unwrap();
        fs::File::open(path).unwrap().set_modified(written).unwrap();
    });
    case(|path| {
        let other = path.with_file_name("other");
        fs::write(&other, "B").unwrap();
        fs::rename(other, path).unwrap();
    });
}

#[test]
fn a_site_that_was_copied_is_still_the_site() {
    let disk = Disk::built();
    fs::rename(disk.at("public"), disk.at("moved")).unwrap();
    for path in disk.site("moved").into_keys().chain([MANIFEST.to_owned()]) {
        let to = disk.at("public").join(&path);
        fs::create_dir_all(to.parent().unwrap()).unwrap();
        fs::copy(disk.at("moved").join(path), to).unwrap();
    }
    // The manifest's time is before that of the files below, which are read.
    fs::copy(disk.at("moved/b.html"), disk.at("public/b.html")).unwrap();
    assert!(disk.open(&disk.at("public"), sum(ONE)).unwrap().is_current());
}

#[test]
fn only_a_site_of_a_build_without_findings_stands() {
    let disk = Disk::new();
    let (out, book) = (disk.at("public"), disk.at("book"));
    let stands = |fingerprint| {
        let options = Options { out: &out, book: &book, fingerprint };
        output::is_up_to_date(&options)
    };
    assert!(!stands(sum(ONE)) && !out.exists());
    disk.build(ONE).unwrap();
    let before = disk.snapshot();
    assert!(stands(sum(ONE)) && !stands(sum(TWO)));
    assert_eq!(disk.snapshot(), before);
    disk.write("public/foreign.txt", "");
    assert!(!stands(sum(ONE)));
    fs::remove_file(disk.at("public/foreign.txt")).unwrap();
    // What a killed build left is cleared up by a build that takes the folder.
    for left in [".public.lock", ".public.old", "public/.fieldguide.part"] {
        assert!(stands(sum(ONE)));
        disk.write(left, "");
        assert!(!stands(sum(ONE)), "{left}");
        fs::remove_file(disk.at(left)).unwrap();
    }
    assert!(stands(sum(ONE)));
    disk.write("public/b.html", "B");
    assert!(!stands(sum(ONE)));
    let found = Diagnostic::placeless(Code::StaleFact, "a finding");
    let opened = disk.open(&out, sum(ONE)).unwrap();
    write_after(opened, ONE, Some(found)).unwrap();
    disk.expect_site(ONE);
    assert!(!stands(sum(ONE)));
}

#[test]
fn the_manifest_is_the_same_for_the_same_site_on_any_number_of_threads() {
    let files: Vec<(String, String)> =
        (0..300).map(|i| (format!("{:03}/p{}.html", i / 7, i), i.to_string())).collect();
    let mut files: Vec<_> = files.iter().map(|(p, t)| (&**p, &**t)).collect();
    files.sort();
    let manifests = [1, 2, 8].map(|threads| {
        let disk = Disk::new();
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        pool.install(|| disk.build(TWO).unwrap());
        pool.install(|| disk.build(&files).unwrap());
        disk.expect_site(&files);
        fs::read_to_string(disk.at("public/.fieldguide.json")).unwrap()
    });
    assert_eq!(manifests[0], manifests[1]);
    assert_eq!(manifests[0], manifests[2]);
}

#[test]
fn every_file_that_cannot_be_produced_is_reported_and_nothing_is_shown() {
    // Without the inodes' own time: files are shared with the stage, and know how often.
    let shown = |disk: &Disk| {
        let mut entries = disk.snapshot();
        entries.retain(|path, _| path.starts_with(disk.at("public")));
        entries.into_values().map(|(bytes, times)| (bytes, times[1])).collect::<Vec<_>>()
    };
    for disk in [Disk::new(), Disk::built()] {
        let before = (shown(&disk), disk.names());
        let mut files =
            vec![("b.html", "changed"), ("x.html", "!first"), ("y.html", "!second")];
        let found = disk.build(&files).unwrap_err();
        let messages: Vec<_> = found.iter().map(|d| &*d.message).collect();
        assert_eq!(messages, ["first", "second"]);
        assert_eq!((shown(&disk), disk.names()), before);
        files.truncate(1);
        disk.build(&files).unwrap();
        disk.expect_site(&files);
    }
}

#[test]
fn a_file_whose_path_stands_for_its_bytes_is_not_made_again() {
    let disk = Disk::new();
    disk.build(&[("a", "1"), ("settled/x", "drawn")]).unwrap();
    // It would fail if it were made.
    let changes = disk.build(&[("a", "2"), ("settled/x", "!made")]).unwrap();
    assert_eq!((changes.changed, changes.kept), (vec!["a".to_owned()], 1));
    disk.expect_site(&[("a", "2"), ("settled/x", "drawn")]);
    // What was changed by hand is made again.
    disk.write("public/settled/x", "other");
    assert!(disk.build(&[("a", "3"), ("settled/x", "!made")]).is_err());
    let changes = disk.build(&[("a", "3"), ("settled/x", "drawn")]).unwrap();
    assert_eq!(changes.changed, ["a", "settled/x"]);
}
