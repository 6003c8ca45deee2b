//! Runs git: the only place that starts it, and what it may see and do.
//!
//! It is found on `PATH`, as an absolute path that does not lead into the working directory
//! or the book, so that no file of a book can be taken for it. No `GIT_*` variable reaches it but those
//! set here, no hook runs, no transport but those that git itself brings, its input is
//! closed unless it is fed, and one that says nothing for too long is ended.

use std::ffi::{OsStr, OsString};
use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::time::{Duration, Instant};

use rustix::fs::Access;

use crate::diag::{Code, Diagnostic};

/// The interval at which a waiting run checks whether to end.
const POLL_INTERVAL: Duration = Duration::from_millis(50);

/// The longest wait for output after the end of a run.
const OUTPUT_GRACE: Duration = Duration::from_secs(2);

/// The longest that git may be allowed to say nothing, in seconds.
pub const MAX_TIMEOUT: u64 = 3600;

/// The hint for a temporary folder that is full.
pub(super) const DISK_FULL_HINT: &str =
    "make room for temporary files, or set `TMPDIR` to where there is some";

/// Settings of every run, whatever the author's own settings are.
const ALWAYS: &[&str] = &[
    "protocol.ext.allow=never",
    "core.hooksPath=/dev/null",
    "core.fsmonitor=false",
    "gc.auto=0",
    "maintenance.auto=false",
    // What is fetched stays in one file.
    "fetch.unpackLimit=1",
];

/// Options for finding and running git.
#[derive(Debug, Clone)]
pub struct GitOptions {
    /// The folders of programs: the variable `PATH`.
    pub path: OsString,
    /// Whether a person is there to be asked for a password.
    pub may_ask: bool,
    /// The longest silence of git before it is ended.
    pub timeout: Duration,
    /// Not zero when the user or the system wants the run to end.
    pub ended: Arc<AtomicUsize>,
}

/// A git that was found.
#[derive(Debug)]
pub struct Git {
    program: PathBuf,
    /// `PATH` as git sees it: absolute folders outside of the book.
    path: OsString,
    options: GitOptions,
}

/// The result of a run of git.
#[derive(Debug)]
pub(super) struct Output {
    /// Its exit code; none if a signal ended it.
    pub(super) status: Option<i32>,
    /// Its standard output.
    pub(super) stdout: Vec<u8>,
    /// Its standard error: messages and progress.
    stderr: Vec<u8>,
}

/// One run of git.
pub(super) struct Call<'a> {
    /// The folder in which it runs.
    pub(super) folder: &'a Path,
    /// Variables that it sees beside the user's.
    pub(super) variables: &'a [(String, OsString)],
    /// Its arguments.
    pub(super) arguments: &'a [&'a OsStr],
}

/// Writes what a run of git reads.
pub(super) type Feed<'a> = dyn FnOnce(&mut dyn Write) -> std::io::Result<()> + Send + 'a;

impl Git {
    /// Finds git.
    pub(super) fn find(options: GitOptions, book: &Path) -> Result<Self, Diagnostic> {
        let here = std::env::current_dir().and_then(|here| here.canonicalize()).ok();
        let is_safe = |folder: &PathBuf| {
            folder.is_absolute()
                && folder.canonicalize().is_ok_and(|real| {
                    Some(&real) != here.as_ref() && !real.starts_with(book)
                })
        };
        let folders: Vec<PathBuf> =
            std::env::split_paths(&options.path).filter(is_safe).collect();
        let program = folders.iter().map(|folder| folder.join("git")).find(|program| {
            program.is_file() && rustix::fs::access(program, Access::EXEC_OK).is_ok()
        });
        let Some(program) = program else {
            return Err(Diagnostic::placeless(Code::Git, "git is not on the `PATH`")
                .hint("install git; one in the book's own folder is never started"));
        };
        let path = std::env::join_paths(folders).unwrap_or_default();
        Ok(Self { program, path, options })
    }

    /// Whether the run shall end.
    pub(super) fn is_ended(&self) -> bool {
        self.options.ended.load(Ordering::Relaxed) != 0
    }

    /// Runs git to its end, whatever that is.
    pub(super) fn run(&self, call: &Call) -> Result<Output, Diagnostic> {
        self.start(call, None)
    }

    /// Runs git on what is fed to it.
    pub(super) fn feed(
        &self,
        call: &Call,
        feed: Box<Feed>,
    ) -> Result<Output, Diagnostic> {
        self.start(call, Some(feed))
    }

    fn start(&self, call: &Call, feed: Option<Box<Feed>>) -> Result<Output, Diagnostic> {
        let mut child = self.command(call, feed.is_some()).spawn().map_err(|error| {
            let message = format!("cannot start `{}` ({error})", self.program.display());
            Diagnostic::placeless(Code::Git, message)
                .hint("repair the installation of git")
        })?;
        let (sender, receiver) = mpsc::channel();
        if let Some(out) = child.stdout.take() {
            listen(out, sender.clone(), OutputChunk::Out);
        }
        if let Some(err) = child.stderr.take() {
            listen(err, sender.clone(), OutputChunk::Err);
        }
        let input = child.stdin.take();
        std::thread::scope(|scope| {
            if let (Some(mut input), Some(feed)) = (input, feed) {
                scope.spawn(move || {
                    let mut input = ReportingWriter { input: &mut input, sender };
                    // Whether all was taken is what its exit code says.
                    let _ = feed(&mut input);
                });
            } else {
                drop(sender);
            }
            self.collect(&mut child, &receiver, call)
        })
    }

    fn command(&self, call: &Call, is_fed: bool) -> Command {
        let mut command = Command::new(&self.program);
        for (name, _) in std::env::vars_os() {
            if name.as_encoded_bytes().starts_with(b"GIT_") {
                command.env_remove(name);
            }
        }
        command.env("PATH", &self.path).env("LC_ALL", "C").env_remove("LANGUAGE");
        command.env("GIT_OPTIONAL_LOCKS", "0").env("GIT_NO_LAZY_FETCH", "1");
        if !self.options.may_ask {
            command.env("GIT_TERMINAL_PROMPT", "0");
        }
        command.envs(call.variables.iter().map(|(name, value)| (name, value)));
        for setting in ALWAYS {
            command.args(["-c", setting]);
        }
        command.args(call.arguments).current_dir(call.folder);
        command.stdin(if is_fed { Stdio::piped() } else { Stdio::null() });
        command.stdout(Stdio::piped()).stderr(Stdio::piped());
        command
    }

    /// Collects the output of a run until it ends, or has to be ended.
    fn collect(
        &self,
        child: &mut Child,
        receiver: &Receiver<OutputChunk>,
        call: &Call,
    ) -> Result<Output, Diagnostic> {
        let mut output = Output { status: None, stdout: Vec::new(), stderr: Vec::new() };
        let mut last_output = Instant::now();
        loop {
            match receiver.recv_timeout(POLL_INTERVAL) {
                Ok(chunk) => {
                    last_output = Instant::now();
                    output.append(chunk);
                }
                // All its ends are closed: it is about to end, or has.
                Err(RecvTimeoutError::Disconnected) => {
                    let status = child.wait().ok();
                    return self.finished(output, status);
                }
                Err(RecvTimeoutError::Timeout) => {}
            }
            let status = child.try_wait().ok().flatten();
            match status {
                // A program that it left behind may hold its ends open for ever.
                Some(_) if last_output.elapsed() > OUTPUT_GRACE => {
                    return self.finished(output, status);
                }
                Some(_) => {}
                None if self.is_ended()
                    || last_output.elapsed() > self.options.timeout =>
                {
                    // Fails only where it has ended by itself.
                    let _ = child.kill();
                    let _ = child.wait();
                    return Err(self.timed_out(call));
                }
                None => {}
            }
        }
    }

    /// The result of a run that has ended. Ctrl-C ends git as well as us, and then its messages
    /// are ignored.
    fn finished(
        &self,
        mut output: Output,
        status: Option<ExitStatus>,
    ) -> Result<Output, Diagnostic> {
        if self.is_ended() {
            return Err(ended("nothing was published"));
        }
        output.status = status.and_then(|status| status.code());
        Ok(output)
    }

    fn timed_out(&self, call: &Call) -> Diagnostic {
        if self.is_ended() {
            return ended("nothing was published");
        }
        let what = call.arguments.first().map(|word| word.to_string_lossy());
        let what = what.unwrap_or_default();
        let seconds = self.options.timeout.as_secs();
        let message = format!("`git {what}` said nothing for {seconds} seconds");
        Diagnostic::placeless(Code::Git, message)
            .hint("see whether the remote can be reached, then run the command again")
            .hint(format!(
                "or give it more time: `--timeout {}`",
                MAX_TIMEOUT.min(seconds * 4)
            ))
    }
}

/// The error when the user or the system ended the run.
pub(super) fn ended(state: &str) -> Diagnostic {
    let message = format!("the command was ended; {state}");
    Diagnostic::placeless(Code::Ended, message)
        .hint("run it again when you like; nothing is left behind here")
}

impl Output {
    fn append(&mut self, chunk: OutputChunk) {
        match chunk {
            OutputChunk::Out(bytes) => self.stdout.extend(bytes),
            OutputChunk::Err(bytes) => self.stderr.extend(bytes),
            OutputChunk::Fed => {}
        }
    }

    /// Whether it ended well.
    pub(super) fn is_fine(&self) -> bool {
        self.status == Some(0)
    }

    /// Its standard output, without the end of the line.
    pub(super) fn line(&self) -> String {
        String::from_utf8_lossy(&self.stdout).trim_end().to_owned()
    }

    /// Each piece of what it wrote, where pieces end in a zero byte.
    pub(super) fn pieces(&self) -> impl Iterator<Item = String> {
        let pieces =
            self.stdout.split(|byte| *byte == 0).filter(|piece| !piece.is_empty());
        pieces.map(|piece| String::from_utf8_lossy(piece).into_owned())
    }

    /// Its messages: at most eight lines, without progress.
    pub(super) fn complaint(&self) -> Vec<String> {
        let text = String::from_utf8_lossy(&self.stderr);
        let is_progress = |line: &str| {
            let line = line.strip_prefix("remote: ").unwrap_or(line);
            let starts =
                ["Enumerating ", "Delta ", "Total ", "Everything ", "To ", "From "];
            line.contains("% (") || starts.iter().any(|start| line.starts_with(start))
        };
        let lines = text.split(['\n', '\r']).map(str::trim);
        let said = lines.filter(|line| !line.is_empty() && !is_progress(line));
        said.take(8).map(str::to_owned).collect()
    }

    /// It, if it ended well; else what could not be done, in git's own words.
    pub(super) fn or_fail(self, what: &str, hint: &str) -> Result<Self, Diagnostic> {
        if self.is_fine() { Ok(self) } else { Err(self.failed(what, hint)) }
    }

    /// The error of a run that failed, in git's own words.
    pub(super) fn failed(&self, what: &str, hint: &str) -> Diagnostic {
        let mut found = Diagnostic::placeless(Code::Git, what);
        for line in self.complaint() {
            found = found.note(format!("git: {line}"));
        }
        found.hint(hint)
    }

    /// It, if it ended well; else why it could not write in our own folder.
    pub(super) fn or_has_no_room(
        self,
        what: &str,
        hint: &str,
    ) -> Result<Self, Diagnostic> {
        let signs = ["No space left on device", "Disk quota exceeded"];
        let is_full = |line: &String| {
            !line.starts_with("remote:") && signs.iter().any(|sign| line.contains(sign))
        };
        let is_full = self.complaint().iter().any(is_full);
        self.or_fail(what, if is_full { DISK_FULL_HINT } else { hint })
    }
}

/// A chunk of a run's output.
enum OutputChunk {
    Out(Vec<u8>),
    Err(Vec<u8>),
    /// It took some of its input.
    Fed,
}

/// Passes on what comes from one end of a run. The thread ends with that end, which a
/// program that git left behind may hold open for longer than anybody listens.
fn listen(
    mut end: impl Read + Send + 'static,
    sender: Sender<OutputChunk>,
    chunk: fn(Vec<u8>) -> OutputChunk,
) {
    std::thread::spawn(move || {
        let mut buffer = vec![0; 64 << 10];
        while let Ok(length) = end.read(&mut buffer) {
            if length == 0 || sender.send(chunk(buffer[..length].to_vec())).is_err() {
                break;
            }
        }
    });
}

/// A writer that reports each write, so that a run that takes its input is not seen as idle.
struct ReportingWriter<'a> {
    input: &'a mut dyn Write,
    sender: Sender<OutputChunk>,
}

impl Write for ReportingWriter<'_> {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        let length = self.input.write(bytes)?;
        let _ = self.sender.send(OutputChunk::Fed);
        Ok(length)
    }

    fn flush(&mut self) -> std::io::Result<()> {
        self.input.flush()
    }
}
