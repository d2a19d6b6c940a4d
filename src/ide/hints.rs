//! Numbers and words between the lines: what a word counts as, what a chance is called, what the
//! verdict is.

use super::{Analysis, Known, Numbers, Range, explain, hover, range};
use crate::resolve::assessment::{Target, Test};
use crate::resolve::table::Id;
use crate::syntax::Kind;
use crate::syntax::ast::{self, Chance, Item, Period, Prior, PriorValue, Spanned};

/// What a hint says; each can be switched off.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum About {
    /// A word: its number.
    Words,
    /// A chance in numbers: its word.
    Chances,
    /// An outcome: its chances by horizon.
    Verdict,
    /// An expectation: its value.
    Expectations,
    /// A horizon without an end: the date that is assumed.
    Horizons,
}

impl About {
    /// Every kind, with the name of its setting.
    pub const ALL: [(About, &'static str); 5] = [
        (About::Words, "words"),
        (About::Chances, "chances"),
        (About::Verdict, "verdict"),
        (About::Expectations, "expectations"),
        (About::Horizons, "horizons"),
    ];
}

/// A hint.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hint {
    /// Where it stands.
    pub at: usize,
    /// What it says.
    pub text: String,
    /// What it is about.
    pub about: About,
    /// Whether its number is not that of the text as it is now.
    pub stale: bool,
}

/// The hints within some bytes of the first file, in order.
pub fn hints(analysis: &Analysis, within: &Range, known: Option<Known<'_>>) -> Vec<Hint> {
    let mut hints = words(analysis);
    hints.extend(chances(analysis));
    if let Some(known) = known {
        hints.extend(computed(analysis, known));
    }
    hints.retain(|h| within.start <= h.at && h.at <= within.end);
    hints.sort_by_key(|h| h.at);
    hints
}

fn hint(at: usize, text: String, about: About) -> Hint {
    Hint {
        at,
        text,
        about,
        stale: false,
    }
}

/// After each word of the scale or of the strengths, what it counts as.
fn words(analysis: &Analysis) -> Vec<Hint> {
    let (scale, strengths) = (hover::scale_of(analysis), hover::strengths_of(analysis));
    let text = analysis.text();
    let (mut weight, mut closed) = (0, 0);
    let mut hints = Vec::new();
    for node in analysis.parsed().tree.iter() {
        let range = node.range();
        match node.kind() {
            Kind::weight => weight = range.end,
            // What a query or a test says is no statement of the file.
            Kind::expect
            | Kind::says
            | Kind::placeholder
            | Kind::scale
            | Kind::strengths
            | Kind::risk => closed = range.end,
            Kind::term if range.start >= closed => {
                let word = text.get(range.clone()).unwrap_or_default();
                let said = match range.start < weight {
                    true => explain::decibans(&strengths, word),
                    false => explain::median(&scale, word),
                };
                hints.extend(said.map(|said| hint(range.end, format!("= {said}"), About::Words)));
            }
            _ => {}
        }
    }
    hints
}

/// After each chance in numbers, its word.
fn chances(analysis: &Analysis) -> Vec<Hint> {
    let scale = hover::scale_of(analysis);
    let mut hints = Vec::new();
    let mut add = |value: &Spanned<Chance>| {
        let p = match value.node {
            Chance::Share(p) => p,
            Chance::Of { count, total } if total > 0.0 => count / total,
            _ => return,
        };
        if !scale.terms.is_empty() {
            let word = scale.wording(p).word();
            let at = value.span.end as usize;
            hints.push(hint(at, word, About::Chances));
        }
    };
    for item in &analysis.parsed().ast.items {
        match item {
            Item::Prior(p) => shares(p).for_each(&mut add),
            Item::Question(q) => q.priors.iter().flat_map(shares).for_each(&mut add),
            Item::View(v) => {
                for said in &v.says {
                    match said {
                        ast::Restated::Driver(d) => rows(d).for_each(&mut add),
                        ast::Restated::Prior(p) => shares(p).for_each(&mut add),
                        ast::Restated::Chance { values, .. } => {
                            values.entries.iter().for_each(|e| add(&e.value));
                        }
                    }
                }
            }
            Item::Driver(d) => rows(d).for_each(&mut add),
            _ => {}
        }
    }
    hints
}

/// The shares that a prior states.
fn shares(prior: &Prior) -> impl Iterator<Item = &Spanned<Chance>> {
    let values = prior.rows.iter().filter_map(|row| match &row.value {
        PriorValue::Chances(values) => Some(values),
        _ => None,
    });
    values.flat_map(|v| v.entries.iter().map(|e| &e.value))
}

/// The chances that an event or factor states.
fn rows(driver: &ast::Driver) -> impl Iterator<Item = &Spanned<Chance>> {
    let values = driver.rows.iter().map(|row| &row.values);
    values.flat_map(|v| v.entries.iter().map(|e| &e.value))
}

/// What the verdict says.
fn computed(analysis: &Analysis, known: Known<'_>) -> Vec<Hint> {
    let numbers = known.numbers;
    let a = numbers.assessment();
    let mut hints = Vec::new();
    let mut add = |at: usize, text: String, about| {
        hints.push(Hint {
            stale: known.stale,
            ..hint(at, text, about)
        });
    };
    for item in &analysis.parsed().ast.items {
        match item {
            Item::Outcome(o) => add_outcome(&mut add, numbers, o),
            Item::Question(q) => {
                for o in &q.outcomes {
                    add_outcome(&mut add, numbers, o);
                }
            }
            Item::Quantity(q) => {
                let cells = a.quantities.id(&q.name.node);
                if let Some(cells) = cells.and_then(|id| numbers.of_quantity(id)) {
                    add(behind(&q.name, &q.title), cells.join(" · "), About::Verdict);
                }
            }
            Item::Condition(c) => {
                let id = a.conditions.id(&c.name.node);
                if let Some(chances) = id.and_then(|id| numbers.conditions.get(id.index())) {
                    let each = chances.iter().flatten().map(|p| numbers.percent(*p));
                    let text = each.collect::<Vec<_>>().join(" · ");
                    if !text.is_empty() {
                        add(c.span.end as usize, text, About::Verdict);
                    }
                }
            }
            Item::Judgement(j) => {
                let said = numbers.judged(&j.title.node);
                if let Some((said, says)) = said.zip(j.says.as_ref()) {
                    add(says.span.end as usize, said, About::Expectations);
                }
            }
            Item::Horizon(h) if matches!(h.period.node, Period::From(_)) => {
                if let Some(id) = a.horizons.id(&h.name.node) {
                    let text = format!("to {}", a.horizons[id].to);
                    add(h.period.span.end as usize, text, About::Horizons);
                }
            }
            Item::Expect(e) => {
                if let Some(text) = expectation(analysis, &range(e.span), known) {
                    add(e.span.end as usize, text, About::Expectations);
                }
            }
            _ => {}
        }
    }
    hints
}

/// Behind an outcome its chances.
fn add_outcome(add: &mut impl FnMut(usize, String, About), numbers: &Numbers, o: &ast::Outcome) {
    if let Some(id) = numbers.assessment().outcomes.id(&o.name.node) {
        let text = numbers.of_outcome(id).join(" · ");
        add(behind(&o.name, &o.title), text, About::Verdict);
    }
}

/// Behind a name, or its title's closing quotes.
fn behind(name: &ast::Name, title: &Option<ast::Text>) -> usize {
    title.as_ref().map_or(name.span.end, |t| t.span.end + 1) as usize
}

/// "= 0.5%, holds": what the expectation at some bytes is answered.
pub(super) fn expectation(analysis: &Analysis, at: &Range, known: Known<'_>) -> Option<String> {
    let numbers = known.numbers;
    let a = numbers.assessment();
    let text = analysis.text().get(at.clone())?;
    // Its span while the text is the same; its words where lines have moved.
    let here = a.expects.iter().position(|e| range(e.span) == *at);
    let i = match here.filter(|_| !known.stale) {
        Some(i) => i,
        None => {
            let text = spaced(text);
            let same = a
                .expects
                .iter()
                .position(|e| text.ends_with(&spaced(&e.text)));
            same?
        }
    };
    let answer = numbers.verdict().expectations.get(i)?;
    let said = |x: f64| match a.expects[i].query.target {
        Target::Figure(_, of) => of.worded(a, x),
        _ => numbers.percent(x),
    };
    let value = said(answer.value?);
    let other = match (&a.expects[i].test, answer.other) {
        (Test::Above(_) | Test::Below(_), Some(other)) => {
            format!(" beside {}", said(other))
        }
        _ => String::new(),
    };
    let holds = if answer.holds {
        "holds"
    } else {
        "does not hold"
    };
    Some(format!("= {value}{other}, {holds}"))
}

fn spaced(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
