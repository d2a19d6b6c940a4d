//! The typed tree of one file: what was written, with a [`Span`] on every node, before any name or
//! word is looked up.
//!
//! In: built by the lowering, which drops what is broken after reporting it. Out: read by `resolve`.
//! Units and ranges are checked here already (a chance is within 0…1); names, words of a scale,
//! horizons and sums are not.

use crate::text::lang::Lang;
use crate::text::source::Span;

mod dated;
mod numbers;
mod questions;
mod values;
mod voices;
pub use dated::Dated;
pub use numbers::*;
pub use questions::*;
pub use values::*;
pub use voices::*;

/// Something with the place where it stands.
#[derive(Debug, Clone, PartialEq)]
pub struct Spanned<T> {
    /// What stands there.
    pub node: T,
    /// Where.
    pub span: Span,
}

/// A name, at its declaration or at a use.
pub type Name = Spanned<String>;

/// A title, an author, a source: one string without its quotes.
pub type Text = Spanned<String>;

/// A whole file: items in the file's order.
#[derive(Debug, Clone, Default)]
pub struct File {
    /// What the file declares.
    pub items: Vec<Item>,
    /// Names that broken items would have declared: using them is no further mistake.
    pub broken: Vec<Name>,
    /// Kinds of items that were there but too broken to lower ("outcome", "horizon" …): their
    /// absence is no further mistake.
    pub broken_kinds: Vec<&'static str>,
}

/// One item.
#[derive(Debug, Clone)]
pub enum Item {
    /// `assessment "…" { … }`
    Assessment(Assessment),
    /// `horizon short "Short term": 0 to 6 months`
    Horizon(Horizon),
    /// `outcome exit "Full exit"`
    Outcome(Outcome),
    /// `prior { … }`
    Prior(Prior),
    /// `event`, `factor`, `change` or `assumption`
    Driver(Driver),
    /// `scenario rupture "…" { set: … }`
    Scenario(Scenario),
    /// `bet "…" { on: …, price: 97% }`
    Bet(Bet),
    /// `expect …`
    Expect(Expect),
    /// `section "Summary": """…"""`
    Section(Section),
    /// `use "europe.assess": ceasefire`
    Use(Use),
    /// `exclusive: a, b`
    Exclusive(Exclusive),
    /// `overlap 60%: a, b`
    Overlap(Overlap),
    /// `scale name { … }`
    Scale(Scale),
    /// `strengths { … }`
    Strengths(Strengths),
    /// `resolved: …`
    Resolved(Resolved),
    /// `question oil "…" { … }`
    Question(Question),
    /// `condition blackout: grid and diesel`
    Condition(Condition),
    /// `implies: m7, m67, m6`
    Implies(Implies),
    /// `view fbi "…" { … }`
    View(View),
    /// `pool both { of: own, fbi }`
    Pool(Pool),
    /// `judgement "…" { on: …, says: … }`
    Judgement(Box<Judgement>),
    /// `quantity growth "…" { … }`
    Quantity(Quantity),
    /// `impacts { limited, catastrophic }`
    Impacts(Impacts),
    /// `risk { likely and catastrophic: "very high" }`
    Risk(Risk),
}

/// The assessment block. Clauses that may stand once are options.
#[derive(Debug, Clone)]
pub struct Assessment {
    /// The whole item.
    pub span: Span,
    /// The word `assessment`.
    pub(crate) keyword: Span,
    /// The question.
    pub title: Text,
    /// `author:`
    pub author: Option<Text>,
    /// `as of:`
    pub as_of: Option<Spanned<Dated>>,
    /// `scale:` names a built-in or own scale.
    pub scale: Option<Name>,
    /// `strengths:` names a built-in or own table.
    pub strengths: Option<Name>,
    /// `tags:`
    pub tags: Vec<Name>,
    /// `marking:` who may see it, as `"TLP:AMBER"`.
    pub marking: Option<Text>,
    /// `lang:` the language of its report.
    pub lang: Option<Spanned<Lang>>,
    /// `resolves:`, `context:` and `note:`
    pub prose: ProseClauses,
    /// Clauses that broke: their absence is no further mistake.
    pub(crate) broken: Vec<String>,
}

/// The prose that any block may carry.
#[derive(Debug, Clone, Default)]
pub struct ProseClauses {
    /// `resolves:` how one would know.
    pub(crate) resolves: Option<Prose>,
    pub(crate) context: Option<Prose>,
    pub(crate) note: Option<Prose>,
    pub(crate) source: Option<Text>,
}

/// Prose with placeholders.
#[derive(Debug, Clone)]
pub struct Prose {
    /// The string or text block, quotes included.
    pub(crate) span: Span,
    /// Text and placeholders in order; a text block's common indentation is removed, `{{` is `{`.
    pub pieces: Vec<Piece>,
}

/// A piece of prose.
#[derive(Debug, Clone)]
#[expect(
    clippy::large_enum_variant,
    reason = "a file has few pieces of prose, and most readers match on the query"
)]
pub enum Piece {
    /// Text as read, with the place it came from.
    Text(Text),
    /// `{exit by long: unlikely}`
    Placeholder {
        /// Braces included.
        span: Span,
        /// What is asked.
        query: Query,
        /// The word that the author expects to stand here.
        word: Option<Name>,
    },
    /// `{when exit}`
    Comes {
        /// Braces included.
        span: Span,
        /// What comes.
        of: Name,
    },
    /// `{as of}`, `{date of long}`
    Day {
        /// Braces included.
        span: Span,
        /// Whose day; none for the day that the assessment speaks of.
        of: Option<Name>,
    },
}

/// One horizon.
#[derive(Debug, Clone)]
pub struct Horizon {
    /// The whole item.
    pub span: Span,
    /// Its id.
    pub name: Name,
    /// Its title.
    pub title: Option<Text>,
    /// From when to when.
    pub(crate) period: Spanned<Period>,
}

/// One outcome.
#[derive(Debug, Clone)]
pub struct Outcome {
    /// The whole item.
    pub span: Span,
    /// The word `final`, where it stands.
    pub is_final: Option<Span>,
    /// Its id.
    pub name: Name,
    /// Its title.
    pub title: Option<Text>,
    /// `when:` what decides it.
    pub(crate) when: Option<Decides>,
    /// `value:`
    pub value: Option<Figure>,
    /// `impact:`
    pub impact: Option<Name>,
    /// `confidence:`
    pub confidence: Option<Spanned<Confidence>>,
    /// `resolves:`, `note:` …
    pub prose: ProseClauses,
    /// Keys of clauses that broke: their absence is no further mistake.
    pub(crate) broken: Vec<String>,
}

/// What is thought before the drivers.
#[derive(Debug, Clone)]
pub struct Prior {
    /// The whole item.
    pub(crate) span: Span,
    /// The word `prior`.
    pub(crate) keyword: Span,
    /// When it is in force.
    pub(crate) guard: Guard,
    /// Up to the title or block: `prior given x`.
    pub(crate) head: Span,
    pub(crate) title: Option<Text>,
    /// One row an outcome.
    pub(crate) rows: Vec<PriorRow>,
    pub(crate) counts_in: Option<CountsIn>,
    pub(crate) confidence: Option<Spanned<Confidence>>,
    /// Evidence given for it.
    pub(crate) evidence: Vec<Evidence>,
    /// `note:`, `source:` …
    pub prose: ProseClauses,
    /// Outcomes whose row broke.
    pub(crate) broken: Vec<String>,
}

/// `exit: 2% by short, 6% by medium` or `commitment: rest`
#[derive(Debug, Clone)]
pub struct PriorRow {
    /// The whole clause.
    pub(crate) span: Span,
    pub(crate) outcome: Name,
    /// Its chance.
    pub(crate) value: PriorValue,
}

/// What a prior says of one outcome.
#[derive(Debug, Clone)]
pub enum PriorValue {
    /// What the others leave.
    Rest(Span),
    /// Stated chances.
    Chances(ByTime<Chance>),
}

/// What kind of driver an item is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum DriverKind {
    /// Once true, true.
    Event,
    /// A reason that holds, or may hold.
    Factor,
    /// What would change the verdict.
    Change,
    /// What is taken for granted.
    Assumption,
}

impl DriverKind {
    /// The item's keyword.
    pub fn as_str(self) -> &'static str {
        match self {
            DriverKind::Event => "event",
            DriverKind::Factor => "factor",
            DriverKind::Change => "change",
            DriverKind::Assumption => "assumption",
        }
    }
}

/// An event, factor, change or assumption. The lowering has refused clauses that its kind has not.
#[derive(Debug, Clone)]
pub struct Driver {
    /// The whole item.
    pub span: Span,
    pub(crate) keyword: Span,
    /// Which.
    pub(crate) kind: DriverKind,
    /// Its id.
    pub name: Name,
    /// Its title.
    pub title: Option<Text>,
    /// `chance:` of an event, `holds:` of a factor, with their rows, in order.
    pub(crate) rows: Vec<ChanceRow>,
    /// `chance once …` of an event, each as it stands.
    pub once: Vec<Once>,
    /// `when:` of a change.
    pub when: Option<Prop>,
    /// `weight …`
    pub weights: Vec<Weight>,
    pub(crate) likelihood: Option<Likelihood>,
    /// `count …` of a change.
    pub(crate) counts: Vec<Count>,
    /// `move …`
    pub moves: Vec<Move>,
    /// `impact:` of an event.
    pub impact: Option<Name>,
    /// `confidence:`
    pub confidence: Option<Spanned<Confidence>>,
    /// `evidence "…"`
    pub evidence: Vec<Evidence>,
    /// `resolves:`, `context:`, `note:`, `source:`
    pub prose: ProseClauses,
    /// Keys of clauses that broke ("chance", "weight" …): their absence is no further mistake.
    pub(crate) broken: Vec<String>,
}

/// `chance: …`, `chance given x: …`, `chance otherwise: …`
#[derive(Debug, Clone)]
pub struct ChanceRow {
    /// The whole clause.
    pub(crate) span: Span,
    /// Up to the colon: `chance given x`.
    pub(crate) head: Span,
    /// When the row is in force.
    pub(crate) guard: Guard,
    pub(crate) values: ByTime<Chance>,
}

/// When a row is in force.
#[derive(Debug, Clone)]
pub enum Guard {
    /// No condition stated.
    Plain,
    /// `given x`
    Given(Prop),
    /// `otherwise`
    Otherwise,
}

/// `weight for exit, weakening if wrong: strong, weak in long`
#[derive(Debug, Clone)]
pub struct Weight {
    /// The whole clause.
    pub(crate) span: Span,
    /// Up to the colon.
    pub(crate) head: Span,
    /// Whether `against`.
    pub against: bool,
    /// The outcomes, or events.
    pub(crate) outcomes: Vec<Name>,
    /// `if wrong`, where it stands.
    pub(crate) if_wrong: Option<Span>,
    /// How strong, by horizon.
    pub(crate) values: ByTime<Strength>,
}

impl Weight {
    /// Takes away what it stands in place of: what is said of the same outcomes, where it counts alike.
    pub(crate) fn displace(&self, own: &mut Vec<Weight>) {
        for old in &mut *own {
            if old.if_wrong.is_some() == self.if_wrong.is_some() {
                old.outcomes
                    .retain(|o| self.outcomes.iter().all(|new| new.node != o.node));
            }
        }
        own.retain(|old| !old.outcomes.is_empty());
    }
}

/// `likelihood: h1 10%, h2 60%`
#[derive(Debug, Clone)]
pub struct Likelihood {
    /// The whole clause.
    pub(crate) span: Span,
    /// The word `likelihood`.
    pub(crate) head: Span,
    /// The chance of seeing the evidence under each outcome.
    pub(crate) chances: Vec<(Name, Spanned<Chance>)>,
}

/// `count congress: 50%`
#[derive(Debug, Clone)]
pub struct Count {
    /// The whole clause.
    pub(crate) span: Span,
    /// Whose weight is scaled.
    pub driver: Name,
    /// The share by horizon, at least 0; may exceed 1.
    pub(crate) values: ByTime<f64>,
}

/// One item of evidence.
#[derive(Debug, Clone)]
pub struct Evidence {
    /// The whole clause.
    pub(crate) span: Span,
    /// What was seen.
    pub(crate) text: Text,
    pub(crate) source: Option<Text>,
    /// `rated:`
    pub rated: Option<Spanned<Rating>>,
    pub(crate) dated: Option<Spanned<Dated>>,
    pub(crate) note: Option<Prose>,
}

/// A proposition.
#[derive(Debug, Clone)]
pub struct Prop {
    /// Where it stands.
    pub span: Span,
    /// What it says.
    pub kind: PropKind,
}

/// What a proposition says.
#[derive(Debug, Clone)]
pub enum PropKind {
    /// A name.
    Name(String),
    /// `growth below 2.0`
    Compared(Name, Box<Comparison>),
    /// `not x`
    Not(Box<Prop>),
    /// `x and y and z`
    And(Vec<Prop>),
    /// `x or y or z`
    Or(Vec<Prop>),
    /// `at least 2 of (x, y, z)`
    AtLeast(Spanned<u32>, Vec<Prop>),
}

/// `exit by long given relations under rupture`
#[derive(Debug, Clone)]
pub struct Query {
    /// Where it stands.
    pub span: Span,
    /// `mean of`, `median of`: then the target is a name.
    pub(crate) statistic: Option<Spanned<Statistic>>,
    /// An outcome's name, `not` one, or a proposition.
    pub target: Prop,
    /// `by long`; may be left out where there is one horizon.
    pub at: Option<At>,
    /// `in any horizon`, in place of `at`.
    pub over: Option<Over>,
    /// `given relations`
    pub given: Option<Prop>,
    /// `under rupture`
    pub under: Option<Name>,
}

/// A scenario.
#[derive(Debug, Clone)]
pub struct Scenario {
    /// The whole item.
    pub span: Span,
    /// Its id.
    pub name: Name,
    /// Its title.
    pub title: Option<Text>,
    /// `set: a, not b`
    pub sets: Vec<Set>,
    /// `note:` …
    pub prose: ProseClauses,
    /// Whether its `set:` broke.
    pub(crate) broken: bool,
}

/// `a` or `not a`
#[derive(Debug, Clone)]
pub struct Set {
    /// Where it stands.
    pub span: Span,
    /// The thing that is set.
    pub name: Name,
    /// To what.
    pub to: bool,
}

/// A bet.
#[derive(Debug, Clone)]
pub struct Bet {
    /// The whole item.
    pub(crate) span: Span,
    /// Its title.
    pub title: Text,
    pub(crate) on: Option<Query>,
    /// `price:` as a share of 1.
    pub price: Option<Spanned<f64>>,
    /// `note:` …
    pub prose: ProseClauses,
    /// Keys of clauses that broke.
    pub(crate) broken: Vec<String>,
}

/// An expectation.
#[derive(Debug, Clone)]
pub struct Expect {
    /// The whole item.
    pub span: Span,
    /// What is asked.
    pub query: Query,
    /// What the answer must be.
    pub test: Spanned<Test>,
}

/// What an expectation demands.
#[derive(Debug, Clone)]
pub enum Test {
    /// A word of the scale.
    Word(String),
    /// `at least 1%`
    AtLeast(f64),
    /// `at most 20%`
    AtMost(f64),
    /// `10% to 20%`
    Between(f64, f64),
    /// `leads`
    Leads,
    /// `above exit by long`
    Above(Query),
    /// `below exit by long`
    Below(Query),
    /// `2 to 3`, `at least 2`, `below 1`, of a number.
    Number(Bounds),
}

/// A section of prose.
#[derive(Debug, Clone)]
pub struct Section {
    /// The whole item.
    pub(crate) span: Span,
    pub(crate) title: Text,
    /// Its prose.
    pub prose: Prose,
}

/// Names taken from another file.
#[derive(Debug, Clone)]
pub struct Use {
    /// The whole item.
    pub(crate) span: Span,
    /// The path, relative to this file.
    pub(crate) path: Text,
    /// What is taken.
    pub(crate) names: Vec<Name>,
}

/// At most one of these events happens.
#[derive(Debug, Clone)]
pub struct Exclusive {
    /// The whole item.
    pub(crate) span: Span,
    /// The events.
    pub members: Vec<Name>,
}

/// Drivers that share evidence.
#[derive(Debug, Clone)]
pub struct Overlap {
    /// The whole item.
    pub(crate) span: Span,
    /// How much they share, as a share of 1.
    pub share: Spanned<f64>,
    /// The drivers.
    pub members: Vec<Name>,
}

/// A file's own scale of words.
#[derive(Debug, Clone)]
pub struct Scale {
    /// The whole item.
    pub(crate) span: Span,
    /// Its name.
    pub name: Name,
    /// Words and bands, as shares of 1, in the file's order.
    pub(crate) words: Vec<(Name, Spanned<(f64, f64)>)>,
    /// Words whose row broke: using them is no further mistake.
    pub(crate) broken: Vec<String>,
    /// `note:` …
    pub(crate) prose: ProseClauses,
}

/// A file's own strengths.
#[derive(Debug, Clone)]
pub struct Strengths {
    /// The whole item.
    pub(crate) span: Span,
    /// A name, where the assessment chooses it by `strengths: NAME`; without one it is in force.
    pub name: Option<Name>,
    /// Words and ratios in the file's order.
    pub(crate) words: Vec<(Name, Spanned<Strength>)>,
    /// Words whose row broke: using them is no further mistake.
    pub(crate) broken: Vec<String>,
    /// `note:` …
    pub(crate) prose: ProseClauses,
}

/// What came true.
#[derive(Debug, Clone)]
pub struct Resolved {
    /// The whole item.
    pub(crate) span: Span,
    pub(crate) what: ResolvedWhat,
    /// `in medium`, `by long`; none for an event.
    pub(crate) at: Option<At>,
    /// `on 2026-09-01`: when it was settled.
    pub(crate) on: Option<Spanned<Dated>>,
}

/// What a resolution says.
#[derive(Debug, Clone)]
pub enum ResolvedWhat {
    /// `void`: the question turned out to have no answer.
    Void(Span),
    /// An outcome, event or quantity; `not`; and how much.
    Name {
        /// The outcome, event or quantity.
        name: Name,
        /// Whether `not` stands before it.
        negated: bool,
        /// `70%` of an outcome; of a quantity what it came to, `2.9% a year`.
        amount: Option<Figure>,
    },
}
