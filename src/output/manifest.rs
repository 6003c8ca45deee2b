//! The manifest: what an earlier build wrote, and with it the right to remove it.
//!
//! It is `.fieldguide.json` at the top of every site, one line a file, and the same bytes
//! for the same site. Invariant: whatever it does not list is never touched, and a manifest that
//! lists a path outside its folder is not believed at all.

use std::collections::BTreeSet;
use std::ffi::OsStr;
use std::fmt;

use rustix::fs::FileType;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// The manifest's name at the top of a site.
pub(super) const MANIFEST: &str = ".fieldguide.json";

/// A file at the top that is being written, and renamed when it is whole.
pub(super) const PART: &str = ".fieldguide.part";

const FORMAT: u32 = 1;

/// The files of a site.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Manifest {
    format: u32,
    /// The version of fieldguide that wrote the site.
    pub(super) tool: String,
    /// The fingerprint of the site's input; absent while the site is being written, when files
    /// may be missing or old.
    pub(super) fingerprint: Option<Hex>,
    /// Whether the build had nothing to say of what the site was made from. Another one
    /// would not either, and need not look for it.
    #[serde(default)]
    pub(super) silent: bool,
    /// Sorted by path.
    pub(super) files: Vec<Listed>,
}

/// One file of a site.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Listed {
    /// Relative to the site, with `/`.
    pub(super) path: Box<str>,
    /// Bytes.
    pub(super) size: u64,
    /// Of the bytes. It detects change, not attack.
    pub(super) hash: Hex,
}

/// A number written as 16 hexadecimal digits, as JSON's own numbers end at 2^53.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Hex(pub(super) u64);

impl fmt::Display for Hex {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:016x}", self.0)
    }
}

impl Serialize for Hex {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Hex {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let digits = <&str>::deserialize(deserializer)?;
        u64::from_str_radix(digits, 16).map(Hex).map_err(serde::de::Error::custom)
    }
}

/// The reason why a text is not a manifest that we act on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Unusable {
    /// Not a whole manifest: torn, or something else by the same name.
    Unreadable,
    /// Of a format that this version does not know.
    Format(u32),
    /// Lists a path that no build can have written.
    Forged(String),
}

impl Manifest {
    /// Lists the files of a site that is whole, sorted by path.
    pub(super) fn new(fingerprint: u64, silent: bool, files: Vec<Listed>) -> Self {
        Self { fingerprint: Some(Hex(fingerprint)), silent, ..Self::unfinished(files) }
    }

    /// Lists files of which some may not be there; they are sorted by path.
    pub(super) fn unfinished(files: Vec<Listed>) -> Self {
        let tool = env!("CARGO_PKG_VERSION").to_owned();
        Self { format: FORMAT, tool, fingerprint: None, silent: false, files }
    }

    /// Lists files that are still to be written.
    pub(super) fn planned(paths: &[String]) -> Self {
        let file =
            |path: &String| Listed { path: (**path).into(), size: 0, hash: Hex(0) };
        Self::unfinished(paths.iter().map(file).collect())
    }

    /// This one, and the files of another that this one does not have, unfinished.
    pub(super) fn and(mut self, other: &Self) -> Self {
        let is_new = |file: &&Listed| self.find(&file.path).is_none();
        let mut more: Vec<Listed> = other.files.iter().filter(is_new).cloned().collect();
        self.files.append(&mut more);
        self.files.sort_unstable_by(|a, b| a.path.cmp(&b.path));
        Self::unfinished(self.files)
    }

    /// Reads a manifest, and checks that every path stays inside its site.
    pub(super) fn parse(bytes: &[u8]) -> Result<Self, Unusable> {
        #[derive(Deserialize)]
        struct Head {
            format: u32,
        }
        let manifest: Self = serde_json::from_slice(bytes).map_err(|_| {
            match serde_json::from_slice::<Head>(bytes) {
                Ok(head) if head.format != FORMAT => Unusable::Format(head.format),
                _ => Unusable::Unreadable,
            }
        })?;
        if manifest.format != FORMAT {
            return Err(Unusable::Format(manifest.format));
        }
        if let Some(file) = manifest.files.iter().find(|file| !is_inside(&file.path)) {
            return Err(Unusable::Forged(file.path.to_string()));
        }
        match manifest.files.windows(2).find(|pair| pair[0].path >= pair[1].path) {
            Some(pair) => Err(Unusable::Forged(pair[1].path.to_string())),
            None => Ok(manifest),
        }
    }

    /// Writes it down: one line a file, so that two of them can be compared by eye.
    pub(super) fn to_bytes(&self) -> Vec<u8> {
        let head = format!(
            "{{\"format\":{},\"tool\":{},\"fingerprint\":{},\"silent\":{},\"files\":[",
            self.format,
            json(&self.tool),
            json(&self.fingerprint),
            self.silent,
        );
        let mut out = head.into_bytes();
        for (i, file) in self.files.iter().enumerate() {
            out.extend_from_slice(if i == 0 { b"\n" } else { b",\n" });
            serde_json::to_writer(&mut out, file).expect("a Vec takes all bytes");
        }
        out.extend_from_slice(b"\n]}\n");
        out
    }

    /// The file of a path.
    pub(super) fn find(&self, path: &str) -> Option<&Listed> {
        let at = self.files.binary_search_by(|file| (*file.path).cmp(path)).ok()?;
        Some(&self.files[at])
    }

    /// Whether a file is listed below this folder.
    pub(super) fn has_folder(&self, path: &str) -> bool {
        let inside = format!("{path}/");
        let at = self.files.partition_point(|file| *file.path < *inside);
        self.files.get(at).is_some_and(|file| file.path.starts_with(&inside))
    }

    /// The paths that are listed.
    pub(super) fn paths(&self) -> impl Iterator<Item = &str> {
        self.files.iter().map(|file| &*file.path)
    }
}

fn json(value: &impl Serialize) -> String {
    serde_json::to_string(value).expect("strings and numbers can be written as JSON")
}

/// Whether a path names a file inside a site: no empty, `.` or `..` part, and not one of
/// the names we keep at the top for ourselves.
pub(super) fn is_inside(path: &str) -> bool {
    !path.starts_with(".fieldguide.")
        && !path.contains('\0')
        && path.split('/').all(|part| !matches!(part, "" | "." | ".."))
}

/// The type of a file in a site, by the site's manifest.
pub(super) enum Standing {
    /// The manifest itself.
    Manifest,
    /// A file that is listed.
    File,
    /// A folder that a listed file is in.
    Folder,
    /// Not ours.
    Foreign,
}

impl Standing {
    /// Looks up an entry, by its path in the site, its name on disk and its type.
    pub(super) fn of(
        manifest: &Manifest,
        path: &str,
        name: &OsStr,
        kind: FileType,
    ) -> Self {
        match kind {
            // No manifest lists a name that is not UTF-8, however such a name is shown.
            _ if name.to_str().is_none() => Self::Foreign,
            FileType::RegularFile if path == MANIFEST => Self::Manifest,
            FileType::RegularFile if manifest.find(path).is_some() => Self::File,
            FileType::Directory if manifest.has_folder(path) => Self::Folder,
            _ => Self::Foreign,
        }
    }
}

/// Every folder of these paths, each after the one it stands in.
pub(super) fn folders<'a>(paths: impl Iterator<Item = &'a str>) -> BTreeSet<&'a str> {
    let mut folders = BTreeSet::new();
    for mut path in paths {
        while let Some((folder, _)) = path.rsplit_once('/') {
            if !folders.insert(folder) {
                break;
            }
            path = folder;
        }
    }
    folders
}

#[cfg(test)]
mod tests {
    use super::{Hex, Listed, Manifest, folders, is_inside};

    fn manifest(paths: &[&str]) -> Manifest {
        let file = |path: &&str| Listed { path: (*path).into(), size: 1, hash: Hex(7) };
        Manifest::new(255, true, paths.iter().map(file).collect())
    }

    #[test]
    fn a_manifest_is_one_line_a_file_and_reads_back() {
        let written = manifest(&["a", "b/\"c\""]);
        let bytes = written.to_bytes();
        let text = std::str::from_utf8(&bytes).unwrap();
        assert_eq!(
            text.replace(env!("CARGO_PKG_VERSION"), "V"),
            r#"{"format":1,"tool":"V","fingerprint":"00000000000000ff","silent":true,"files":[
{"path":"a","size":1,"hash":"0000000000000007"},
{"path":"b/\"c\"","size":1,"hash":"0000000000000007"}
]}
"#
        );
        assert_eq!(Manifest::parse(&bytes), Ok(written));
        for end in 0..bytes.len() - 2 {
            assert!(Manifest::parse(&bytes[..end]).is_err());
        }
        let none = manifest(&[]);
        assert_eq!(Manifest::parse(&none.to_bytes()), Ok(none));
    }

    #[test]
    fn a_folder_is_listed_by_the_files_below_it() {
        let listed = manifest(&["a-b", "a.b/c", "a/b/c", "ab"]);
        let found = ["a", "a/b", "a.b", "a-b", "ab", "a/b/c", "", "b", "a/"];
        let found = found.map(|path| listed.has_folder(path));
        assert_eq!(found, [true, true, true, false, false, false, false, false, false]);
        let all: Vec<_> = folders(listed.paths()).into_iter().collect();
        assert_eq!(all, ["a", "a.b", "a/b"]);
    }

    #[test]
    fn two_manifests_join_without_losing_the_first_ones_files() {
        let joined = manifest(&["b", "c"]).and(&manifest(&["a", "c", "d"]));
        assert_eq!(joined.paths().collect::<Vec<_>>(), ["a", "b", "c", "d"]);
        assert_eq!(joined.fingerprint, None);
    }

    #[test]
    fn only_paths_of_real_parts_are_inside() {
        #[track_caller]
        fn case(path: &str, expected: bool) {
            assert_eq!(is_inside(path), expected, "{path}");
        }
        for path in ["a", "a/b", "...", "a/..b", ".nojekyll", "a/.fieldguide.json", "\\"]
        {
            case(path, true);
        }
        for path in ["", "/", "/a", "a/", "a//b", ".", "..", "a/../b", "a/.", "a\0"] {
            case(path, false);
        }
        case(".fieldguide.json", false);
        case(".fieldguide.part", false);
    }
}
