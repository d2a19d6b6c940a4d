//! What a report holds: plain data, the same for every output and for JSON.
//!
//! In: built by `gather`. Out: read by the renderers. A number stands beside the text that is printed
//! for it, rounded once, so that no two outputs can disagree. Lists "by horizon" and "by outcome"
//! are in the order of [`Report::horizons`] and [`Report::outcomes`].

mod numbers;
mod reasons;
mod voices;

pub use numbers::*;
pub use reasons::*;
pub use voices::*;

use serde::Serialize;

/// What `assess report --format json` prints.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Report {
    /// Of this shape; it changes only where a reader of the old one would fail.
    pub version: u32,
    /// The question.
    pub title: String,
    /// Who says so.
    pub author: Option<String>,
    /// The language of what is said between the author's words: `en`.
    pub lang: String,
    /// Who may see it, as the file says.
    pub marking: Option<String>,
    /// Whose report it is.
    pub organisation: Option<String>,
    /// Its sign, as an address that holds the whole picture.
    pub logo: Option<String>,
    /// The scenario under which all numbers hold; null for the verdict as it stands.
    pub under: Option<Under>,
    /// What the file is taken to say in place of what it says; empty for the verdict as it stands.
    pub what_if: Vec<WhatIf>,
    /// By horizon who leads as the file stands, in a sentence; empty where it is taken as it stands.
    pub as_it_stands: Vec<String>,
    /// The day from which time counts, as 2025-03-01.
    pub as_of: String,
    /// The same in words: "1 March 2025".
    pub as_of_words: String,
    /// The scale of the words.
    pub scale: String,
    /// `tags:`
    pub tags: Vec<String>,
    /// Where the question stands.
    pub place: Place,
    /// What the question is about.
    pub context: Prose,
    /// How one would know.
    pub resolves: Prose,
    /// What else its author says of it.
    pub note: Prose,
    /// In order of time.
    pub horizons: Vec<Horizon>,
    /// The answer to the first question, by horizon; empty where the file asks none.
    pub answers: Vec<Answer>,
    /// Every key judgement; absent where there is none.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(test, schemars(default))]
    pub judgements: Vec<KeyJudgement>,
    /// The file itself, its views, pools of them; absent where there is no view.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(test, schemars(default))]
    pub voices: Vec<VoiceOf>,
    /// Each `question` block; absent where there is none.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(test, schemars(default))]
    pub questions: Vec<QuestionOf>,
    /// Every outcome, in the file's order.
    pub outcomes: Vec<Outcome>,
    /// What the intervals cover, in a sentence.
    pub coverage: Option<String>,
    /// What stands before the reasons.
    pub prior: Option<Prior>,
    /// Of priors with several rows, and of questions but the first: each row; absent where there is none.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(test, schemars(default))]
    pub rows: Vec<PriorRow>,
    /// What moves each outcome that leads somewhere or is final.
    pub contributions: Vec<Contributions>,
    /// The same of each event that is pushed: from its chance without pushes; absent where there is none.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(test, schemars(default))]
    pub pushed: Vec<Contributions>,
    /// Why there are no contributions and tipping points, where there are none.
    pub left_out: Option<String>,
    /// Every quantity, and every question whose outcomes have values; absent where there is none.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(test, schemars(default))]
    pub numbers: Vec<Number>,
    /// What states an impact, horizon by horizon; absent where nothing does.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(test, schemars(default))]
    pub matrices: Vec<Matrix>,
    /// Every event.
    pub events: Vec<Event>,
    /// Every factor, event and change that moves something or rests on evidence, and those that move
    /// nothing, with why; the largest first.
    pub drivers: Vec<Driver>,
    /// By horizon, how far each number is from changing the leader.
    pub tipping: Vec<Tipping>,
    /// How tipping points are searched, in sentences, or why there are none.
    pub tipping_notes: Vec<String>,
    /// Every change clause.
    pub changes: Vec<Change>,
    /// Every scenario.
    pub scenarios: Vec<Scenario>,
    /// Every assumption of the file.
    pub assumptions: Vec<Assumption>,
    /// What was taken for granted without being written, as sentences.
    pub assumed: Vec<String>,
    /// Every bet.
    pub bets: Vec<Bet>,
    /// Every section of prose.
    pub sections: Vec<Section>,
    /// Every number that stands in prose, once.
    pub queries: Vec<Query>,
    /// Every expectation.
    pub expectations: Vec<Expectation>,
    /// What came true.
    pub resolved: Vec<Resolved>,
    /// What `check` finds, warnings only.
    pub findings: Vec<Finding>,
    /// How many notes it has beside.
    pub notes: usize,
    /// Every source, once.
    pub sources: Vec<Listed>,
    /// How the numbers were computed.
    pub method: Method,
    /// The files; the first is the assessment's own.
    pub files: Vec<File>,
}

/// A scenario that is taken to be so.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Under {
    /// Its title, or its name.
    pub title: String,
    /// What it makes so, as written.
    pub sets: String,
}

/// Something that a file is taken to say.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct WhatIf {
    /// `view`, `with`, `without` or `vague`.
    pub kind: String,
    /// As asked: "tariffs: 50% by end", the title of what is left out, "3 dB".
    pub text: String,
}

/// A line of a file.
#[derive(Debug, Clone, Copy, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Place {
    /// Which of [`Report::files`].
    pub file: usize,
    /// From 1.
    pub line: usize,
}

/// A safe part of CommonMark with its numbers filled in.
#[derive(Debug, Clone, Default, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Prose(pub Vec<Block>);

impl Prose {
    /// Whether nothing is said.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

/// A block of prose.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(tag = "kind", rename_all = "lowercase")]
pub enum Block {
    /// A paragraph.
    Paragraph {
        /// In order.
        pieces: Vec<Piece>,
    },
    /// A list.
    List {
        /// The first number; none where it is not numbered.
        start: Option<u64>,
        /// Each with its own blocks.
        items: Vec<Vec<Block>>,
    },
}

/// A piece of a paragraph.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Piece {
    /// As printed.
    pub text: String,
    /// For a number: which of [`Report::queries`] it answers.
    pub query: Option<usize>,
    /// Whether it is emphasised.
    pub emphasis: bool,
    /// Whether it is emphasised strongly.
    pub strong: bool,
    /// Whether it is code.
    pub code: bool,
    /// Where it leads: an address of the web or of mail.
    pub link: Option<String>,
}

impl Piece {
    /// Text without a look of its own.
    pub fn plain(text: &str) -> Piece {
        Piece {
            text: text.to_owned(),
            query: None,
            emphasis: false,
            strong: false,
            code: false,
            link: None,
        }
    }

    /// Whether text of one can go on in the other.
    pub(crate) fn looks_like(&self, other: &Piece) -> bool {
        let is_text = self.query.is_none() && other.query.is_none();
        let looks = |p: &Piece| (p.emphasis, p.strong, p.code);
        is_text && looks(self) == looks(other) && self.link == other.link
    }
}

/// A share of 1.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Share {
    /// Null where there is none.
    pub value: Option<f64>,
    /// As printed: "3.1%", "none stated".
    pub text: String,
}

/// How likely something is.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Likelihood {
    /// Null where there is none.
    pub value: Option<f64>,
    /// As printed: "3.1%".
    pub text: String,
    /// Its word of the scale.
    pub word: Option<String>,
    /// The words that the interval spans, where it spans three or more: "unlikely to likely".
    pub span: Option<String>,
    /// The 5th percentile.
    pub low: Option<f64>,
    /// The 95th percentile.
    pub high: Option<f64>,
    /// The interval as printed, where it says more than the number: "1.4–5.2%".
    pub interval: Option<String>,
    /// Where it was sampled, its standard error: "±0.2 points".
    pub error: Option<String>,
}

/// One horizon.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Horizon {
    /// Its name.
    pub id: String,
    /// Its title, or its name.
    pub title: String,
    /// The first day.
    pub from: String,
    /// The last day.
    pub to: String,
    /// The last day in words: "1 September 2025".
    pub to_words: String,
    /// Days from `as_of` to the last day.
    pub days: f64,
    /// Whether its end was assumed.
    pub open: bool,
    /// Where it stands.
    pub place: Place,
}

/// The answer at one horizon.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Answer {
    /// The horizon's name.
    pub horizon: String,
    /// The answer in one sentence.
    pub sentence: String,
    /// Who leads.
    pub leader: Standing,
    /// The leader's chance less the next one's.
    pub margin: f64,
    /// As printed: "29 points".
    pub margin_text: String,
    /// The other outcomes that the sentence names, the likeliest first.
    pub others: Vec<Standing>,
    /// How many outcomes it leaves out.
    pub more: usize,
    /// `low`, `moderate` or `high`.
    pub confidence: String,
    /// Confidence in a sentence of its own, without any likelihood.
    pub confidence_sentence: String,
}

/// A `question` block.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct QuestionOf {
    /// Its name.
    pub id: String,
    /// Its title, or its name.
    pub title: String,
    /// How one would know.
    pub resolves: Prose,
    /// What else its author says of it.
    pub note: Prose,
    /// The names of its outcomes.
    pub outcomes: Vec<String>,
    /// The answer, by horizon.
    pub answers: Vec<Answer>,
    /// What would change it, by horizon; that of the first question stands at the top level.
    pub tipping: Vec<Tipping>,
}

/// One row of a prior.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct PriorRow {
    /// Its title, with that of the question and its condition.
    pub title: String,
    /// How likely it is to be in force, by horizon; null where it is the only one.
    pub in_force: Option<String>,
    /// What it says of each outcome, by horizon.
    pub says: Vec<String>,
    /// Who says so.
    pub source: Option<Source>,
    /// What it rests on.
    pub evidence: Vec<Evidence>,
    /// What else its author says of it.
    pub note: Prose,
    /// Where it stands.
    pub place: Place,
}

/// An outcome in an answer.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Standing {
    /// Its name.
    pub id: String,
    /// Its title.
    pub title: String,
    /// Whether it stays once it has come.
    pub is_final: bool,
    /// How likely it is.
    pub chance: Likelihood,
}

/// One outcome.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Outcome {
    /// Its name.
    pub id: String,
    /// Its title, or its name.
    pub title: String,
    /// Whether it stays once it has come; its chances are then "by" each horizon's end.
    pub is_final: bool,
    /// How one would know.
    pub resolves: Prose,
    /// What else its author says of it.
    pub note: Prose,
    /// How likely it is, by horizon.
    pub horizons: Vec<Likelihood>,
    /// Where it stands.
    pub place: Place,
}

/// What stands before the reasons.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Prior {
    /// Its title.
    pub title: Option<String>,
    /// By outcome of the first question, then by horizon.
    pub outcomes: Vec<Vec<Share>>,
    /// Who says so.
    pub source: Option<Source>,
    /// What it rests on.
    pub evidence: Vec<Evidence>,
    /// What else its author says of it.
    pub note: Prose,
    /// Where it stands.
    pub place: Place,
}

/// One event.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Event {
    /// Its name.
    pub id: String,
    /// Its title, or its name.
    pub title: String,
    /// Whether no chance is stated.
    pub hypothetical: bool,
    /// How likely it is to hold already.
    pub now: Option<f64>,
    /// How likely it is by each horizon's end.
    pub horizons: Vec<Likelihood>,
    /// How one would know.
    pub resolves: Prose,
    /// Where it stands.
    pub place: Place,
}

/// One scenario.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Scenario {
    /// Its name.
    pub id: String,
    /// Its title, or its name.
    pub title: String,
    /// What it makes so, as written: "drift, not ceasefire".
    pub sets: String,
    /// By horizon.
    pub horizons: Vec<ScenarioAt>,
    /// What else its author says of it.
    pub note: Prose,
    /// Where it stands.
    pub place: Place,
}

/// A scenario at one horizon.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct ScenarioAt {
    /// Who leads, by name.
    pub leader: String,
    /// Whether that is another than in the verdict.
    pub flips: bool,
    /// By outcome.
    pub outcomes: Vec<Share>,
}

/// One assumption.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Assumption {
    /// Its name.
    pub id: String,
    /// Its title, or its name.
    pub title: String,
    /// How sure its author is: `low`, `moderate` or `high`.
    pub confidence: Option<String>,
    /// What it pushes if it is wrong, in lines.
    pub pushes: Vec<String>,
    /// What it rests on.
    pub evidence: Vec<Evidence>,
    /// What else its author says of it.
    pub note: Prose,
    /// Where it stands.
    pub place: Place,
}

/// One bet.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Bet {
    /// Its title.
    pub title: String,
    /// What it is on, as written.
    pub on: String,
    /// What a certain payout of 1 costs.
    pub price: Share,
    /// How likely it is to pay.
    pub chance: Likelihood,
    /// The chance less the price, in percentage points.
    pub edge: Option<f64>,
    /// As printed: "+2.1".
    pub edge_text: String,
    /// What else its author says of it.
    pub note: Prose,
    /// Where it stands.
    pub place: Place,
}

/// A section of prose.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Section {
    /// Its title.
    pub title: String,
    /// Its text.
    pub text: Prose,
    /// Where it stands.
    pub place: Place,
}

/// A question that prose asks.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Query {
    /// As written: `exit by long given latitude`.
    pub text: String,
    /// What it means, in words.
    pub means: String,
    /// The name of what it is about, where that is one thing.
    pub about: Option<String>,
    /// Its answer.
    pub answer: Likelihood,
    /// The word that the text expects, and whether the answer bears it out.
    pub expected: Option<(String, bool)>,
    /// Where it stands first.
    pub place: Place,
}

/// One expectation.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Expectation {
    /// As written.
    pub text: String,
    /// Whether the verdict bears it out.
    pub holds: bool,
    /// The probability that is asked for.
    pub answer: Share,
    /// What is the case instead, where it fails.
    pub instead: Option<String>,
    /// Where it stands.
    pub place: Place,
}

/// What came true.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Resolved {
    /// As written.
    pub text: String,
    /// Where it stands.
    pub place: Place,
}

/// One finding of `check`.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Finding {
    /// The rule's name.
    pub rule: String,
    /// What is wrong.
    pub message: String,
    /// What to write instead.
    pub help: Option<String>,
    /// Where it stands.
    pub place: Place,
}

/// A source with all that it is used for.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Listed {
    /// As written first.
    pub text: String,
    /// Where it is an address.
    pub url: Option<String>,
    /// The ratings of what is taken from it.
    pub rated: Vec<String>,
    /// The dates of what is taken from it, in words, the oldest first.
    pub dated: Vec<String>,
    /// What rests on it.
    pub used: Vec<Use>,
}

/// What a source is used for.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Use {
    /// Its name; null for the prior.
    pub id: Option<String>,
    /// Its title, or its name.
    pub title: String,
}

/// How the numbers were computed.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Method {
    /// In a sentence or two.
    pub summary: String,
    /// How confidence is computed, in a sentence.
    pub confidence: String,
    /// The version of `assess`.
    pub version: String,
    /// How many states were summed.
    pub states: u64,
    /// How many draws the intervals rest on.
    pub draws: u32,
    /// Their seed.
    pub seed: u64,
    /// Whether the verdict was sampled.
    pub sampled: bool,
}

/// One file.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct File {
    /// As named on the command line.
    pub name: String,
    /// Its whole text; null where it is longer than a page can hold.
    pub text: Option<String>,
    /// Pieces of the text in order, each with what it is; they are the whole text.
    #[serde(skip)]
    pub tokens: Vec<Token>,
}

/// A piece of a file's text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Token {
    /// The byte behind it.
    pub end: usize,
    /// What it is.
    pub sort: Sort,
}

/// What a piece of a file's text is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Sort {
    /// Blanks and signs.
    #[default]
    Plain,
    /// A word of the language.
    Keyword,
    /// A name.
    Name,
    /// A number, a date, a unit.
    Number,
    /// A word of a scale.
    Word,
    /// A text in quotes.
    Text,
    /// A placeholder in prose.
    Placeholder,
    /// A comment.
    Comment,
}
