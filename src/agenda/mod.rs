//! What falls due: horizons that end, events whose time is up, evidence that grows stale,
//! suppressions that expire.
//!
//! In: a project and a policy. Out: dated things to be done, in order of time. No clock is read:
//! which of them are past is for whoever knows the day. What `check` would not report, because its
//! rule is off or allowed, is not due.

mod find;

use crate::diag::Diagnostic;
use crate::lint::{Policy, allow};
use crate::project::Project;
use crate::resolve::with_problems;
use crate::text::source::FileId;
use jiff::civil::Date;
use std::collections::BTreeMap;
use xxhash_rust::xxh3::xxh3_128;

/// What kind of thing falls due.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// A horizon ends, and nothing says what came true.
    Horizon,
    /// The time by which events were given a chance is up.
    Event,
    /// Evidence is as old as it may be.
    Evidence,
    /// An `allow` comment holds no longer.
    Allow,
}

impl Kind {
    /// The word that every output uses.
    pub fn as_str(self) -> &'static str {
        match self {
            Kind::Horizon => "horizon",
            Kind::Event => "event",
            Kind::Evidence => "evidence",
            Kind::Allow => "allow",
        }
    }
}

/// One thing that falls due.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Due {
    /// The last day on which nothing is amiss.
    pub(crate) date: Date,
    /// What kind of thing it is.
    pub(crate) kind: Kind,
    /// The file that it stands in, as named on the command line.
    pub(crate) file: String,
    /// Its line, from 1.
    pub(crate) line: usize,
    /// What it is about: names of the file; of an `allow`, of rules.
    pub(crate) names: Vec<String>,
    /// What comes about on that day.
    pub(crate) what: String,
    /// The same with titles in place of names, for those who do not see the file.
    pub(crate) in_titles: String,
    /// What is to be done then.
    pub(crate) todo: String,
    /// The question of the assessment; a shared file has none.
    pub(crate) title: Option<String>,
    /// The assessment's `as of`; without one, `date`.
    pub(crate) as_of: Date,
    /// The same for the same thing whatever else changes in the file, its date included, and wherever
    /// the file lies: it is made of the assessment's question, or in a shared file of what the thing
    /// itself says.
    pub(crate) uid: String,
}

/// What falls due in a project's first file and in what it uses.
///
/// # Errors
///
/// The errors of a file that has no meaning.
pub fn agenda(project: &Project, policy: &Policy) -> Result<Vec<Due>, Vec<Diagnostic>> {
    let resolved = with_problems(project);
    let diagnostics = resolved.diagnostics;
    if diagnostics.has_errors() {
        return Err(diagnostics.sorted());
    }
    let allows = (0u32..).zip(&project.files).map(|(i, file)| {
        let source = project.sources.source(FileId(i));
        allow::find(FileId(i), &source.text, &file.tree).0
    });
    let finder = find::Finder {
        project,
        policy,
        assessment: resolved.assessment.as_ref(),
        allows: allows.flatten().collect(),
    };
    Ok(finder.run())
}

/// The agendas of several files as one: in order of time, what two files share only once.
pub fn merge(agendas: impl IntoIterator<Item = Vec<Due>>) -> Vec<Due> {
    let mut all: Vec<Due> = agendas.into_iter().flatten().collect();
    all.sort();
    all.dedup_by(|a, b| (&a.file, a.line, a.date, &a.what) == (&b.file, b.line, b.date, &b.what));
    // Two things that are alike in all that names them are told apart by their order.
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    for due in &mut all {
        let count = seen.entry(due.uid.clone()).or_default();
        *count += 1;
        if *count > 1 {
            due.uid = format!("{}-{count}", due.uid);
        }
    }
    all
}

/// An identifier for what the words say, however they are spaced.
fn uid(words: &[&str]) -> String {
    let plain = |text: &&str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    let words: Vec<String> = words.iter().map(plain).collect();
    format!("{:032x}", xxh3_128(words.join("\u{1f}").as_bytes()))
}
