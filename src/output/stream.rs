//! Files in order, one after the other: for whatever takes a site as a stream.

use std::io;

use rayon::prelude::*;

use super::job::Job;
use crate::diag::Diagnostic;

/// Files that are produced at once, and held.
const BATCH: usize = 64;

/// Takes a file's path and bytes.
pub type Sink<'a> = dyn FnMut(&str, &[u8]) -> io::Result<()> + 'a;

/// The reason why a stream ended before all files were in it.
#[derive(Debug)]
pub enum Unfinished {
    /// Errors of files; all were produced to find them.
    Content(Vec<Diagnostic>),
    /// The error of the writer.
    Sink(io::Error),
}

/// Produces every file, on all threads, and hands them over in order.
///
/// # Errors
/// The error that keeps the stream from being complete.
pub fn stream(job: &Job, sink: &mut Sink) -> Result<(), Unfinished> {
    let indices: Vec<usize> = (0..job.paths.len()).collect();
    let mut mistakes = Vec::new();
    for batch in indices.chunks(BATCH) {
        let files = batch.par_iter().map(|index| {
            let mut bytes = Vec::new();
            let made = (job.render_file)(*index, &mut bytes);
            (job.progress)();
            made.map(|()| bytes)
        });
        let files: Vec<_> = files.collect();
        for (index, file) in batch.iter().zip(files) {
            match file {
                Ok(bytes) if mistakes.is_empty() => {
                    sink(&job.paths[*index], &bytes).map_err(Unfinished::Sink)?;
                }
                Ok(_) => {}
                Err(found) => mistakes.extend(found),
            }
        }
    }
    if mistakes.is_empty() { Ok(()) } else { Err(Unfinished::Content(mistakes)) }
}
