//! Puts the stage in the output's place, and the old site in the stage's.

use rustix::fs::RenameFlags;
use rustix::io::Errno;

use super::place::{OLD, Place, SPARE};
use super::site::read_manifest;
use crate::diag::Diagnostic;

/// The outcome of an exchange.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Exchanged {
    /// The new site is in place.
    Whole,
    /// The output folder cannot be moved: it is a mount point, or of a lower layer.
    Immovable,
}

/// Puts the stage where nothing is yet.
pub(super) fn install(place: &Place) -> Result<(), Diagnostic> {
    let failed = |cause| place.failed("make", &place.shown(), cause);
    place.rename_free(&place.beside(SPARE), &place.name).map_err(failed)
}

/// Exchanges stage and output, in one step where the file system can: then there is no
/// moment without a whole site.
pub(super) fn exchange(place: &Place) -> Result<Exchanged, Diagnostic> {
    let Place { parent, name } = place;
    let stage = place.beside(SPARE);
    match rustix::fs::renameat_with(parent, &stage, parent, name, RenameFlags::EXCHANGE) {
        Ok(()) => Ok(Exchanged::Whole),
        Err(
            Errno::XDEV | Errno::BUSY | Errno::INVAL | Errno::NOSYS | Errno::OPNOTSUPP,
        ) => exchange_in_steps(place),
        Err(cause) => Err(place.failed("replace", &place.shown(), cause)),
    }
}

/// Exchanges stage and output by way of a third name. A build that is killed on the way
/// leaves no output, and the next one [recovers](recover) it.
fn exchange_in_steps(place: &Place) -> Result<Exchanged, Diagnostic> {
    let (stage, old) = (place.beside(SPARE), place.beside(OLD));
    match place.rename_free(&place.name, &old) {
        Ok(()) => {}
        Err(Errno::XDEV | Errno::BUSY) => return Ok(Exchanged::Immovable),
        Err(cause) => return Err(place.failed("make", &place.parent.at(&old), cause)),
    }
    if let Err(cause) = place.rename_free(&stage, &place.name) {
        // If this fails too, the next build does it.
        let _ = place.rename_free(&old, &place.name);
        return Err(place.failed("replace", &place.shown(), cause));
    }
    // The new site is shown. If this fails, the next build does it.
    let _ = place.rename_free(&old, &stage);
    Ok(Exchanged::Whole)
}

/// Ends an exchange in steps that was interrupted: the old site goes back to its place, or,
/// if the new one is there already, to the stage's.
pub(super) fn recover(place: &Place) -> Result<(), Diagnostic> {
    let old = place.beside(OLD);
    let failed = |cause| place.parent.failed("recover", &old, cause);
    // What is not a folder is not ours, and in nobody's way.
    let Ok(Some(folder)) = place.parent.find(&old) else { return Ok(()) };
    match read_manifest(&folder)? {
        Some(Ok(_)) => match place.rename_free(&old, &place.name) {
            Err(Errno::EXIST) => match place.rename_free(&old, &place.beside(SPARE)) {
                Err(Errno::EXIST) => Ok(()),
                done => done.map_err(failed),
            },
            done => done.map_err(failed),
        },
        Some(Err(_)) => Ok(()),
        None => place.parent.remove_empty(&old).map_err(failed),
    }
}
