//! `publish`: the site becomes a commit on a branch, if nothing speaks against it.

use std::fmt::Write;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use signal_hook::consts::{SIGINT, SIGTERM};

use super::args::Publish;
use super::outcome::Outcome;
use super::outcome::say;
use super::session::Session;
use super::{build, check, setup};
use crate::diag::{Code, Diagnostic, Diagnostics, Severity};
use crate::output::{Changes, Job};
use crate::pipeline::Loaded;
use crate::publish::{self, Check, Facts, GitOptions, Next, Publication, Removed, Tree};
use crate::rank;
use crate::site::Site;

/// The number of further tries when somebody else was first.
const AGAIN: u32 = 3;
/// The longest silence of git, in seconds. Git reports progress while bytes move, so a large
/// site on a slow line may take as long as it needs.
const TIMEOUT: u64 = 30;
/// The same where a person may be asked for a password, and may have to look for it.
const TIMEOUT_WITH_PEOPLE: u64 = 300;
/// Moves of ranks that are shown before they are counted.
const MOVES: usize = 8;

/// Publishes the site.
pub(super) fn run(session: &Session, options: &Publish) -> Outcome {
    if options.setup {
        return setup::run(session);
    }
    let ended = Arc::new(AtomicUsize::new(0));
    for signal in [SIGINT, SIGTERM] {
        let number = usize::try_from(signal).unwrap_or(1);
        // Where it cannot be registered, the signal ends the process as it would.
        let _ = signal_hook::flag::register_usize(signal, Arc::clone(&ended), number);
    }
    let mut diags = Diagnostics::new();
    let loaded = match session.load(&mut diags) {
        Ok(loaded) => loaded,
        Err(outcome) => return outcome,
    };
    let site = check::site(&loaded, &mut diags);
    session.print(&diags, &loaded.sources);
    let timeout = if session.is_terminal { TIMEOUT_WITH_PEOPLE } else { TIMEOUT };
    let git = GitOptions {
        path: std::env::var_os("PATH").unwrap_or_default(),
        may_ask: session.is_terminal,
        timeout: Duration::from_secs(options.timeout.unwrap_or(timeout)),
        ended: Arc::clone(&ended),
    };
    let run = Run { session, options, loaded: &loaded, book: &diags };
    let mut found = Diagnostics::new();
    match run.publish(site.as_ref(), git) {
        Ok(()) => return Outcome::Fine,
        Err(refusal) => found.extend(refusal),
    }
    let by_signal = match i32::try_from(ended.load(Ordering::Relaxed)) {
        Ok(SIGINT) => Outcome::Interrupted,
        Ok(SIGTERM) => Outcome::Terminated,
        _ => return session.fail(&found, &loaded.sources),
    };
    session.print(&found, &loaded.sources);
    by_signal
}

/// The input of one run.
struct Run<'a> {
    session: &'a Session,
    options: &'a Publish,
    loaded: &'a Loaded,
    /// Errors and warnings of the book.
    book: &'a Diagnostics,
}

type Done<T> = Result<T, Vec<Diagnostic>>;

impl Run<'_> {
    fn publish(&self, site: Option<&Site>, git: GitOptions) -> Done<()> {
        let publish = &self.loaded.book.site.publish;
        let root = &self.loaded.sources.root;
        let one = |found| vec![found];
        let remote = self.options.remote.as_deref().or(publish.remote.as_deref());
        let branch = self.options.branch.as_deref().or(publish.branch.as_deref());
        let to = publish::Options {
            book: root,
            remote: remote.unwrap_or("origin"),
            branch: branch.unwrap_or("gh-pages"),
        };
        let git = publish::find_git(git, root).map_err(one)?;
        let mut publication = publish::open(&git, to).map_err(one)?;
        let tree = site.map(|site| self.import(&publication, site)).transpose()?;
        for attempt in 0..=AGAIN {
            let next = tree.as_ref().map(|tree| self.commit(&publication, tree));
            let next = next.transpose().map_err(one)?;
            self.refuse(&publication, tree.as_ref().zip(next.as_ref()), attempt == 0)?;
            let Some(next) = next else {
                let message = "the book's site cannot be made";
                return Err(vec![
                    Diagnostic::placeless(Code::PublishRefused, message)
                        .hint("repair what `fieldguide check` finds"),
                ]);
            };
            if next.is_same {
                self.say(&format!("nothing to publish: {} holds this site\n", to.branch));
                return Ok(());
            }
            if attempt == 0 {
                self.say(&self.changes(&publication, &next));
            }
            if self.options.dry_run {
                self.say(&format!("dry run    {} stays as it is\n", to.branch));
                return Ok(());
            }
            if publication.push(&next).map_err(one)? {
                self.say(&format!("published  {} {}\n", to.branch, next.id.short()));
                self.say(&self.next_steps(&publication));
                return Ok(());
            }
            if attempt < AGAIN {
                self.say("           somebody published meanwhile; once more\n");
                std::thread::sleep(Duration::from_millis(100) * (attempt + 1));
                publication.look_again().map_err(one)?;
            }
        }
        let message =
            format!("somebody else moved `{}` first, {} times", to.branch, AGAIN + 1);
        let lost = Diagnostic::placeless(Code::PublishLost, message);
        Err(vec![lost.hint("publish again when they are done")])
    }

    fn say(&self, text: &str) {
        if !self.session.global.quiet {
            say(text);
        }
    }

    fn import(&self, publication: &Publication, site: &Site) -> Done<Tree> {
        let bar = build::bar(self.session, site.paths().len());
        let job = Job {
            paths: site.paths(),
            render_file: &|index, out| site.render_file(index, out),
            is_content_addressed: &|_| false,
            progress: &|| bar.inc(1),
        };
        let tree = publication.import(&job);
        bar.finish_and_clear();
        tree
    }

    fn commit(&self, publication: &Publication, tree: &Tree) -> Result<Next, Diagnostic> {
        let own = self.loaded.book.site.publish.cname.as_ref();
        let own = own.map(|domain| format!("{domain}\n").into_bytes());
        let cname = own.as_deref().or(publication.cname());
        publication.commit(tree, cname, self.options.message.as_deref())
    }

    /// Prints the preflight; refuses if anything speaks against publishing.
    fn refuse(
        &self,
        publication: &Publication,
        made: Option<(&Tree, &Next)>,
        is_shown: bool,
    ) -> Done<()> {
        let site = &self.loaded.book.site;
        let (what, published) = publication.published();
        let gone =
            made.map(|(_, next)| next.changes.removed.as_slice()).unwrap_or_default();
        let gone: Vec<&str> = gone
            .iter()
            .map(String::as_str)
            .filter(|path| published.contains(path))
            .collect();
        let kept = publication.cname().map(String::from_utf8_lossy);
        let kept = kept.as_deref().map(str::trim).filter(|domain| !domain.is_empty());
        let own = site.publish.cname.as_deref().map(|domain| (domain, false));
        let standing = publication.standing().map_err(|found| vec![found])?;
        let repository = publication.repository();
        let facts = Facts {
            base_url: &site.base_url,
            repository: repository.as_ref(),
            domain: own.or(kept.map(|domain| (domain, true))),
            findings: self.findings(),
            has_drafts: self.session.global.drafts,
            dirty: (publication.dirty(), self.options.allow_dirty),
            standing: standing.map(|standing| (standing, self.options.allow_older)),
            is_shallow: publication.is_shallow(),
            files: made.map(|(tree, _)| tree.sizes()),
            removed: Removed {
                what,
                paths: &gone,
                of: published.len(),
                is_allowed: self.options.allow_removals,
            },
        };
        let checks = publish::check(&facts);
        let refused = checks.iter().filter_map(|check| match check {
            Check::Refused(found) => Some((**found).clone()),
            Check::Fine(_) => None,
        });
        let refused: Vec<Diagnostic> = refused.collect();
        if is_shown || !refused.is_empty() {
            self.say(&listed(&checks));
        }
        if refused.is_empty() { Ok(()) } else { Err(refused) }
    }

    /// Errors and warnings of the book, but for stale facts, and the number of those.
    fn findings(&self) -> (usize, usize, usize) {
        let stale = |d: &&Diagnostic| {
            d.code == Code::StaleFact && d.severity == Severity::Warning
        };
        let stale = self.book.iter().filter(stale).count();
        let warnings = self.book.count(Severity::Warning) - stale;
        (self.book.count(Severity::Error), warnings, stale)
    }

    /// The changes that readers will see.
    fn changes(&self, publication: &Publication, next: &Next) -> String {
        let Changes { added, changed, removed, .. } = &next.changes;
        let pages =
            |paths: &[String]| paths.iter().filter(|p| publish::is_page(p)).count();
        let files = added.len() + changed.len() + removed.len();
        let counts = [pages(added), pages(changed), pages(removed)];
        let other = files - counts.iter().sum::<usize>();
        let [new, other_than_before, gone] = counts;
        let mut text = format!("changes    pages +{new} ~{other_than_before} -{gone}");
        if other > 0 {
            let _ = write!(text, ", {}", crate::diag::Count(other, "other file"));
        }
        text.push('\n');
        let now = rank::ranks(&self.loaded.book, &self.loaded.rankings);
        let moves = publication.ranks().map(|before| rank::moves(before, &now));
        let moves = moves.unwrap_or_default();
        for moved in moves.iter().take(MOVES) {
            let _ = writeln!(text, "           {}", move_line(moved));
        }
        if moves.len() > MOVES {
            let more = crate::diag::Count(moves.len() - MOVES, "more rank");
            let _ = writeln!(text, "           {more}");
        }
        if self.session.global.verbose {
            text.push_str(&build::listed(&next.changes));
        }
        text
    }

    /// The facts that cannot be checked from here.
    fn next_steps(&self, publication: &Publication) -> String {
        let Some(repository) = publication.repository() else { return String::new() };
        let url = &self.loaded.book.site.base_url;
        format!(
            "           GitHub shows it at {url} in a minute or two, if its pages come from this \
             branch;\n           that is set at {}\n",
            repository.settings()
        )
    }
}

/// The lines of a preflight.
fn listed(checks: &[Check]) -> String {
    let mut text = String::new();
    for (i, check) in checks.iter().enumerate() {
        let (state, words) = match check {
            Check::Fine(words) => ("ok", words),
            Check::Refused(found) => ("refused", &found.message),
        };
        let head = if i == 0 { "preflight" } else { "" };
        let _ = writeln!(text, "{head:<11}{state:<9}{words}");
    }
    text
}

/// "realtime: axum is 1st"
fn move_line(moved: &rank::Move) -> String {
    let rank::Move { goal, framework, from, to } = moved;
    match (from, to) {
        (Some(from), Some(to)) => format!("{goal}: {to}. {framework} (was {from}.)"),
        (None, Some(to)) => format!("{goal}: {to}. {framework} (had no rank)"),
        (Some(from), None) => format!("{goal}: {framework} has no rank (was {from}.)"),
        (None, None) => String::new(),
    }
}
