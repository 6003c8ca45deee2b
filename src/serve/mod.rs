//! The preview: the site while it is written. A book's folder -> answers to a browser.
//!
//! The same stages as for `build`, behind a web server: what changes is read again, planned
//! again, and the page that is asked for is made; nothing is written anywhere. While the
//! book is broken the last good site stays, with the findings above its pages.
//!
//! - `watch`: when to read the book again. `snapshot_thread`: reads it, and owns one state of
//!   its site; `site_snapshot`: the part of that which others use. `background_check`: makes
//!   and checks every page while nobody asks.
//! - `state`: what is shown now. `shared_state`: that, and all else that threads share.
//!   `change_summary`: what the author is told of a change.
//! - `server`, `http`, `guard`: connections, requests, who may ask.
//! - `answer`, `page`, `conditional`: what is answered, what is added to pages on their way
//!   out, and requests for what a browser has already or for a part.
//!   `editor`: where the places that findings name lead.
//! - `client/`: the scripts that keep an open page true, and the looks of findings.
//!
//! Invariant: no byte of a request reaches the file system; threads share `SharedState` alone; nobody
//! but this machine's user is answered unless `--host` or `--allow-host` says so.

mod answer;
mod background_check;
mod change_summary;
mod conditional;
mod editor;
mod faults;
mod guard;
mod http;
mod options;
mod page;
mod server;
mod shared_state;
mod site_snapshot;
mod snapshot_thread;
mod state;
mod watch;

use std::io::{Error, ErrorKind};
use std::net::{
    IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr, TcpListener, ToSocketAddrs, UdpSocket,
};
use std::sync::Arc;
use std::sync::mpsc::channel;
use std::time::Instant;

use crate::diag::{Code, Diagnostic, Diagnostics};

pub use editor::Editor;
pub use options::{Console, Options};

use faults::Faults;
use guard::Guard;
use server::ConnectionLimit;
use shared_state::SharedState;
use snapshot_thread::{Job, Read};
use watch::{Change, Watcher};

/// The port, unless the author names one.
const PORT: u16 = 4000;
/// The number of further ports that are tried.
const MORE: u16 = 99;

/// A preview that listens, and answers once it is started.
pub struct Preview {
    options: Options,
    listeners: Vec<TcpListener>,
    guard: Guard,
    /// The first part of its address: `http://localhost:4000`.
    address: String,
}

/// Begins to listen, before anything is read; what is in the way is reported.
pub fn open(mut options: Options, diags: &mut Diagnostics) -> Option<Preview> {
    let faults = options.allowed.iter().filter_map(|name| guard::check(name).err());
    let faults: Vec<Diagnostic> = faults.collect();
    if !faults.is_empty() {
        diags.extend(faults);
        return None;
    }
    // An address of IPv6 may be written as browsers show it.
    let bare =
        options.host.as_deref().and_then(|h| h.strip_prefix('[')?.strip_suffix(']'));
    if let Some(bare) = bare {
        options.host = Some(bare.to_owned());
    }
    let listeners = match listen(&options) {
        Ok(listeners) => listeners,
        Err(found) => {
            diags.push(found);
            return None;
        }
    };
    let addresses = listeners.iter().filter_map(|l| l.local_addr().ok());
    let addresses: Vec<SocketAddr> = addresses.collect();
    let ips = || addresses.iter().map(SocketAddr::ip);
    let name = match options.host.as_deref() {
        Some(host) if !ips().any(|ip| ip.is_unspecified()) => {
            if host.contains(':') {
                format!("[{host}]")
            } else {
                host.to_owned()
            }
        }
        Some(_) | None => "localhost".to_owned(),
    };
    let address = format!("http://{name}:{}", addresses.first()?.port());
    if !ips().all(|ip| ip.is_loopback()) {
        let port = addresses.first()?.port();
        let message = match (ips().any(|ip| ip.is_unspecified()), own_address()) {
            (false, _) => format!("other machines can read this preview at `{address}`"),
            (true, Some(ip)) => {
                let there = SocketAddr::new(ip, port);
                format!("other machines can read this preview at `http://{there}`")
            }
            (true, None) => {
                format!("other machines can read this preview at port {port} of this one")
            }
        };
        let found = Diagnostic::placeless(Code::Exposed, message);
        diags.push(found.hint("leave `--host` out to serve this machine alone"));
        options.editor = None;
    }
    // Whoever is called otherwise may pass requests on from anywhere.
    if !options.allowed.is_empty() {
        options.editor = None;
    }
    let (host, allowed) = (options.host.clone(), options.allowed.clone());
    let guard = Guard { host, allowed, token: token(diags)? };
    Some(Preview { options, listeners, guard, address })
}

/// The address of this machine by which it reaches others. Nothing is sent: a datagram's
/// socket only asks the system for the way.
fn own_address() -> Option<IpAddr> {
    let socket = UdpSocket::bind((Ipv4Addr::UNSPECIFIED, 0)).ok()?;
    // An address of documentation (RFC 5737), which is nobody's.
    socket.connect((Ipv4Addr::new(192, 0, 2, 1), 9)).ok()?;
    let ip = socket.local_addr().ok()?.ip();
    (!ip.is_loopback() && !ip.is_unspecified()).then_some(ip)
}

/// Listens at the port that was asked for, or at the first that is free.
fn listen(options: &Options) -> Result<Vec<TcpListener>, Diagnostic> {
    let host = options.host.as_deref();
    let last = options.port.map_or(PORT + MORE, |port| port);
    for port in options.port.unwrap_or(PORT)..=last {
        match bind(host, port) {
            Ok(listeners) => return Ok(listeners),
            Err(error) if error.kind() == ErrorKind::AddrInUse && port < last => {}
            Err(error) => return Err(refused(host.unwrap_or("localhost"), port, &error)),
        }
    }
    unreachable!("the last port ends the loop")
}

fn refused(host: &str, port: u16, error: &Error) -> Diagnostic {
    if error.kind() == ErrorKind::NotFound {
        let message = format!("there is no address of `{host}`");
        let hint =
            "give `--host` a name or an address of this machine, such as `localhost`";
        return Diagnostic::placeless(Code::Usage, message).hint(hint);
    }
    let message = match error.kind() {
        ErrorKind::AddrInUse => {
            format!("another program listens at port {port} of `{host}`")
        }
        _ => format!("cannot listen at port {port} of `{host}` ({error})"),
    };
    Diagnostic::placeless(Code::PortTaken, message)
        .hint("choose another `--port`, or leave it out to have a free one")
}

/// Listens at all addresses of a host, at one port.
fn bind(host: Option<&str>, port: u16) -> Result<Vec<TcpListener>, Error> {
    let ips: Vec<IpAddr> = match host {
        Some(host) => {
            let addresses = (host, port).to_socket_addrs();
            let addresses = addresses.map_err(|_| Error::from(ErrorKind::NotFound))?;
            addresses.map(|address| address.ip()).collect()
        }
        None => vec![Ipv4Addr::LOCALHOST.into(), Ipv6Addr::LOCALHOST.into()],
    };
    let mut listeners: Vec<TcpListener> = Vec::new();
    for ip in ips {
        // The second address takes the port that the system chose for the first.
        let first = listeners.first().and_then(|first| first.local_addr().ok());
        match TcpListener::bind((ip, first.map_or(port, |first| first.port()))) {
            Ok(listener) => listeners.push(listener),
            Err(error) if error.kind() == ErrorKind::AddrInUse => return Err(error),
            // A machine may do without one of the two families of addresses.
            Err(_) if first.is_some() => {}
            Err(error) => return Err(error),
        }
    }
    if listeners.is_empty() {
        Err(ErrorKind::AddrNotAvailable.into())
    } else {
        Ok(listeners)
    }
}

/// Digits that nobody can guess.
fn token(diags: &mut Diagnostics) -> Option<String> {
    let mut bytes = [0_u8; 16];
    match rustix::rand::getrandom(&mut bytes, rustix::rand::GetRandomFlags::empty()) {
        Ok(_) => Some(bytes.iter().map(|byte| format!("{byte:02x}")).collect()),
        Err(cause) => {
            let message = format!("the system gives no random numbers ({cause})");
            diags.push(Diagnostic::placeless(Code::Io, message));
            None
        }
    }
}

impl Preview {
    /// Serves the book on threads of its own, and reads it again whenever it changes.
    pub fn start(self, console: Box<dyn Console>) {
        let Self { options, listeners, guard, address } = self;
        let shared = Arc::new(SharedState::new(options, guard, address, console));
        let limit = Arc::new(ConnectionLimit::default());
        for listener in listeners {
            let (shared, limit) = (shared.clone(), limit.clone());
            std::thread::spawn(move || server::run(&listener, &shared, &limit));
        }
        std::thread::spawn(move || follow(&shared));
    }
}

/// Reads the book, and again after every change, forever.
fn follow(shared: &Arc<SharedState>) {
    let mut change = Change { at: Instant::now(), is_late: false };
    let mut watcher = Watcher::new(&shared.options.root, shared.options.poll);
    let mut had_events = shared.options.poll.is_none();
    let mut known = None;
    for number in 1.. {
        if had_events && !watcher.has_events() {
            had_events = false;
            let message = "the system does not tell of changes of all folders; they are \
                           looked for twice a second";
            let mut diags = Diagnostics::new();
            diags.push(Diagnostic::placeless(Code::NoEvents, message));
            shared.console.print(&diags, &());
        }
        shared.state.read();
        // A panic is the thread's own; others go on.
        let (done, is_done) = channel();
        let snapshot = Arc::new(watcher.last().clone());
        let job = Job { shared: shared.clone(), number, change, snapshot, done };
        std::thread::spawn(move || snapshot_thread::run(job));
        match is_done.recv() {
            Ok(Read::Whole) => {}
            Ok(Read::Moving) => {
                change.is_late = false;
                watcher.catch_up();
                continue;
            }
            Err(_) => {
                let title = "fieldguide failed while it read the book".to_owned();
                shared.state.break_off(Faults { title, findings: Vec::new() });
            }
        }
        shared.state.end_reading();
        let base = shared
            .state
            .shown()
            .current
            .map(|site_snapshot| site_snapshot.base_path.clone());
        if known.is_none() || base.is_some() && known != base {
            let base = base.unwrap_or_else(|| "/".to_owned());
            shared.console.ready(&format!("{}{base}", shared.address));
            known = Some(base);
        }
        change = watcher.next();
    }
}
