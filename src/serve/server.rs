//! Connections: a thread for each, at most [`MOST`], and those that wait give way to new
//! ones, so that slow clients never keep a quick one out.

use std::collections::BTreeMap;
use std::io::Write;
use std::net::{Shutdown, TcpListener, TcpStream};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use super::answer::{Reply, reply};
use super::http::{Answer, End, ReadError, Requests, head};
use super::shared_state::SharedState;

/// Most connections at a time.
const MOST: usize = 256;
/// Time limit for the client to receive data.
const SEND: Duration = Duration::from_secs(10);
/// The interval between signs of life on a live channel.
const KEEPALIVE: Duration = Duration::from_secs(10);
/// Pause before accepting again when the system has no more connections to give.
const ACCEPT_BACKOFF: Duration = Duration::from_millis(50);
/// Bytes of a connection's stack.
const STACK: usize = 512 << 10;

/// The connections that are open, by number.
#[derive(Default)]
struct Open {
    next: u64,
    /// Those that wait for a request or a change, and so may be closed for another.
    waiting: BTreeMap<u64, TcpStream>,
    busy: usize,
}

/// Serves the connections of a listener, forever.
pub(super) fn run(
    listener: &TcpListener,
    shared: &Arc<SharedState>,
    limit: &Arc<ConnectionLimit>,
) {
    for stream in listener.incoming() {
        let Ok(stream) = stream else {
            std::thread::sleep(ACCEPT_BACKOFF);
            continue;
        };
        let Some(place) = limit.enter(&stream) else { continue };
        let (shared, limit) = (shared.clone(), limit.clone());
        let serve = move || {
            connection(&stream, &shared, &Place { number: place, limit: &limit });
        };
        let thread = std::thread::Builder::new().name("client".to_owned());
        if thread.stack_size(STACK).spawn(serve).is_err() {
            std::thread::sleep(ACCEPT_BACKOFF);
        }
    }
}

/// The limit of connections.
#[derive(Default)]
pub(super) struct ConnectionLimit(Mutex<Open>);

impl ConnectionLimit {
    fn open(&self) -> std::sync::MutexGuard<'_, Open> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Gives a connection a number; the one that has waited longest goes if there are too
    /// many. None if all of them are busy.
    fn enter(&self, stream: &TcpStream) -> Option<u64> {
        let other = stream.try_clone().ok()?;
        let mut open = self.open();
        if open.waiting.len() + open.busy >= MOST {
            let (_, oldest) = open.waiting.pop_first()?;
            let _ = oldest.shutdown(Shutdown::Both);
        }
        let number = open.next;
        open.next += 1;
        open.waiting.insert(number, other);
        Some(number)
    }
}

/// A connection's place among the others.
struct Place<'a> {
    number: u64,
    limit: &'a ConnectionLimit,
}

impl Place<'_> {
    /// Marks it busy; returns `None` if it was closed for another.
    fn work(&self) -> Option<Work<'_>> {
        let mut open = self.limit.open();
        let stream = open.waiting.remove(&self.number)?;
        open.busy += 1;
        Some(Work { place: self, stream: Some(stream) })
    }
}

impl Drop for Place<'_> {
    fn drop(&mut self) {
        self.limit.open().waiting.remove(&self.number);
    }
}

/// A connection while it is busy; it waits again in the end.
struct Work<'a> {
    place: &'a Place<'a>,
    stream: Option<TcpStream>,
}

impl Drop for Work<'_> {
    fn drop(&mut self) {
        let mut open = self.place.limit.open();
        open.busy -= 1;
        if let Some(stream) = self.stream.take() {
            open.waiting.insert(self.place.number, stream);
        }
    }
}

fn connection(stream: &TcpStream, shared: &SharedState, place: &Place<'_>) {
    // Both only make answers quicker, or a dead end noticed.
    let _ = stream.set_nodelay(true);
    let _ = stream.set_write_timeout(Some(SEND));
    let mut requests = Requests::new(stream);
    loop {
        let request = requests.next();
        let Some(work) = place.work() else { return };
        let request = match request {
            Ok(request) => request,
            Err(ReadError::Gone) => return,
            Err(ReadError::Bad(status)) => {
                let answer =
                    Answer::words(status, "This is no request that is answered.");
                let _ = answer.send(&mut &*stream, End { is_head: false, is_last: true });
                let _ = stream.shutdown(Shutdown::Write);
                return;
            }
        };
        let end = End { is_head: request.is_head(), is_last: !request.is_kept };
        match reply(&request, shared) {
            Reply::Answer(answer) => {
                if answer.send(&mut &*stream, end).is_err() || end.is_last {
                    return;
                }
            }
            Reply::Live => {
                drop(work);
                let _ = live(stream, shared);
                return;
            }
        }
    }
}

/// Tells the other end of every build, beginning with the one that is shown.
fn live(mut stream: &TcpStream, shared: &SharedState) -> std::io::Result<()> {
    let head = head(200, "text/event-stream", false);
    stream.write_all(format!("{head}Connection: close\r\n\r\n").as_bytes())?;
    let mut build = shared.state.shown().build;
    stream.write_all(format!("data: {build}\n\n").as_bytes())?;
    loop {
        let next = shared.state.after(build, KEEPALIVE);
        let message =
            if next == build { ":\n\n".to_owned() } else { format!("data: {next}\n\n") };
        stream.write_all(message.as_bytes())?;
        build = next;
    }
}
