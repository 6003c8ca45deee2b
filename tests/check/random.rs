//! Books with random mistakes.
