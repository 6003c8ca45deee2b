//! Versions.

/// A version, compared part by part.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Version(String);
