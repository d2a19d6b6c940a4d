//! What files say of the same things: events and final outcomes that several files of one run state
//! chances of, compared.
//!
//! In: what was found in each file. Out: for each file in which a chance is far from what a file before
//! it states, where and how far. No file is read here, and the order in which files are named changes
//! nothing.

use super::figures::percent;
use super::policy::Policy;
use super::priors::rows;
use super::run::Found;
use super::suppress::{Settled, settle};
use crate::diag::{Diagnostic, Diagnostics};
use crate::limits;
use crate::lint::rules::FILES_DISAGREE;
use crate::project::Project;
use crate::resolve::assessment::{Assessment, Curve, PriorOf, Prose, What};
use crate::resolve::curves::YEAR;
use crate::resolve::with_problems;
use crate::text::decimal;
use crate::text::source::{SourceMap, Span};
use std::collections::BTreeMap;
use std::path::Path;

/// What a file says of one event or final outcome, as far as another file may say it, too.
#[derive(Debug, Clone, PartialEq)]
pub struct Claim {
    /// Whether it is the prior of a final outcome; else an event's own chance.
    pub(crate) is_outcome: bool,
    pub(crate) name: String,
    /// How it resolves: letters and digits alone, in lower case.
    pub(crate) resolves: String,
    /// The file that states it, as the user named it.
    pub(crate) file: String,
    /// The clause.
    pub(crate) span: Span,
    /// The chance at the end of each horizon.
    pub(crate) points: Vec<Point>,
}

/// A chance at the end of a horizon.
#[derive(Debug, Clone, PartialEq)]
pub struct Point {
    pub(crate) horizon: String,
    /// Its end, in days from `as of`.
    pub(crate) days: f64,
    /// What holds by then, of what does not hold at `as of`.
    pub(crate) chance: f64,
}

impl Point {
    /// The mean cumulative hazard of a year.
    fn hazard(&self) -> f64 {
        -libm::log1p(-self.chance) / self.days * YEAR
    }

    /// "10% by `short`, 19% a year"
    fn shown(&self) -> String {
        let yearly = -libm::expm1(-self.hazard());
        let (chance, yearly) = (percent(self.chance), percent(yearly));
        format!("{chance} by `{}`, {yearly} a year", self.horizon)
    }
}

/// A claim of one file that another file contradicts.
#[derive(Debug, Clone)]
pub struct Disagreement {
    own: Claim,
    other: String,
    points: (Point, Point),
}

/// What an assessment says of things that other files may speak of.
pub(super) fn claims(assessment: &Assessment, sources: &SourceMap) -> Vec<Claim> {
    let folded = |prose: &Option<Prose>| -> String {
        prose
            .as_ref()
            .map_or(String::new(), |p| fold(sources.text(p.span)))
    };
    let claim = |is_outcome, name: &str, resolves: String, span: Span, curve: &Curve| {
        let points = points(assessment, curve);
        (!resolves.is_empty() && !points.is_empty()).then(|| Claim {
            is_outcome,
            name: name.to_owned(),
            resolves,
            file: sources.source(span.file).name.clone(),
            span,
            points,
        })
    };
    let mut found = Vec::new();
    for driver in assessment.drivers.values() {
        // What is stated `given` something has no chance of its own.
        if let What::Event(rows) = &driver.what
            && let [row] = rows.as_slice()
            && row.given.is_none()
        {
            let (name, resolves) = (&driver.name.node, folded(&driver.prose.resolves));
            let (span, curve) = (row.clause.span, &row.clause.values);
            found.extend(claim(false, name, resolves, span, curve));
        }
    }
    // What is stated `given` something has no chance of its own here either.
    let rows = rows(assessment).filter(|row| row.is_only());
    for (row, (_, outcome, prior)) in rows.flat_map(|row| row.each().map(move |of| (row, of))) {
        if let PriorOf::Curve(clause) = prior
            && outcome.is_final
        {
            // How an outcome resolves is often said for all of them at once.
            let own = outcome.prose.resolves.is_some();
            let prose = if own {
                &outcome.prose
            } else {
                match row.question.name {
                    Some(_) => &row.question.prose,
                    None => &assessment.prose,
                }
            };
            let (name, resolves) = (&outcome.name.node, folded(&prose.resolves));
            found.extend(claim(true, name, resolves, clause.span, &clause.values));
        }
    }
    found
}

/// The letters and digits of a text, so that its layout, case and quotes tell nothing apart.
fn fold(text: &str) -> String {
    if text.is_ascii() {
        let mut folded = String::with_capacity(text.len());
        let mut apart = false;
        for byte in text.bytes() {
            if byte.is_ascii_alphanumeric() || b"%<>=-".contains(&byte) {
                if apart && !folded.is_empty() {
                    folded.push(' ');
                }
                apart = false;
                folded.push(char::from(byte.to_ascii_lowercase()));
            } else {
                apart = true;
            }
        }
        return folded;
    }
    let words = text.split(|c: char| !c.is_alphanumeric() && !"%<>=-".contains(c));
    let words: Vec<&str> = words.filter(|w| !w.is_empty()).collect();
    words.join(" ").to_lowercase()
}

fn points(assessment: &Assessment, curve: &Curve) -> Vec<Point> {
    let now = curve.at(0.0);
    if now >= 1.0 {
        return Vec::new();
    }
    let horizons = assessment.horizons.values();
    let point = horizons.map(|h| Point {
        horizon: h.name.node.clone(),
        days: h.days,
        chance: (curve.at(h.days) - now) / (1.0 - now),
    });
    point.filter(|p| p.days > 0.0).collect()
}

/// A claim, the file of the run in which it was found, and where it stands.
struct Stated<'a> {
    claim: &'a Claim,
    found: usize,
    at: (&'a Path, u32),
}

/// For each file what it says that a file before it in order of path contradicts.
pub fn compare(found: &[(&Found, &Policy)]) -> BTreeMap<usize, Vec<Disagreement>> {
    let mut by_thing: BTreeMap<(bool, &str, &str), Vec<Stated>> = BTreeMap::new();
    for (n, (one, _)) in found.iter().enumerate() {
        for claim in &one.claims {
            let Some(path) = one.paths.get(claim.span.file.0 as usize) else {
                continue;
            };
            let thing = (
                claim.is_outcome,
                claim.name.as_str(),
                claim.resolves.as_str(),
            );
            by_thing.entry(thing).or_default().push(Stated {
                claim,
                found: n,
                at: (path, claim.span.start),
            });
        }
    }
    let mut apart: BTreeMap<usize, Vec<Disagreement>> = BTreeMap::new();
    for mut stated in by_thing.into_values().filter(|all| all.len() > 1) {
        let user = |s: &Stated| found[s.found].0.paths.first();
        stated.sort_by(|a, b| (a.at, user(a)).cmp(&(b.at, user(b))));
        // What is stated in a shared file is one statement, however many files use it.
        stated.dedup_by(|a, b| a.at == b.at);
        let mut before: Vec<&Stated> = Vec::new();
        for one in &stated {
            let policy = found[one.found].1;
            let factor = policy.settings.files_disagree_factor;
            let mut others = before.iter().filter(|b| b.at.0 != one.at.0);
            if policy.level(&FILES_DISAGREE).is_some()
                && let Some(found) = others.find_map(|b| disagree(one.claim, b.claim, factor))
            {
                apart.entry(one.found).or_default().push(found);
            }
            let is_new = before.iter().all(|b| b.claim.points != one.claim.points);
            if is_new && before.len() < limits::COMPARED {
                before.push(one);
            }
        }
    }
    apart
}

/// Whether two claims are further apart than a factor, at the horizons that are of nearest length.
fn disagree(own: &Claim, other: &Claim, factor: f64) -> Option<Disagreement> {
    let nearest = |point: &Point, among: &[Point]| -> usize {
        let far = |p: &Point| libm::log(p.days / point.days).abs();
        let far: Vec<f64> = among.iter().map(far).collect();
        (0..far.len()).fold(0, |best, n| if far[n] < far[best] { n } else { best })
    };
    let mut worst: Option<(f64, usize, usize)> = None;
    for (n, point) in own.points.iter().enumerate() {
        let m = nearest(point, &other.points);
        if nearest(&other.points[m], &own.points) != n {
            continue;
        }
        let (a, b) = (point.hazard(), other.points[m].hazard());
        // Both never, or both for certain, are as one.
        let times = if a == b { 1.0 } else { (a / b).max(b / a) };
        if times > factor * (1.0 + 1e-9) && worst.is_none_or(|(most, ..)| times > most) {
            worst = Some((times, n, m));
        }
    }
    let (_, n, m) = worst?;
    Some(Disagreement {
        own: own.clone(),
        other: other.file.clone(),
        points: (own.points[n].clone(), other.points[m].clone()),
    })
}

impl Disagreement {
    fn report(&self) -> Diagnostic {
        let (own, other) = &self.points;
        let file = &self.other;
        let what = match self.own.is_outcome {
            true => format!("the prior of `{}`", self.own.name),
            false => format!("`{}`", self.own.name),
        };
        let times = |a: f64, b: f64| decimal::short(a / b, 1);
        let message = match (own.hazard(), other.hazard()) {
            (0.0, _) => format!("{what} has no chance here, and has one in `{file}`"),
            (_, 0.0) => format!("{what} has a chance here, and has none in `{file}`"),
            (a, _) if a.is_infinite() => {
                format!("{what} is certain here, and is not in `{file}`")
            }
            (_, b) if b.is_infinite() => {
                format!("{what} is not certain here, and is in `{file}`")
            }
            (a, b) if a > b => format!(
                "{what} has {} times the yearly rate here that `{file}` gives it",
                times(a, b)
            ),
            (a, b) => format!(
                "`{file}` gives {what} {} times the yearly rate that it has here",
                times(b, a)
            ),
        };
        let help = match self.own.is_outcome {
            true => {
                "if both resolve alike, one base rate is wrong; if not, let `resolves` say how they differ"
            }
            false => {
                "if both are one thing, state it once in a file that both `use`; if not, let `resolves` say how they differ"
            }
        };
        Diagnostic::new(&FILES_DISAGREE, self.own.span, message)
            .label(format!("{}; there {}", own.shown(), other.shown()))
            .help(help)
    }
}

/// What is reported of a file's disagreements under its policy and its `allow` comments; what the file,
/// read anew, no longer says is left out.
pub fn settled(project: &Project, policy: &Policy, apart: &[Disagreement]) -> Settled {
    let resolved = with_problems(project);
    let Some(assessment) = resolved
        .assessment
        .filter(|_| !resolved.diagnostics.has_errors())
    else {
        return Settled::default();
    };
    let said = claims(&assessment, &project.sources);
    let still = apart.iter().filter(|d| said.contains(&d.own));
    let mut found = Diagnostics::new();
    found.extend(still.map(Disagreement::report));
    let mut settled = settle(found, project, policy, &|_| false);
    settled.diagnostics.retain(|d| d.rule == &FILES_DISAGREE);
    settled
}

impl Found {
    /// With more that is reported of the same files; unless they have changed since.
    pub fn add(&mut self, sources: SourceMap, more: Settled) {
        let texts = |map: &SourceMap| -> Vec<String> {
            map.iter().map(|(_, source)| source.text.clone()).collect()
        };
        let checked = &mut self.checked;
        if !checked.diagnostics.is_empty() && texts(&checked.sources) != texts(&sources) {
            return;
        }
        checked.suppressed += more.suppressed;
        if more.diagnostics.is_empty() {
            return;
        }
        checked.sources = sources;
        checked.diagnostics.extend(more.diagnostics);
        let by_place = |a: &Diagnostic, b: &Diagnostic| {
            (a.primary.span, a.rule.name).cmp(&(b.primary.span, b.rule.name))
        };
        checked.diagnostics.sort_by(by_place);
    }
}
