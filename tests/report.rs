//! Reports: what they hold, that they are one safe file, and how they look in a browser.

mod addresses;
mod browser;
mod docx;
mod facts;
mod hostile;
mod languages;
mod large;
mod left_out;
mod page;
mod what_if;

use crate::cli::assess;
use assess::cli::Status;

/// A report of a file.
fn report(file: &str, arguments: &[&str]) -> String {
    let run = assess(&[&["report", file], arguments].concat());
    assert_eq!((run.status, run.err.as_str()), (Status::Done, ""), "{file}");
    run.out
}

/// Every value of an attribute, with the tag that it stands in.
fn attributes<'p>(page: &'p str, name: &str) -> Vec<(&'p str, &'p str)> {
    let tags = page.split('<').skip(1);
    let tags = tags.filter_map(|tag| tag.split_once('>')).map(|t| t.0);
    let key = format!(" {name}=");
    let found = tags.filter_map(|tag| {
        let (_, value) = tag.split_once(&key)?;
        let value = match value.strip_prefix('"') {
            Some(quoted) => quoted.split('"').next()?,
            None => value.split_whitespace().next()?,
        };
        Some((tag, value))
    });
    found.collect()
}
