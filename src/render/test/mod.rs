//! What `test` found, in every output.
//!
//! In: files with their claims, stored verdicts and what the verdicts say to them. Out: text. A test
//! has the same name, outcome and words in each output.

mod coverage;
mod detail;
pub mod json;
mod junit;
mod text;

use super::Look;
use super::verdict::Evaluated;
use crate::diag::Checked;
use crate::render::Format;
use crate::testing::coverage::Part;
use crate::testing::{Kind, Trial};

/// Everything that a run found.
#[derive(Debug, Default)]
pub struct Run {
    /// By file, in path order.
    pub(crate) files: Vec<Tested>,
    /// Stored verdicts that belong to no verdict: their paths, and why.
    pub(crate) stale: Vec<(String, String)>,
    /// Whether what is new or stale fails.
    pub(crate) locked: bool,
    /// Whether only what is out of order is to be listed.
    pub(crate) quiet: bool,
}

/// One file.
#[derive(Debug)]
pub struct Tested {
    /// What the names of its tests begin with.
    pub(crate) name: String,
    /// As named on the command line.
    pub(crate) file: String,
    /// What became of it.
    pub(crate) body: Body,
}

/// What became of a file.
#[derive(Debug)]
pub enum Body {
    /// It has no meaning: its errors.
    Broken(Checked),
    /// It is made for `use` and has no verdict, or nothing was asked of it.
    Nothing,
    /// Its verdict was computed.
    Ran(Box<Ran>),
}

/// A file with a verdict.
#[derive(Debug)]
pub struct Ran {
    /// The verdict; the assessment asks for the claims of `trials` alone.
    pub(crate) evaluated: Evaluated,
    /// Its claims.
    pub(crate) trials: Vec<Trial>,
    /// Its stored verdict; none where it is not looked at.
    pub(crate) stored: Option<Stored>,
    /// What its expectations exercise; none where nobody asked.
    pub(crate) coverage: Option<Vec<Part>>,
}

/// A stored verdict.
#[derive(Debug)]
pub struct Stored {
    /// Where it stands, or would.
    pub(crate) path: String,
    /// What the verdict says to it.
    pub(crate) state: State,
}

/// What a verdict says to the stored one.
#[derive(Debug)]
pub enum State {
    /// It is the same.
    Same,
    /// There is none yet.
    New {
        /// The text to store.
        now: String,
    },
    /// It is another.
    Changed(Box<Changed>),
    /// It was stored by this run.
    Accepted,
}

/// A verdict that is no longer the stored one.
#[derive(Debug)]
pub struct Changed {
    /// The stored text.
    pub(crate) before: String,
    /// The text to store.
    pub(crate) now: String,
    /// What moved it.
    pub(crate) origin: Origin,
}

/// What moved a verdict.
#[derive(Debug)]
pub enum Origin {
    /// It was not looked for.
    Unasked,
    /// Why that cannot be said, in a sentence.
    Unknown(String),
    /// It is known.
    Known(Since),
}

/// What moved a verdict since an earlier text.
#[derive(Debug)]
pub struct Since {
    /// The newest revision whose text has the stored verdict.
    pub(crate) revision: String,
    /// Each probability that moved, the largest move first.
    pub(crate) moves: Vec<Move>,
}

/// One probability that moved.
#[derive(Debug)]
pub struct Move {
    /// The horizon's name.
    pub(crate) horizon: String,
    /// The outcome's name.
    pub(crate) outcome: String,
    /// In the earlier verdict, a share of 1.
    pub(crate) from: f64,
    /// In this one.
    pub(crate) to: f64,
    /// What each edit has to do with it, the largest share first; they sum to `to` minus `from`.
    pub(crate) shares: Vec<Share>,
}

/// One edit's share of a move.
#[derive(Debug)]
pub struct Share {
    /// The edit, in words.
    pub edit: String,
    /// Where it stands now, or stood.
    pub(crate) line: Option<usize>,
    /// In percentage points.
    pub(crate) points: f64,
}

/// How a test ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Status {
    /// It holds.
    Passed,
    /// It does not.
    Failed,
    /// There is no stored verdict to compare with.
    New,
    /// The verdict was stored by this run.
    Accepted,
}

impl Status {
    /// The word that every output uses.
    pub fn as_str(self) -> &'static str {
        match self {
            Status::Passed => "passed",
            Status::Failed => "failed",
            Status::New => "new",
            Status::Accepted => "accepted",
        }
    }
}

/// One way to write what was found.
pub type TestFormat = Format<fn(&Run, Look) -> String>;

/// Every format of `test`, the default first. To add one: its file, and its line here.
pub static TEST_FORMATS: &[TestFormat] = &[
    Format::new("text", text::write),
    Format::new("json", json::write),
    Format::from_the_top("junit", junit::write),
];

/// One test, as the outputs see it.
struct Test<'a> {
    name: String,
    kind: Kind,
    file: &'a str,
    /// From 1; none of a file or verdict as a whole.
    line: Option<usize>,
    status: Status,
    of: Of<'a>,
}

/// What a test is about.
enum Of<'a> {
    File(&'a Checked),
    Claim(&'a Ran, &'a Trial),
    Verdict(&'a Tested, &'a Stored),
}

/// How many tests ended how.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct Tally {
    files: usize,
    tests: usize,
    passed: usize,
    failed: usize,
    new: usize,
    accepted: usize,
}

impl Run {
    /// Whether everything holds.
    pub fn is_good(&self) -> bool {
        let failed = self.tests().any(|t| t.status == Status::Failed);
        !failed && (!self.locked || self.stale.is_empty())
    }

    /// How many tests there are.
    pub fn count(&self) -> usize {
        self.tests().count()
    }

    fn tests(&self) -> impl Iterator<Item = Test<'_>> {
        self.files.iter().flat_map(|file| file.tests(self.locked))
    }

    fn tally(&self) -> Tally {
        let mut tally = Tally {
            files: self
                .files
                .iter()
                .filter(|f| !matches!(f.body, Body::Nothing))
                .count(),
            ..Tally::default()
        };
        for test in self.tests() {
            tally.tests += 1;
            *match test.status {
                Status::Passed => &mut tally.passed,
                Status::Failed => &mut tally.failed,
                Status::New => &mut tally.new,
                Status::Accepted => &mut tally.accepted,
            } += 1;
        }
        tally
    }
}

impl Tested {
    fn tests(&self, locked: bool) -> Vec<Test<'_>> {
        let test = |name: &str, kind, line, status, of| Test {
            name: format!("{}::{name}", self.name),
            kind,
            file: &self.file,
            line,
            status,
            of,
        };
        let ran = match &self.body {
            Body::Nothing => return Vec::new(),
            Body::Broken(checked) => {
                let of = Of::File(checked);
                return vec![test("file", Kind::File, None, Status::Failed, of)];
            }
            Body::Ran(ran) => ran,
        };
        let claims = ran.trials.iter().map(|trial| {
            let status = match trial.answer.holds {
                true => Status::Passed,
                false => Status::Failed,
            };
            let case = &trial.case;
            let of = Of::Claim(ran, trial);
            test(&case.name, case.kind, Some(case.line), status, of)
        });
        let verdict = ran.stored.iter().map(|stored| {
            let status = match &stored.state {
                State::Same => Status::Passed,
                State::New { .. } if !locked => Status::New,
                State::New { .. } | State::Changed(_) => Status::Failed,
                State::Accepted => Status::Accepted,
            };
            let of = Of::Verdict(self, stored);
            test("verdict", Kind::Verdict, None, status, of)
        });
        claims.chain(verdict).collect()
    }
}

/// "1 file", "2 files"
fn count(n: usize, what: &str) -> String {
    match n {
        1 => format!("1 {what}"),
        n => format!("{n} {what}s"),
    }
}
