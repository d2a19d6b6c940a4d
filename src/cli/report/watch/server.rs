//! A server for one page, for this machine alone.
//!
//! In: a page, and newer ones. Out: answers on the loopback address: the page, and, for who asks,
//! word of a newer one as soon as there is one. What asks under another name than the address is
//! refused, so that no page of the web can reach it; nothing else is served, and nothing is read.

use std::io::{self, BufRead, BufReader, Read, Write};
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

/// A longer head of a request is refused.
const LONGEST: u64 = 16_384;

/// As many requests are answered at once.
const MOST: usize = 64;

/// How long who asks for a newer page waits before asking again.
const PATIENCE: Duration = Duration::from_secs(20);

/// Where the page has its number.
const MARK: &str = "data-version=0";

/// A page and its number.
#[derive(Default)]
struct Shown {
    version: u64,
    page: String,
}

#[derive(Default)]
struct Shared {
    shown: Mutex<Shown>,
    changed: Condvar,
    busy: AtomicUsize,
}

/// A server that runs until the process ends.
pub(super) struct Server {
    shared: Arc<Shared>,
    port: u16,
}

impl Server {
    /// Begins to serve, at a port that is free.
    pub(super) fn begin(page: String) -> io::Result<Server> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?;
        let port = listener.local_addr()?.port();
        let shared = Arc::new(Shared::default());
        let server = Server {
            shared: Arc::clone(&shared),
            port,
        };
        server.show(page);
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let shared = Arc::clone(&shared);
                if shared.busy.fetch_add(1, Ordering::SeqCst) >= MOST {
                    shared.busy.fetch_sub(1, Ordering::SeqCst);
                    continue;
                }
                std::thread::spawn(move || {
                    // Who has gone away needs no answer.
                    let _ = shared.answer(stream, port);
                    shared.busy.fetch_sub(1, Ordering::SeqCst);
                });
            }
        });
        Ok(server)
    }

    /// Where the page is.
    pub(super) fn address(&self) -> String {
        format!("http://127.0.0.1:{}/", self.port)
    }

    /// Shows a newer page.
    pub(super) fn show(&self, page: String) {
        let mut shown = self.shared.lock();
        shown.version += 1;
        shown.page = page;
        self.shared.changed.notify_all();
    }
}

impl Shared {
    fn lock(&self) -> MutexGuard<'_, Shown> {
        self.shown.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn answer(&self, stream: TcpStream, port: u16) -> io::Result<()> {
        stream.set_read_timeout(Some(Duration::from_secs(5)))?;
        stream.set_write_timeout(Some(Duration::from_secs(5)))?;
        let mut head = BufReader::new(stream.try_clone()?.take(LONGEST)).lines();
        let first = head.next().transpose()?.unwrap_or_default();
        let mut is_ours = false;
        for line in head {
            let line = line?;
            if line.is_empty() {
                break;
            }
            if let Some((name, value)) = line.split_once(':')
                && name.eq_ignore_ascii_case("host")
            {
                let value = value.trim();
                is_ours = [format!("127.0.0.1:{port}"), format!("localhost:{port}")]
                    .iter()
                    .any(|own| own == value);
            }
        }
        let path = first
            .strip_prefix("GET ")
            .and_then(|rest| rest.split(' ').next());
        let (status, body) = match path {
            _ if !is_ours => ("403 Forbidden", String::new()),
            Some("/") => ("200 OK", self.page()),
            Some(path) => match path.strip_prefix("/changed?") {
                Some(version) if self.waits(version) => ("200 OK", String::new()),
                Some(_) => ("204 No Content", String::new()),
                None => ("404 Not Found", String::new()),
            },
            None => ("405 Method Not Allowed", String::new()),
        };
        write!(
            &stream,
            "HTTP/1.1 {status}\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: {}\r\n\
             Cache-Control: no-store\r\nX-Content-Type-Options: nosniff\r\n\
             Cross-Origin-Resource-Policy: same-origin\r\nConnection: close\r\n\r\n{body}",
            body.len()
        )
    }

    fn page(&self) -> String {
        let shown = self.lock();
        let own = format!("data-version={}", shown.version);
        shown.page.replacen(MARK, &own, 1)
    }

    /// Waits for another page than the one with this number; whether there is one.
    fn waits(&self, version: &str) -> bool {
        let is_same = |shown: &mut Shown| shown.version.to_string() == version;
        let waited = self
            .changed
            .wait_timeout_while(self.lock(), PATIENCE, is_same);
        let waited = waited.unwrap_or_else(PoisonError::into_inner);
        !waited.1.timed_out()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ask(server: &Server, path: &str, host: &str) -> String {
        let mut stream = TcpStream::connect(("127.0.0.1", server.port)).expect("a server");
        write!(stream, "GET {path} HTTP/1.1\r\nHost: {host}\r\n\r\n").expect("asked");
        let mut text = String::new();
        stream.read_to_string(&mut text).expect("an answer");
        text
    }

    #[test]
    fn a_newer_page_is_told_at_once_and_to_our_own_pages_alone() {
        let server = Server::begin("<html data-version=0>one".to_owned()).expect("a server");
        let own = format!("127.0.0.1:{}", server.port);
        let page = ask(&server, "/", &own);
        assert!(page.starts_with("HTTP/1.1 200") && page.ends_with("<html data-version=1>one"));
        assert!(ask(&server, "/", "evil.example").starts_with("HTTP/1.1 403"));
        assert!(ask(&server, "/../etc/passwd", &own).starts_with("HTTP/1.1 404"));
        assert!(ask(&server, "/changed?0", &own).starts_with("HTTP/1.1 200"));
        std::thread::scope(|scope| {
            let waiting = scope.spawn(|| ask(&server, "/changed?1", &own));
            std::thread::sleep(Duration::from_millis(50));
            assert!(!waiting.is_finished(), "nothing is newer yet");
            server.show("<html data-version=0>two".to_owned());
            assert!(
                waiting
                    .join()
                    .expect("an answer")
                    .starts_with("HTTP/1.1 200")
            );
        });
        assert!(ask(&server, "/", &own).ends_with("<html data-version=2>two"));
    }
}
