//! Quantities, values of outcomes, moves and impacts: units held together, points to a line that rises.
//!
//! In: items as written. Out: [`Quantity`], `Move`. A quantity is the image of a standard normal z
//! under the line through the points (z, g(x)); what would make that line fall or stand is reported.

mod moves;
mod values;

use super::assessment::{Mark, OutcomeId, Prop, Quantity, QuantityId};
use super::names::{Meaning, Reader, Want};
use crate::diag::Diagnostic;
use crate::diag::rules;
use crate::limits;
use crate::numeric::line::Line;
use crate::numeric::link;
use crate::numeric::normal::quantile;
use crate::syntax::ast::{self, Comparison, Figure, Point};
use crate::text::decimal::significant;
use crate::text::source::Span;

/// What is known of a quantity before it is resolved.
#[derive(Debug, Clone)]
pub(crate) struct QuantityFact {
    pub(crate) name: String,
    pub(crate) unit: Option<String>,
    pub(crate) log: bool,
}

impl QuantityFact {
    pub(super) fn of(item: &ast::Quantity) -> Self {
        let unit = item.unit.as_ref().map(|u| u.node.clone());
        let stated = item.stated.iter().flat_map(|s| &s.points);
        let figures = stated.flat_map(|p| match p {
            Point::Spread(s) => {
                let ends = s.node.ends.iter().flat_map(|(a, b)| [a, b]);
                ends.chain(&s.node.centre).cloned().collect::<Vec<_>>()
            }
            Point::Below { at, .. } => vec![at.clone()],
        });
        let figures: Vec<Figure> = figures.collect();
        let units = figures.iter().filter_map(|f| f.unit.as_deref());
        let differs = unit.as_deref().into_iter().chain(units).any(is_difference);
        let log = match item.shape.as_ref().map(|s| s.node.as_str()) {
            Some("normal") => false,
            Some("lognormal") => true,
            _ => !differs && !figures.is_empty() && figures.iter().all(|f| f.number > 0.0),
        };
        QuantityFact {
            name: item.name.node.clone(),
            unit,
            log,
        }
    }
}

/// Points (z, g(x)).
type Points = Vec<(f64, f64)>;

/// Whether a unit is a per cent or a difference, which may be negative.
fn is_difference(unit: &str) -> bool {
    let has = |word: &str| {
        unit.split(|c: char| !c.is_alphanumeric())
            .any(|w| w.eq_ignore_ascii_case(word))
    };
    unit.contains('%')
        || unit.contains('‰')
        || [
            "percent",
            "percentage",
            "pp",
            "point",
            "points",
            "difference",
            "change",
            "bp",
            "net",
        ]
        .into_iter()
        .any(has)
        || unit.contains("per cent")
}

/// Words that stand for so many.
const MULTIPLES: [(&str, f64); 14] = [
    ("hundred", 1e2),
    ("k", 1e3),
    ("thousand", 1e3),
    ("mn", 1e6),
    ("mln", 1e6),
    ("mio", 1e6),
    ("million", 1e6),
    ("millions", 1e6),
    ("bn", 1e9),
    ("bln", 1e9),
    ("billion", 1e9),
    ("billions", 1e9),
    ("tn", 1e12),
    ("trillion", 1e12),
];

/// Parts of a percentage point by what they are called.
const POINTS: [(&str, f64); 8] = [
    ("bp", 0.01),
    ("bps", 0.01),
    ("pp", 1.0),
    ("ppt", 1.0),
    ("pt", 1.0),
    ("point", 1.0),
    ("points", 1.0),
    ("percent", 1.0),
];

/// A number with the unit that was written as one in the unit of its quantity; none where one is not known to be a
/// multiple of the other. `m` may be a million, a thousand, metres or months.
fn converted(number: f64, written: &str, unit: &str) -> Option<f64> {
    let known = |list: &[(&str, f64)]| {
        let same = |(word, _): &&(&str, f64)| word.eq_ignore_ascii_case(written);
        list.iter().find(same).map(|found| found.1)
    };
    let names = |word: &str| {
        unit.split_whitespace()
            .any(|w| w.eq_ignore_ascii_case(word))
    };
    // What is counted in thousands or millions may be meant so.
    let is_multiple = MULTIPLES.iter().any(|(word, _)| names(word));
    let factor = match unit.starts_with('%') {
        true => known(&POINTS).or((written == "‰").then_some(0.1)),
        false => known(&MULTIPLES).filter(|_| !is_multiple),
    };
    // Fifteen digits are what a decimal keeps on its way to a double and back.
    Some(significant(number * factor?, 15))
}

impl Reader<'_> {
    /// Whether the unit behind a figure is that of what it is about; if not, says so.
    pub(super) fn in_unit(&mut self, figure: &Figure, unit: Option<&str>, of: &str) -> bool {
        let Some(written) = figure.unit.as_deref() else {
            return true;
        };
        let fits = unit.is_some_and(|unit| {
            unit == written
                || unit.split_whitespace().next() == Some(written)
                || (written == "%" && unit.starts_with('%'))
        });
        if fits {
            return true;
        }
        let converted = unit.and_then(|unit| converted(figure.number, written, unit));
        let (label, help) = match (unit, converted) {
            (Some(unit), Some(number)) => (
                format!("`{of}` is counted in {unit}"),
                format!("write `{number}`, in {unit}"),
            ),
            (Some(unit), None) => (
                format!("`{of}` is counted in {unit}"),
                format!("convert it to {unit}, and write the number alone and in full"),
            ),
            (None, _) => (
                format!("`{of}` states no unit"),
                format!("leave the unit out, or state it once: `unit: \"{written}\"`"),
            ),
        };
        // One end of a range takes its unit from the other: a fix would have to change both.
        let found = Diagnostic::new(
            &rules::WRONG_KIND,
            figure.span,
            format!("`{figure}` is in another unit"),
        )
        .label(label)
        .help(help);
        self.report(found);
        false
    }

    /// A quantity with its distribution in each horizon.
    pub(super) fn quantity(&mut self, item: &ast::Quantity) -> Option<Quantity> {
        let name = &item.name.node;
        let fact = QuantityFact::of(item);
        let mut good = true;
        if let Some(shape) = &item.shape
            && !matches!(shape.node.as_str(), "normal" | "lognormal")
        {
            self.report(
                Diagnostic::new(
                    &rules::UNKNOWN_OPTION,
                    shape.span,
                    format!("`{}` is no shape of a quantity", shape.node),
                )
                .label("not known here")
                .help("write `shape: normal`, for what may be negative, or `shape: lognormal`"),
            );
            good = false;
        }
        let count = self.facts.horizons.len();
        let mut by_horizon: Vec<Option<(Points, Span)>> = vec![None; count];
        let mut cuts: Vec<f64> = Vec::new();
        for stated in &item.stated {
            let points = self.line(stated, &fact, &mut cuts);
            let targets: Vec<usize> = match &stated.horizon {
                None => (0..count).collect(),
                Some(horizon) => {
                    if self.facts.timeless {
                        self.no_time(horizon.span, "a file without a horizon takes no time");
                        good = false;
                        continue;
                    }
                    match self.look(&horizon.node, horizon.span, Want::Horizon) {
                        Some(Meaning::Horizon(id)) => vec![id.0 as usize],
                        _ => {
                            good = false;
                            continue;
                        }
                    }
                }
            };
            let Some(points) = points else {
                good = false;
                continue;
            };
            for h in targets {
                if let Some((_, first)) = &by_horizon[h] {
                    self.report(
                        Diagnostic::new(
                            &rules::DUPLICATE_CLAUSE,
                            stated.head,
                            format!("`{name}` is stated twice in `{}`", self.facts.horizons[h].0),
                        )
                        .label("stated again")
                        .other(*first, "stated first")
                        .help("keep one of the two"),
                    );
                    good = false;
                    break;
                }
                by_horizon[h] = Some((points.clone(), stated.head));
            }
        }
        let missing: Vec<String> = (0..count)
            .filter(|h| by_horizon[*h].is_none())
            .map(|h| format!("`{}`", self.facts.horizons[h].0))
            .take(6)
            .collect();
        let broke = item.broken.iter().any(|b| b == "in");
        if good && !broke && !missing.is_empty() {
            let example = match self.facts.timeless {
                true => "is: 2.9 (1.8 to 3.9)".to_owned(),
                false => format!("in {}: 2.9 (1.8 to 3.9)", missing[0].trim_matches('`')),
            };
            let message = match self.facts.timeless {
                true => format!("the quantity `{name}` says nothing of its size"),
                false => format!(
                    "the quantity `{name}` is not stated in {}",
                    missing.join(", ")
                ),
            };
            self.report(
                Diagnostic::new(&rules::MISSING_PART, item.name.span, message)
                    .label("what is expected before the reasons?")
                    .help(format!(
                        "add its median and a 90% interval, as in `{example}`, or shares: `15% below 2.0, 80% below 3.8`"
                    )),
            );
        }
        let shown: Vec<&Figure> = item.cuts.iter().collect();
        for pair in shown.windows(2) {
            good &= self.rises(pair[0], pair[1], "cuts");
        }
        for figure in shown {
            good &= self.in_unit(figure, fact.unit.as_deref(), name);
            cuts.push(figure.number + 0.0);
        }
        cuts.sort_by(f64::total_cmp);
        cuts.dedup();
        if !good || !missing.is_empty() {
            return None;
        }
        let points: Vec<Points> = by_horizon.into_iter().flatten().map(|p| p.0).collect();
        Some(Quantity {
            span: item.span,
            name: item.name.clone(),
            title: item.title.as_ref().map_or(name.clone(), |t| t.node.clone()),
            unit: fact.unit,
            log: fact.log,
            known: vec![None; points.len()],
            points,
            cuts,
            prose: self.prose_parts(&item.prose),
        })
    }

    /// Reports numbers of a list that fall or repeat.
    fn rises(&mut self, a: &Figure, b: &Figure, what: &str) -> bool {
        if a.number < b.number {
            return true;
        }
        let message = match a.number == b.number {
            true => format!("`{b}` appears twice among the {what}"),
            false => format!("the {what} fall from {a} to {b}"),
        };
        self.report(
            Diagnostic::new(&rules::INVERTED_RANGE, b.span, message)
                .label("each number is larger than the one before")
                .other(a.span, "the one before")
                .help("write them from the smallest to the largest, each once"),
        );
        false
    }

    /// The line through what one clause says: points (z, g(x)), rising.
    fn line(
        &mut self,
        stated: &ast::Stated,
        fact: &QuantityFact,
        cuts: &mut Vec<f64>,
    ) -> Option<Points> {
        let mut found: Vec<(f64, Figure)> = Vec::new();
        let mut good = true;
        for point in &stated.points {
            match point {
                Point::Spread(spread) => {
                    let Some((low, high)) = &spread.node.ends else {
                        let centre = spread.node.centre.as_ref();
                        found.extend(centre.map(|c| (0.0, c.clone())));
                        continue;
                    };
                    let z = quantile((1.0 + spread.node.level) / 2.0);
                    found.push((-z, low.clone()));
                    found.extend(spread.node.centre.iter().map(|c| (0.0, c.clone())));
                    found.push((z, high.clone()));
                }
                Point::Below { share, at, .. } => {
                    found.push((quantile(*share), at.clone()));
                    cuts.push(at.number + 0.0);
                }
            }
        }
        let written = found.clone();
        for (_, figure) in &found {
            good &= self.in_unit(figure, fact.unit.as_deref(), &fact.name);
        }
        found.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.number.total_cmp(&b.1.number)));
        if found.len() < 2 && good {
            let (span, figure) = match written.first() {
                Some((_, figure)) => (figure.span, figure.number),
                None => (stated.span, 2.9),
            };
            self.report(
                Diagnostic::new(
                    &rules::MISSING_PART,
                    span,
                    format!(
                        "`{}` needs a range: one number says nothing of how sure it is",
                        fact.name
                    ),
                )
                .label("how far may it miss?")
                .help(format!(
                    "write the median with a 90% interval, such as `{figure} ({} to {})`",
                    figure - 1.0,
                    figure + 1.0
                )),
            );
            return None;
        }
        for pair in found.windows(2) {
            let ((z, a), (y, b)) = (&pair[0], &pair[1]);
            // Two numbers so near to each other that their logarithms are one do not rise either.
            let rises =
                |a: f64, b: f64| a < b && (!fact.log || a <= 0.0 || libm::log(a) < libm::log(b));
            if z < y && rises(a.number, b.number) {
                continue;
            }
            good = false;
            // In the order of the file, since that is what is read.
            let (first, second) = match a.span.start <= b.span.start {
                true => (a, b),
                false => (b, a),
            };
            let message = match (z == y, a.number == b.number) {
                (true, true) => format!("`{b}` is stated twice"),
                (true, false) => format!("one share lies below both {first} and {second}"),
                (false, true) => format!("two shares lie below the same number, {a}"),
                (false, false) => {
                    format!(
                        "less lies below {} than below {}",
                        largest(a, b),
                        smallest(a, b)
                    )
                }
            };
            self.report(
                Diagnostic::new(&rules::FALLING_CURVE, second.span, message)
                    .label("a larger number has a larger share below it")
                    .other(first.span, "compare this")
                    .help("write shares and numbers that rise together: `15% below 2.0, 80% below 3.8`"),
            );
            break;
        }
        if fact.log
            && let Some((_, figure)) = found.iter().find(|f| f.1.number <= 0.0)
        {
            self.report(
                Diagnostic::new(
                    &rules::IMPOSSIBLE_NUMBER,
                    figure.span,
                    format!("`{figure}` cannot be part of a `lognormal` quantity"),
                )
                .label("its numbers are above 0")
                .help("leave `shape: lognormal` out, or write numbers above 0"),
            );
            good = false;
        }
        let g = |x: f64| link::g(fact.log, x);
        let points: Points = found.iter().map(|(z, f)| (*z, g(f.number))).collect();
        let limit = limits::MEAN_POWER;
        if good
            && fact.log
            && Line::new(&points).largest_mean() > f64::from(limit) * std::f64::consts::LN_10
        {
            let span = written.iter().map(|w| w.1.span).reduce(Span::to);
            self.report(
                Diagnostic::new(
                    &rules::LIMIT,
                    span.unwrap_or(stated.span),
                    format!(
                        "`{}` is stated so widely that its mean has no bound",
                        fact.name
                    ),
                )
                .label(format!(
                    "even in ratios, this makes a mean above 10^{limit}"
                ))
                .help("state less wide a range, or `shape: normal`, which is even in amounts"),
            );
            good = false;
        }
        good.then_some(points)
    }

    /// `growth below 2.0`, or `oil at least 100` of a question with values.
    pub(super) fn compared(&mut self, name: &ast::Name, with: &Comparison) -> Option<Prop> {
        let meaning = match self.asks_value(name) {
            Some(meaning) => meaning,
            None => self.look(&name.node, name.span, Want::Compared)?,
        };
        match meaning {
            Meaning::Quantity(id) => {
                let fact = self.facts.quantities[id.0 as usize].clone();
                let mut good = true;
                for figure in with.figures() {
                    good &= self.in_unit(figure, fact.unit.as_deref(), &fact.name);
                }
                let reaches = |f: &Figure| Prop::Reaches(id, Mark::at(f.number));
                let not = |p: Prop| Prop::Not(Box::new(p));
                good.then(|| match with {
                    Comparison::Below(x) | Comparison::AtMost(x) => not(reaches(x)),
                    Comparison::Above(x) | Comparison::AtLeast(x) => reaches(x),
                    Comparison::Between(a, b) => Prop::All(vec![reaches(a), not(reaches(b))]),
                })
            }
            Meaning::Question(id) => {
                let unit = self.value_unit(id.0 as usize, name)?;
                let mut good = true;
                for figure in with.figures() {
                    good &= self.in_unit(figure, unit.as_deref(), &name.node);
                }
                let fits = |x: f64| match with {
                    Comparison::Below(f) => x < f.number,
                    Comparison::Above(f) => x > f.number,
                    Comparison::AtLeast(f) => x >= f.number,
                    Comparison::AtMost(f) => x <= f.number,
                    Comparison::Between(a, b) => a.number <= x && x <= b.number,
                };
                let all = self.facts.outcomes_of(id);
                let fitting = all.filter(|at| {
                    self.facts.asked[*at]
                        .value
                        .as_ref()
                        .is_some_and(|f| fits(f.number))
                });
                let list = fitting.map(|at| Prop::Outcome(OutcomeId(at as u32)));
                let list: Vec<Prop> = list.collect();
                good.then_some(match list.len() {
                    1 => list.into_iter().next().unwrap_or(Prop::Any(Vec::new())),
                    _ => Prop::Any(list),
                })
            }
            _ => None,
        }
    }
}

impl Reader<'_> {
    /// Reports a quantity that conditions cut in more places than can be told apart.
    pub(super) fn cut_at(&mut self, id: QuantityId, marks: usize, span: Span) {
        if marks <= limits::MARKS {
            return;
        }
        let (name, limit) = (&self.facts.quantities[id.0 as usize].name, limits::MARKS);
        self.report(
            Diagnostic::new(
                &rules::LIMIT,
                span,
                format!("conditions compare `{name}` with {marks} numbers, more than {limit}"),
            )
            .label("too many to tell apart")
            .help("compare it with fewer numbers"),
        );
    }

    /// Reports a quantity above 0 that moves take beyond all numbers; `far` is a natural logarithm.
    pub(super) fn moved_far(&mut self, id: QuantityId, far: f64, span: Span) {
        let fact = &self.facts.quantities[id.0 as usize];
        let limit = limits::MOVED_POWER;
        if !fact.log || far <= f64::from(limit) * std::f64::consts::LN_10 {
            return;
        }
        let name = &fact.name;
        self.report(
            Diagnostic::new(
                &rules::LIMIT,
                span,
                format!("what moves `{name}` takes it too far"),
            )
            .label(format!("all moves together, as far as they are counted, are more than 10^{limit} to 1"))
            .help("state smaller moves, or fewer; `shape: normal` makes it a quantity that is moved by amounts"),
        );
    }
}

fn largest<'f>(a: &'f Figure, b: &'f Figure) -> &'f Figure {
    if a.number >= b.number { a } else { b }
}

fn smallest<'f>(a: &'f Figure, b: &'f Figure) -> &'f Figure {
    if a.number >= b.number { b } else { a }
}
