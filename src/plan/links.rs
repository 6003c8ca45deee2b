//! Checks that every link has a target.
