//! Stamps of files, which detect changes without reading.

use std::fs::Metadata;
use std::os::unix::fs::MetadataExt;

use super::hash::combine_hash;

/// The stamp of a file, which detects a change. Times are compared, never ordered: an older
/// file may take a newer one's place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct FileStamp {
    /// Device and inode.
    pub(super) identity: (u64, u64),
    mode: u32,
    /// Size, and the times of the last changes of bytes and of the inode; not of folders,
    /// whose times change with every hidden file.
    pub(super) state: Option<(u64, [i64; 4])>,
}

impl FileStamp {
    /// The stamp of a file with this metadata.
    pub(super) fn of(meta: &Metadata) -> Self {
        let times = || [meta.mtime(), meta.mtime_nsec(), meta.ctime(), meta.ctime_nsec()];
        Self {
            identity: (meta.dev(), meta.ino()),
            mode: meta.mode(),
            state: (!meta.is_dir()).then(|| (meta.size(), times())),
        }
    }

    /// The stamp as a number.
    pub(super) fn hash(self) -> u64 {
        let (size, times) = self.state.unwrap_or_default();
        let parts = [self.identity.0, self.identity.1, size];
        let parts = parts.into_iter().chain(times.map(i64::cast_unsigned));
        parts.fold(0, |hash, part| combine_hash(hash, &part.to_le_bytes()))
    }
}
