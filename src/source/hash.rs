//! Hashes of several pieces.

use rapidhash::v3::rapidhash_v3;

/// A hash of a hash and more bytes; where one ends and the next begins makes a difference.
pub fn combine_hash(hash: u64, bytes: &[u8]) -> u64 {
    let parts = [hash.to_le_bytes(), rapidhash_v3(bytes).to_le_bytes()];
    rapidhash_v3(parts.as_flattened())
}
