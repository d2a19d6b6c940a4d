//! What a file holds itself to: its expectations, the words that it states in prose, its bets.
//!
//! In: an assessment. Out: [`Case`]s by name, and, with the verdict, whether each holds; of one that
//! fails, what in the file contributes most. The stored verdict is compared by
//! [`snapshot`](crate::snapshot). Nothing is read or written here.

pub mod coverage;
mod grounds;

pub use grounds::{Finder, Grounds, Rest, Step};

use crate::infer::verdict::{Answer, Verdict};
use crate::lint::walk;
use crate::resolve::assessment::{Assessment, Bet, Expect, Piece, Test};
use crate::text::source::{SourceMap, Span};
use std::collections::BTreeMap;

/// A price that lies no further above the chance than this is fair: sums of doubles miss by less.
const ROUNDING: f64 = 1e-9;

/// What kind of test it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// Whether the file has a meaning at all.
    File,
    /// A key judgement.
    Judgement,
    /// An `expect`.
    Expect,
    /// A word that a placeholder states.
    Word,
    /// A bet: what it is on is at least as likely as it costs.
    Bet,
    /// The stored verdict.
    Verdict,
}

impl Kind {
    /// The word that every output uses.
    pub fn as_str(self) -> &'static str {
        match self {
            Kind::File => "file",
            Kind::Judgement => "judgement",
            Kind::Expect => "expect",
            Kind::Word => "word",
            Kind::Bet => "bet",
            Kind::Verdict => "verdict",
        }
    }
}

/// One thing that the file claims of its verdict.
#[derive(Debug, Clone)]
pub struct Case {
    /// What kind of claim.
    pub(crate) kind: Kind,
    /// Unlike any other of the file: `expect::exit by long: at most 20%`.
    pub(crate) name: String,
    /// Where it stands, from 1.
    pub(crate) line: usize,
    /// What is claimed.
    pub(crate) claim: Claim,
}

/// What is claimed.
#[derive(Debug, Clone)]
pub enum Claim {
    /// An expectation, or a word in prose as one.
    Expect(Expect),
    /// A bet.
    Bet(Bet),
}

/// A claim with what the verdict says to it.
#[derive(Debug, Clone)]
pub struct Trial {
    /// The claim.
    pub(crate) case: Case,
    /// The queried probability, and the other side of `above` and `below`.
    pub(crate) answer: Answer,
    /// Of a claim that fails: what contributes most.
    pub(crate) grounds: Vec<Grounds>,
}

/// Every claim that the assessment's own file makes, kind by kind, each in the file's order.
pub fn cases(assessment: &Assessment, sources: &SourceMap) -> Vec<Case> {
    let expects = assessment.expects.iter().map(|expect| {
        let name = one_line(&expect.text);
        (
            Kind::Expect,
            name,
            expect.span,
            Claim::Expect(expect.clone()),
        )
    });
    let judgements = assessment.judgements.iter().map(|judgement| {
        let name = one_line(&judgement.title.node);
        (
            Kind::Judgement,
            name,
            judgement.span,
            Claim::Expect(judgement.expect.clone()),
        )
    });
    let pieces = walk::prose(assessment).into_iter().flat_map(|p| &p.pieces);
    let words = pieces.filter_map(|piece| match piece {
        Piece::Placeholder { span, query, word } => Some((*span, query, word.as_ref()?)),
        Piece::Text(_) | Piece::Fact { .. } => None,
    });
    let words = words.map(|(span, query, word)| {
        let text = format!("{}: {}", query.text, word.node);
        let expect = Expect {
            span,
            text: text.clone(),
            query: query.clone(),
            test: Test::Word(word.clone()),
        };
        (Kind::Word, one_line(&text), span, Claim::Expect(expect))
    });
    let bets = assessment.bets.iter().map(|bet| {
        let name = one_line(&bet.title.node);
        (Kind::Bet, name, bet.span, Claim::Bet(bet.clone()))
    });
    let own = |span: Span| span.file == assessment.file;
    let all = judgements
        .chain(expects)
        .chain(words)
        .chain(bets)
        .filter(|c| own(c.2));
    let mut cases: Vec<Case> = all
        .map(|(kind, name, span, claim)| Case {
            kind,
            name: format!("{}::{name}", kind.as_str()),
            line: sources.source(span.file).position(span.start as usize).line,
            claim,
        })
        .collect();
    cases.sort_by_key(|c| (c.kind, c.line));
    tell_apart(&mut cases);
    cases
}

/// Names that occur twice get their lines; two on one line, a number.
fn tell_apart(cases: &mut [Case]) {
    let count = |cases: &[Case]| {
        let mut names: BTreeMap<String, usize> = BTreeMap::new();
        for case in cases {
            *names.entry(case.name.clone()).or_default() += 1;
        }
        names
    };
    let before = count(cases);
    for case in &mut *cases {
        if before[&case.name] > 1 {
            case.name = format!("{} (line {})", case.name, case.line);
        }
    }
    let still = count(cases);
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    for case in cases {
        if still[&case.name] > 1 {
            let nth = seen.entry(case.name.clone()).or_default();
            *nth += 1;
            case.name = format!("{} #{nth}", case.name);
        }
    }
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Makes the assessment ask for these claims and no others, so that its verdict answers them.
pub fn ask(assessment: &mut Assessment, cases: &[Case]) {
    let claims = || cases.iter().map(|c| &c.claim);
    let expects = claims().filter_map(|claim| match claim {
        Claim::Expect(expect) => Some(expect.clone()),
        Claim::Bet(_) => None,
    });
    let bets = claims().filter_map(|claim| match claim {
        Claim::Bet(bet) => Some(bet.clone()),
        Claim::Expect(_) => None,
    });
    (assessment.expects, assessment.bets) = (expects.collect(), bets.collect());
}

/// What the verdict of an assessment that [`ask`]ed for these claims says to them.
pub fn judge(assessment: &Assessment, verdict: &Verdict, cases: Vec<Case>) -> Vec<Trial> {
    let mut expectations = verdict.expectations.iter().copied();
    let mut bets = verdict.bets.iter().copied();
    let nothing = Answer {
        value: None,
        error: None,
        other: None,
        holds: false,
    };
    let mut finder = Finder::new(assessment);
    let each = cases.into_iter().map(|case| {
        let answer = match &case.claim {
            Claim::Expect(_) => expectations.next().unwrap_or(nothing),
            Claim::Bet(bet) => {
                let found = bets.next().flatten();
                let value = found.map(|found| found.value);
                Answer {
                    value,
                    error: found.and_then(|found| found.error),
                    other: None,
                    holds: value.is_some_and(|p| bet.price.node <= p + ROUNDING),
                }
            }
        };
        // Of what a view says, nothing in the file itself is a ground.
        let elsewhere = match &case.claim {
            Claim::Expect(expect) => expect.query.viewed.is_some(),
            Claim::Bet(bet) => bet.on.viewed.is_some(),
        };
        let grounds = match answer.holds || elsewhere {
            true => Vec::new(),
            false => finder.grounds(&case.claim, &answer),
        };
        Trial {
            case,
            answer,
            grounds,
        }
    });
    each.collect()
}
