//! `serve`: the site in a browser while it is written, until a signal ends it.

use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use signal_hook::consts::{SIGINT, SIGTERM};
use signal_hook::iterator::Signals;

use super::args::Serve;
use super::outcome::Outcome;
use super::outcome::say;
use super::session::Session;
use crate::diag::{Code, Diagnostic, Diagnostics, Texts};
use crate::serve::{self, Console, Editor, Options};

/// Programs that open an address in the user's browser.
const OPENERS: &[&str] = &["xdg-open", "open"];

/// The terminal, as the preview sees it.
struct Terminal {
    session: Session,
    /// The page to open in a browser, below the site.
    open: Option<String>,
    is_opened: AtomicBool,
}

impl Console for Terminal {
    fn ready(&self, url: &str) {
        if !self.session.global.quiet {
            say(&format!("Serving {url} until Ctrl-C\n"));
        }
        if let Some(path) = &self.open
            && !self.is_opened.swap(true, Ordering::Relaxed)
        {
            self.open(&format!("{url}{}", path.trim_start_matches('/')));
        }
    }

    fn say(&self, line: &str) {
        if !self.session.global.quiet {
            say(&format!("{line}\n"));
        }
    }

    fn print(&self, diags: &Diagnostics, texts: &dyn Texts) {
        self.session.print(diags, texts);
    }
}

impl Terminal {
    /// Opens an address in the user's browser, or says that nothing could.
    fn open(&self, url: &str) {
        let start = |program: &&str| {
            let mut command = Command::new(program);
            command.arg(url).stdin(Stdio::null());
            command.stdout(Stdio::null()).stderr(Stdio::null());
            command.spawn().ok()
        };
        match OPENERS.iter().find_map(start) {
            // Waited for, so that it does not stay behind as a zombie.
            Some(mut browser) => drop(std::thread::spawn(move || browser.wait())),
            None => self.say(&format!("no program opens {url}; open it yourself")),
        }
    }
}

/// Serves the site until a signal comes.
pub(super) fn run(session: Session, options: &Serve) -> Outcome {
    let mut diags = Diagnostics::new();
    let root = match session.root() {
        Ok(root) => root,
        Err(found) => {
            diags.push(found);
            return session.fail(&diags, &());
        }
    };
    let editor = match options.editor.as_str() {
        "none" => None,
        template => match Editor::of(template) {
            Ok(editor) => Some(editor),
            Err(found) => {
                diags.push(found);
                return session.fail(&diags, &());
            }
        },
    };
    // Before anything is started, so that no signal is missed.
    let mut signals = match Signals::new([SIGINT, SIGTERM]) {
        Ok(signals) => signals,
        Err(error) => {
            let message = format!("cannot wait for signals ({error})");
            diags.push(Diagnostic::placeless(Code::Io, message));
            return session.fail(&diags, &());
        }
    };
    let served = Options {
        root,
        book: session.options(),
        is_strict: session.global.strict,
        port: options.port,
        host: options.host.clone(),
        allowed: options.allow_host.clone(),
        poll: options.poll.map(Duration::from_millis),
        reload: !options.no_reload,
        editor,
    };
    let Some(preview) = serve::open(served, &mut diags) else {
        return session.fail(&diags, &());
    };
    session.print(&diags, &());
    let open = options.open.clone();
    let is_opened = AtomicBool::new(false);
    preview.start(Box::new(Terminal { session, open, is_opened }));
    match signals.forever().next() {
        Some(SIGTERM) => Outcome::Terminated,
        Some(_) | None => Outcome::Interrupted,
    }
}
