//! `assess report --watch`: the page in a browser, always as the file stands.
//!
//! In: a file. Out: pages, to this machine alone and only under the address that is printed, made anew
//! whenever the file or one that it uses changes; and in a file, where one is named. The page asks
//! whether there is a newer one, for which its policy allows it to talk to its own server; a page that
//! is written allows nothing of the kind. A file with mistakes shows them.

mod server;

use super::{Args, load};
use crate::cli::check::watch::Watch;
use crate::cli::{Status, Streams, write};
use crate::project::FileSystem;
use crate::render::report::Shape;
use crate::render::report::html;
use crate::render::report::view::Report;
use server::Server;
use std::io;
use std::path::PathBuf;

pub(super) fn run(args: &Args, streams: &mut Streams<'_>) -> io::Result<Status> {
    let is_page = args.format.as_deref().is_none_or(|name| name == "html");
    if !is_page || args.file.is_dir() || args.file.as_os_str() == "-" {
        return Ok(
            streams.fail("`--watch` shows the page of one file: `assess report FILE --watch`")
        );
    }
    let (mut page, mut paths) = made(args, streams);
    let server = match Server::begin(page) {
        Ok(server) => server,
        Err(error) => return Ok(streams.fail(&format!("no address to serve from: {error}"))),
    };
    let address = server.address();
    let file = args.file.display();
    streams.print(&format!("{file}: {address} (Ctrl-C ends)\n"))?;
    streams.flush()?;
    loop {
        let watch = Watch::begin(&paths);
        if let Err(error) = watch.and_then(|watch| watch.wait()) {
            return Ok(streams.fail(&format!("`{file}` cannot be watched: {error}")));
        }
        (page, paths) = made(args, streams);
        server.show(page);
    }
}

/// The page as the file stands, and the files that it rests on.
fn made(args: &Args, streams: &mut Streams<'_>) -> (String, Vec<PathBuf>) {
    let mut paths = vec![args.file.clone()];
    let page = match load(args, &FileSystem, &args.file, false) {
        Ok(report) => {
            paths.extend(report.files.iter().skip(1).map(|f| PathBuf::from(&f.name)));
            save(args, streams, &report);
            let shape = Shape {
                reloads: true,
                ..args.shape()
            };
            html::page(&report, &shape)
        }
        Err(failure) => {
            failure.say(streams);
            let mut text = Vec::new();
            let mut look = streams.error_look;
            look.colour = false;
            failure.say(&mut Streams {
                input: &mut io::empty(),
                output: &mut io::sink(),
                error: &mut text,
                look,
                error_look: look,
                terminals: streams.terminals,
                cache: None,
            });
            html::mistakes(&String::from_utf8_lossy(&text))
        }
    };
    paths.retain(|path| path.exists());
    (page, paths)
}

/// Writes the page where it is wanted, as it is to be sent.
fn save(args: &Args, streams: &mut Streams<'_>, report: &Report) {
    if let Some(out) = &args.output {
        let page = html::page(report, &args.shape());
        if let Err(error) = write::atomically(out, page.as_bytes()) {
            streams.fail(&format!("`{}` cannot be written: {error}", out.display()));
        }
    }
}
