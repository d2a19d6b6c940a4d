//! The pages of a folder: its index, shared files, and what leads from one to another.
//!
//! In: entries, links and reports. Out: HTML, as strict as the page of a single report.

use super::super::Shape;
use super::{dress, page_among, render, source, words};
use crate::render::report::view::Report;
use crate::render::report::view::model::File;
use crate::render::report::view::site::{Entry, Links, RECORD, address, hash};
use crate::text::lang::Lang;
use minijinja::value::{Enumerator, Object, ObjectRepr, Serde};
use minijinja::{Value, context};
use serde::Serialize;
use std::sync::{Arc, LazyLock};

/// One line of the index.
#[derive(Serialize)]
struct Row<'a> {
    href: String,
    #[serde(flatten)]
    entry: &'a Entry,
}

/// A file that has no page, and why.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Broken {
    /// The file as seen from the folder.
    pub(crate) file: String,
    /// How many mistakes are in it.
    pub(crate) mistakes: usize,
}

/// What tells pages of one build from those of another: all that stands in them of our own.
pub(crate) fn fingerprint() -> String {
    static FINGERPRINT: LazyLock<String> = LazyLock::new(|| {
        let parts: String = super::TEMPLATES.iter().map(|t| t.1).collect();
        hash((parts + &dress::fingerprint()).as_bytes())
    });
    FINGERPRINT.clone()
}

/// Lines of the index, each of which becomes a value only as it is written: all at once would take much memory.
#[derive(Debug)]
struct Rows {
    entries: Arc<[Entry]>,
    places: Vec<usize>,
}

impl Rows {
    /// Of the entries with a file that are so.
    fn of(entries: &Arc<[Entry]>, is: impl Fn(&Entry) -> bool) -> Value {
        let places = entries.iter().enumerate();
        let places = places.filter(|(_, entry)| !entry.file.is_empty() && is(entry));
        Value::from_object(Rows {
            places: places.map(|(place, _)| place).collect(),
            entries: Arc::clone(entries),
        })
    }
}

impl Object for Rows {
    fn repr(self: &Arc<Self>) -> ObjectRepr {
        ObjectRepr::Seq
    }

    fn get_value(self: &Arc<Self>, key: &Value) -> Option<Value> {
        let place = self.places.get(key.as_usize()?)?;
        let entry = self.entries.get(*place)?;
        let href = address("index.html", &entry.page);
        Some(Value::from(Serde(Row { href, entry })))
    }

    fn enumerate(self: &Arc<Self>) -> Enumerator {
        Enumerator::Seq(self.places.len())
    }
}

/// The index of a folder.
pub(crate) fn index(title: &str, entries: &Arc<[Entry]>, broken: &[Broken]) -> String {
    let has_record = entries.iter().any(|entry| entry.file.is_empty());
    let context = context! {
        title,
        author => None::<&str>,
        lang => Lang::default().code(),
        reloads => false,
        t => words::of(Lang::default()),
        assessments => Rows::of(entries, |entry| entry.about.is_some()),
        shared => Rows::of(entries, |entry| entry.about.is_none()),
        broken => Value::from(Serde(broken)),
        record => has_record.then_some(RECORD),
        version => env!("CARGO_PKG_VERSION"),
        head => dress::index(),
    };
    render("index.html", context)
}

/// The page of a shared file: what it says and who uses it.
pub(crate) fn shared(files: &[File], links: &Links) -> String {
    let context = context! {
        links => Value::from(Serde(links)),
        title => files.first().map(|f| f.name.as_str()),
        author => None::<&str>,
        lang => Lang::default().code(),
        reloads => false,
        t => words::of(Lang::default()),
        listings => Value::from(Serde(source::listings_of(files))),
        version => env!("CARGO_PKG_VERSION"),
        head => dress::shared(),
    };
    render("shared.html", context)
}

/// A report's page, with what leads from it to others.
pub(crate) fn linked(report: &Report, shape: &Shape, links: &Links) -> String {
    page_among(report, shape, Some(links))
}
