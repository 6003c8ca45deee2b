//! `fieldguide serve` running on a book, and a client that speaks plain HTTP to it.

use std::fmt::Debug;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use super::Project;

/// How long something may take that has to happen.
const PATIENCE: Duration = Duration::from_secs(20);
/// How often it is looked whether it has.
const POLL: Duration = Duration::from_millis(4);

/// A preview that runs until it is dropped.
pub(crate) struct Preview {
    child: Child,
    /// What it printed so far.
    stdout: Arc<Mutex<String>>,
    stderr: Arc<Mutex<String>>,
    /// Where it listens.
    pub(crate) port: u16,
    /// The path of its site.
    pub(crate) base: String,
}

/// What was answered.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct Response {
    pub(crate) status: u16,
    /// Header fields as they were sent.
    pub(crate) head: String,
    pub(crate) body: Vec<u8>,
}

impl Debug for Response {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}\n{}", self.head, String::from_utf8_lossy(&self.body))
    }
}

impl Preview {
    /// Serves a book at a port that the system chooses.
    pub(crate) fn of(book: &Project, arguments: &[&str]) -> Self {
        let arguments = [&["--port", "0"], arguments].concat();
        Self::start(book, &arguments, |_| {})
    }

    /// Serves a book with just these arguments.
    pub(crate) fn start(
        book: &Project,
        arguments: &[&str],
        change: impl FnOnce(&mut Command),
    ) -> Self {
        let mut command = command();
        command.args(["serve"]).args(arguments).current_dir(book.root()).env_clear();
        command.env("NO_COLOR", "1").env("SOURCE_DATE_EPOCH", Project::EPOCH);
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
        change(&mut command);
        let mut child = command.spawn().expect("fieldguide can be started");
        let stdout = follow(child.stdout.take().expect("it is a pipe"));
        let stderr = follow(child.stderr.take().expect("it is a pipe"));
        let mut preview = Self { child, stdout, stderr, port: 0, base: String::new() };
        preview.wait_for("its address", || preview.stdout().contains(" until Ctrl-C"));
        preview.find_out();
        preview
    }

    /// Takes port and base from the address that was printed last.
    pub(crate) fn find_out(&mut self) {
        let stdout = self.stdout();
        let (_, url) = stdout.rsplit_once("Serving http://").expect("it says where");
        let url = url.split_once(" until").expect("it says until when").0;
        let (host, path) = url.split_once('/').expect("there is a path");
        let (_, port) = host.rsplit_once(':').expect("there is a port");
        self.port = port.parse().expect("it is a number");
        self.base = format!("/{path}");
    }

    /// What it printed as results so far.
    pub(crate) fn stdout(&self) -> String {
        self.stdout.lock().unwrap().clone()
    }

    /// What it printed as findings so far.
    pub(crate) fn stderr(&self) -> String {
        self.stderr.lock().unwrap().clone()
    }

    /// Its process.
    pub(crate) fn id(&self) -> u32 {
        self.child.id()
    }

    /// Waits until something is so, and fails if it never is.
    #[track_caller]
    pub(crate) fn wait_for(&self, what: &str, mut is_so: impl FnMut() -> bool) {
        let start = Instant::now();
        while !is_so() {
            if start.elapsed() > PATIENCE {
                panic!("no {what}\n{}\n{}", self.stdout(), self.stderr());
            }
            std::thread::sleep(POLL);
        }
    }

    /// Opens a connection.
    pub(crate) fn connect(&self) -> TcpStream {
        let stream = TcpStream::connect(("127.0.0.1", self.port)).expect("it listens");
        stream.set_read_timeout(Some(PATIENCE)).expect("it is not zero");
        stream
    }

    /// Sends bytes and reads what is answered until the connection ends.
    pub(crate) fn exchange(&self, bytes: &[u8]) -> Vec<u8> {
        let mut stream = self.connect();
        // It may hang up before all is sent.
        let _ = stream.write_all(bytes);
        let mut answer = Vec::new();
        let _ = stream.read_to_end(&mut answer);
        answer
    }

    /// Asks for a target with further lines of a head.
    #[track_caller]
    pub(crate) fn ask(&self, target: &str, lines: &str) -> Response {
        let host = format!("Host: localhost:{}\r\n", self.port);
        let host = if lines.contains("Host: ") { "" } else { &host };
        let request =
            format!("GET {target} HTTP/1.1\r\n{host}{lines}Connection: close\r\n\r\n");
        Response::read(&self.exchange(request.as_bytes()))
    }

    /// Asks for a path.
    #[track_caller]
    pub(crate) fn get(&self, path: &str) -> Response {
        self.ask(path, "")
    }

    /// Asks for a path of the site.
    #[track_caller]
    pub(crate) fn page(&self, route: &str) -> Response {
        self.get(&format!("{}{route}", self.base))
    }

    /// What only its pages know.
    pub(crate) fn token(&self) -> String {
        let page = self.page("").text();
        let (_, rest) = page.split_once("data-token=\"").expect("the page has a script");
        rest.split('"').next().unwrap_or_default().to_owned()
    }

    /// Sends it a signal, and says how it ended.
    pub(crate) fn signal(mut self, name: &str) -> Option<i32> {
        let command = format!("kill -{name} {}", self.child.id());
        let sent = Command::new("sh").args(["-c", &command]).status();
        assert!(sent.expect("there is a shell").success());
        self.child.wait().expect("it ends").code()
    }
}

impl Drop for Preview {
    fn drop(&mut self) {
        // It may have ended already.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// The program, or what `FIELDGUIDE` names; without events of the file system where
/// `NO_EVENTS` names a limit of inotify, `watches` or `instances`, which is then none.
fn command() -> Command {
    let named = std::env::var("FIELDGUIDE");
    let program = named.as_deref().unwrap_or(env!("CARGO_BIN_EXE_fieldguide"));
    let Some(limit) = std::env::var_os("NO_EVENTS") else { return Command::new(program) };
    let limit = limit.to_string_lossy();
    let mut command = Command::new("unshare");
    let script =
        format!("echo 0 > /proc/sys/user/max_inotify_{limit} && exec {program} \"$@\"");
    command.args(["-Ur", "sh", "-c", &script, "sh"]);
    command
}

/// Gathers what is printed, so that no pipe is ever full.
fn follow(pipe: impl Read + Send + 'static) -> Arc<Mutex<String>> {
    let text = Arc::new(Mutex::new(String::new()));
    let shared = text.clone();
    std::thread::spawn(move || {
        let mut lines = BufReader::new(pipe);
        let mut line = Vec::new();
        while lines.read_until(b'\n', &mut line).is_ok_and(|n| n > 0) {
            shared.lock().unwrap().push_str(&String::from_utf8_lossy(&line));
            line.clear();
        }
    });
    text
}

impl Response {
    /// Reads an answer, which must be whole.
    #[track_caller]
    pub(crate) fn read(bytes: &[u8]) -> Self {
        let text = String::from_utf8_lossy(bytes);
        let end = bytes.windows(4).position(|four| four == b"\r\n\r\n");
        let end = end.unwrap_or_else(|| panic!("no answer: {text:?}"));
        let head = String::from_utf8(bytes[..end].to_vec()).expect("heads are ASCII");
        let status = head.split(' ').nth(1).and_then(|status| status.parse().ok());
        let status = status.unwrap_or_else(|| panic!("no status: {head}"));
        let body = bytes[end + 4..].to_vec();
        let response = Self { status, head, body };
        let length = response.field("Content-Length").and_then(|n| n.parse().ok());
        // "Not modified" has no body, and need not say how long that would be.
        let length = if status == 304 { Some(0) } else { length };
        assert_eq!(length, Some(response.body.len()), "cut short: {response:?}");
        response
    }

    /// The value of a header field.
    pub(crate) fn field(&self, name: &str) -> Option<&str> {
        let lines = self.head.lines().filter_map(|line| line.split_once(": "));
        let mut values = lines.filter(|(known, _)| *known == name);
        values.next().map(|(_, value)| value)
    }

    /// The body as text.
    pub(crate) fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    /// The body without the script that the preview adds; it must be there once.
    #[track_caller]
    pub(crate) fn without_script(&self) -> Vec<u8> {
        let (start, end) = self.script();
        [&self.body[..start], &self.body[end..]].concat()
    }

    #[track_caller]
    fn script(&self) -> (usize, usize) {
        let text = str::from_utf8(&self.body).expect("pages are UTF-8");
        let is_ours = |(at, _): &(usize, &str)| {
            text[*at..].split('>').next().is_some_and(|tag| tag.contains("~fieldguide/"))
        };
        let all: Vec<_> = text.match_indices("<script src=\"").filter(is_ours).collect();
        let [(start, _)] = all[..] else { panic!("{} scripts: {self:?}", all.len()) };
        let length = text[start..].find("</script>").expect("the script ends");
        (start, start + length + "</script>".len())
    }
}

/// Files below a folder, with their bytes, as `build` makes them in a folder of its own.
pub(crate) fn built(book: &Project) -> std::collections::BTreeMap<String, Vec<u8>> {
    let out = tempfile::tempdir().expect("a temporary folder can be made");
    let out = out.path().join("public");
    let run = book.run(&["build", "--out", &out.to_string_lossy()]);
    assert_eq!(run.status, 0, "{}", run.stderr);
    let mut files = crate::build::tree(&out);
    files.remove(".fieldguide.json");
    files
}

/// The route of a path below a site.
pub(crate) fn route(path: &str) -> &str {
    path.strip_suffix("index.html").unwrap_or(path)
}

/// Whether a path is one of a page, to which the preview adds its script.
pub(crate) fn is_page(path: &str) -> bool {
    Path::new(path).extension().is_some_and(|extension| extension == "html")
}
