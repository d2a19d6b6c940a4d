//! Verdicts in every output of `eval`.
//!
//! In: assessments with their verdicts and what was asked. Out: text. Whatever the output, the same
//! horizons and outcomes are shown, and numbers for people are rounded by `round` alone.

mod asked;
#[cfg(feature = "cli")]
pub(crate) mod chart;
pub(crate) mod comes;
pub mod csv;
mod events;
mod expectations;
#[cfg(feature = "cli")]
mod fan;
pub(super) mod grid;
pub mod json;
pub(super) mod markdown;
#[cfg_attr(
    not(feature = "cli"),
    expect(dead_code, reason = "the command alone writes matrices")
)]
pub(crate) mod matrix;
pub(crate) mod numbers;
mod recalibrated;
pub(super) mod sections;
mod settled;
mod text;
pub(super) mod to_json;
pub(crate) mod voices;

pub(crate) use asked::set_list;
pub use asked::{Asked, Seen};
pub(super) use expectations::apart;

use super::Look;
use super::csv::Csv;
use crate::infer::verdict::{
    Conditional, HorizonVerdict, OutcomeVerdict, QuestionStanding, Sampled, Verdict,
};
use crate::infer::{Estimate, Given};
use crate::phrases::Phrases;
use crate::render::Format;
use crate::resolve::assessment::{
    Assessment, DriverId, Horizon, HorizonId, Outcome, OutcomeId, QuestionId,
};
use crate::resolve::ranges::Ranges;
use crate::resolve::table::Id;
use crate::scales::Scale;
use crate::text::decimal::fixed;
use crate::text::round;
use crate::text::source::SourceMap;

/// One assessment, evaluated.
#[derive(Debug)]
pub struct Evaluated {
    /// Its files; the first is its own.
    pub sources: SourceMap,
    /// What was read.
    pub assessment: Assessment,
    /// What came out.
    pub verdict: Verdict,
    /// What was asked.
    pub asked: Asked,
}

/// One way to write verdicts.
pub type EvalFormat = Format<fn(&[Evaluated], Look) -> String, Shows>;

/// What a format of `eval` shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shows {
    /// The verdict.
    Verdict,
    /// Contributions besides, which cost time.
    Contributions,
}

/// Every format of `eval`, the default first. To add one: its file, and its line here.
pub static EVAL_FORMATS: &[EvalFormat] = &[
    Format::with("text", Shows::Verdict, text::report),
    Format::with("json", Shows::Contributions, to_json::report),
    Format::with("csv", Shows::Verdict, |evaluated, _| {
        csv::report(evaluated, Csv::Safe)
    }),
    Format::with("markdown", Shows::Verdict, markdown::report),
];

impl Evaluated {
    pub(super) fn file(&self) -> &str {
        &self.sources.source(self.assessment.file).name
    }

    /// The horizons to show, in order of time.
    pub(super) fn horizons(&self) -> Vec<HorizonId> {
        let all = self.assessment.horizons.ids();
        all.filter(|h| self.asked.horizons.is_empty() || self.asked.horizons.contains(h))
            .collect()
    }

    /// The outcomes to show, in the file's order.
    pub(super) fn outcomes(&self) -> Vec<OutcomeId> {
        let all = self.assessment.outcomes.ids();
        all.filter(|o| self.asked.outcomes.is_empty() || self.asked.outcomes.contains(o))
            .collect()
    }

    /// The questions to show, in the file's order; each with those of its outcomes that are shown.
    pub(super) fn questions(&self) -> Vec<(QuestionId, Vec<OutcomeId>)> {
        let shown = self.outcomes();
        let all = self.assessment.questions.iter();
        let each = all.map(|(id, q)| {
            let own = shown.iter().copied().filter(|o| q.has(*o));
            (id, own.collect::<Vec<_>>())
        });
        each.filter(|(_, own)| !own.is_empty()).collect()
    }

    /// A question's title above its own table, where it is not the assessment's.
    pub(super) fn question_title(&self, question: QuestionId) -> Option<&str> {
        let question = &self.assessment.questions[question];
        question.name.as_ref().map(|_| question.title.as_str())
    }

    /// Who leads in a question.
    pub(crate) fn standing(&self, horizon: HorizonId, question: QuestionId) -> QuestionStanding {
        let at = self.at(horizon);
        let mut all = self.verdict.questions.iter();
        let own = all.find(|q| q.question == question);
        own.map_or(
            QuestionStanding {
                leader: at.leader,
                margin: at.margin,
                confidence: at.confidence,
            },
            |q| q.horizons[horizon.index()],
        )
    }

    /// Whether an outcome leads its question.
    pub(crate) fn leads(&self, horizon: HorizonId, outcome: OutcomeId) -> bool {
        let question = self.outcome(outcome).question;
        self.standing(horizon, question).leader == outcome
    }

    pub(super) fn horizon(&self, horizon: HorizonId) -> &Horizon {
        &self.assessment.horizons[horizon]
    }

    pub(crate) fn outcome(&self, outcome: OutcomeId) -> &Outcome {
        &self.assessment.outcomes[outcome]
    }

    pub(crate) fn outcome_name(&self, outcome: OutcomeId) -> &str {
        // A file of claims alone has none.
        match self.assessment.outcomes.is_empty() {
            true => "",
            false => self.assessment.outcomes.name(outcome),
        }
    }

    pub(crate) fn driver_name(&self, driver: DriverId) -> &str {
        self.assessment.drivers.name(driver)
    }

    pub(crate) fn at(&self, horizon: HorizonId) -> &HorizonVerdict {
        &self.verdict.horizons[horizon.index()]
    }

    pub(crate) fn of(&self, horizon: HorizonId, outcome: OutcomeId) -> &OutcomeVerdict {
        &self.at(horizon).outcomes[outcome.index()]
    }

    /// Whether the condition that was asked for can hold at all.
    pub(super) fn is_possible(&self, horizon: HorizonId) -> bool {
        let outcomes = &self.at(horizon).outcomes;
        !outcomes.iter().any(|o| o.probability.value.is_nan())
    }

    /// The word of a chance, which does not hang on its interval.
    pub(crate) fn words(&self, outcome: &OutcomeVerdict) -> String {
        crate::scales::wording(&self.assessment.scale, outcome.probability.value)
    }

    /// The words that an interval spans, where it spans three or more: "unlikely to likely". Always
    /// printed as the interval's.
    pub(crate) fn span(&self, interval: Option<(f64, f64)>) -> Option<String> {
        let (low, high) = self.ends_in_words(interval)?;
        Some(format!("{low} to {high}"))
    }

    /// The words that an interval spans, where they are many.
    pub(crate) fn ends_in_words(&self, interval: Option<(f64, f64)>) -> Option<(String, String)> {
        let (low, high) = interval?;
        let (low, high) = self.assessment.scale.span(low, high)?;
        Some((low.word(), high.word()))
    }

    /// Whether the verdict answers more than the file itself asks: its expectations are not about
    /// that.
    pub(crate) fn is_asked(&self) -> bool {
        self.asked.is_anything()
    }

    /// An outcome's interval, where it says more than its number. Where words are printed for its
    /// ends, each end is rounded so that it has its word.
    pub(crate) fn interval(&self, outcome: &OutcomeVerdict) -> Option<String> {
        let scale = &self.assessment.scale;
        let (low, high) = outcome.interval?;
        let text = match scale.span(low, high) {
            Some(_) => round::interval_in(scale, low, high),
            None => round::interval(low, high),
        };
        (text != round::percent_in(scale, outcome.probability.value)).then_some(text)
    }

    /// "by Akarsu, as of 2025-03-01" and the like, piece by piece.
    pub(super) fn facts(&self) -> Vec<String> {
        let a = &self.assessment;
        let mut facts: Vec<String> = a.marking.iter().map(|m| m.node.clone()).collect();
        facts.push(self.file().to_owned());
        facts.extend(a.author.as_ref().map(|author| author.node.clone()));
        facts.push(format!("as of {}", a.as_of_dated.shown()));
        facts.push(format!("scale {}", a.scale.name));
        facts
    }

    /// The standard error of an outcome, where it was sampled.
    fn error(&self, horizon: HorizonId, outcome: OutcomeId) -> Option<f64> {
        self.of(horizon, outcome).probability.error
    }

    /// "±0.2 points", where a number was sampled.
    pub(crate) fn give_or_take(&self, horizon: HorizonId, outcome: OutcomeId) -> Option<String> {
        self.error(horizon, outcome).map(give_or_take)
    }

    /// What was sampled, and why, in sentences.
    fn sampling(&self, sampled: &Sampled) -> String {
        let mut text = format!(
            "Sampled, not exact: {} histories of what happens, with seed {}; given each, the \
             outcomes are exact. ± is the standard error: two in three numbers lie that near.",
            round::count(sampled.samples),
            self.verdict.method.seed
        );
        if !self.verdict.is_sampled() {
            text = format!("The verdict is exact; what was asked beside it is not. {text}");
        }
        if !sampled.coupled.is_empty() {
            const SHOWN: usize = 12;
            let names = sampled.coupled.iter().take(SHOWN);
            let names: Vec<&str> = names.map(|d| self.driver_name(*d)).collect();
            let more = match sampled.coupled.len() - names.len() {
                0 => String::new(),
                more => format!(" and {more} more"),
            };
            text += &format!(
                " {} propositions matter together, too many to be summed: {}{more}.",
                sampled.coupled.len(),
                names.join(", ")
            );
        }
        let held = self.verdict.horizons.iter().filter_map(|at| at.effective);
        if let Some(least) = held.reduce(f64::min) {
            text += &format!(
                " Those in which what is given holds count for {} histories or more in each \
                 horizon (the effective sample size).",
                round::count(least as u64)
            );
        }
        if let Some(largest) = self.verdict.largest_error_beside() {
            text += &format!(
                " In what stands beside the verdict it is {} at most.",
                give_or_take(largest)
            );
        }
        text
    }

    /// How exact a transform is, in a sentence.
    fn transforming(&self, error: f64) -> String {
        // The next power of ten: more is not known of it.
        let power = (1..16)
            .rev()
            .find(|n| error <= libm::pow(10.0, -f64::from(*n)));
        let points = match power {
            Some(n) if n > 2 => format!("1e-{} points", n - 2),
            _ => "a point".to_owned(),
        };
        format!(
            "By a transform of the sum of the pushes, not over states: off by less than {points}."
        )
    }

    /// How it was computed, in a sentence or two.
    pub(crate) fn method(&self) -> String {
        let m = &self.verdict.method;
        if let Some(sampled) = &m.sampled {
            let text = self.sampling(sampled);
            return match m.draws {
                0 => text,
                n => format!(
                    "{text} Intervals: 90%, from {} draws.",
                    round::count(u64::from(n))
                ),
            };
        }
        if let Some(error) = m.transformed {
            let text = self.transforming(error);
            return match m.draws {
                0 => text,
                n => format!(
                    "{text} Intervals: 90%, from {} draws.",
                    round::count(u64::from(n))
                ),
            };
        }
        let states = match m.states {
            1 => "1 state".to_owned(),
            n => format!("{} states", round::count(n)),
        };
        match m.draws {
            0 => format!("Exact, over {states}, without intervals."),
            n => format!(
                "Exact, over {states}. Intervals: 90%, from {} draws with seed {}.",
                round::count(u64::from(n)),
                m.seed
            ),
        }
    }

    /// Whether a chance of 0 says only that an event has none stated: it is hypothetical, and nothing
    /// that was asked makes it so or not.
    pub(in crate::render) fn is_unstated(&self, driver: DriverId, chance: f64) -> bool {
        let a = &self.assessment;
        let mut sets = self.asked.sets.iter().map(|s| s.0);
        let under = self.asked.under.map(|s| &a.scenarios[s].sets);
        let made_so = sets.any(|d| d == driver)
            || under.is_some_and(|sets| sets.iter().any(|s| s.driver == driver));
        a.drivers[driver].is_hypothetical() && chance <= 0.0 && !made_so
    }

    /// What the intervals cover; nothing where none were asked for.
    pub(crate) fn coverage(&self, say: &Phrases) -> Option<String> {
        let a = &self.assessment;
        let drawn = self.verdict.method.draws > 0;
        (drawn || Ranges::of(a).stated == 0).then(|| a.coverage(say))
    }

    /// How it was computed, where that has to be said: where it was sampled, or where it was asked for.
    pub(crate) fn method_shown(&self) -> Option<String> {
        let is_needed = self.asked.verbose || self.verdict.method.sampled.is_some();
        is_needed.then(|| self.method())
    }

    /// Everything that was taken for granted.
    pub(crate) fn assumed(&self) -> impl Iterator<Item = &String> {
        self.assessment.assumed.iter().chain(&self.verdict.assumed)
    }

    /// The outcomes that a condition moves by what shows, at most six, and how many others move.
    fn moved<'a>(
        &self,
        horizons: &[HorizonId],
        pair: impl Fn(HorizonId) -> Option<(&'a [Estimate], &'a [Estimate])>,
    ) -> (Vec<OutcomeId>, usize) {
        let size = |o: &OutcomeId| {
            let sizes = horizons.iter().filter_map(|&h| pair(h)).map(|(a, b)| {
                let o = o.index();
                (a[o].value - b[o].value).abs()
            });
            sizes.fold(0.0, f64::max)
        };
        let mut moved: Vec<(f64, OutcomeId)> = self
            .outcomes()
            .into_iter()
            .map(|o| (size(&o), o))
            .filter(|(size, _)| *size >= 0.000_5)
            .collect();
        moved.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        let more = moved.len().saturating_sub(6);
        moved.truncate(6);
        let mut shown: Vec<OutcomeId> = moved.into_iter().map(|m| m.1).collect();
        shown.sort();
        (shown, more)
    }
}

/// How verdicts were computed, where that is to be said: each thing once, and by file where they differ.
fn footers(evaluated: &[Evaluated]) -> Vec<String> {
    let shown = evaluated
        .iter()
        .filter_map(|e| Some((e, e.method_shown()?)));
    let shown: Vec<(&Evaluated, String)> = shown.collect();
    let same = shown.len() == evaluated.len() && shown.iter().all(|s| s.1 == shown[0].1);
    let mut lines: Vec<String> = match shown.first() {
        Some((_, text)) if same => vec![text.clone()],
        _ => shown
            .into_iter()
            .map(|(e, text)| format!("{}: {text}", e.file()))
            .collect(),
    };
    if evaluated.iter().any(|e| e.asked.verbose) {
        lines.extend(super::explain::confidence::rules());
    }
    lines
}

/// A standard error, in percentage points.
fn give_or_take(error: f64) -> String {
    let points = error * 100.0;
    let text = match points {
        p if p >= 0.095 => fixed(p, 1),
        p if p >= 0.0095 => fixed(p, 2),
        _ => "0.01".to_owned(),
    };
    format!("±{text} points")
}

/// What a condition at one horizon says of its chance.
enum ChanceOf {
    /// It cannot hold.
    Impossible,
    /// It rests on something without a stated chance.
    Hypothetical,
    /// Its chance.
    Stated(f64),
}

impl ChanceOf {
    fn new(conditional: &Conditional) -> Self {
        match conditional.given {
            Given::Impossible => ChanceOf::Impossible,
            Given::Hypothetical(_) => ChanceOf::Hypothetical,
            Given::TooRare | Given::Known(_) => ChanceOf::Stated(conditional.chance.value),
        }
    }

    fn text(&self, scale: &Scale) -> String {
        match self {
            ChanceOf::Impossible => "cannot happen".to_owned(),
            ChanceOf::Hypothetical => "none stated".to_owned(),
            ChanceOf::Stated(p) => round::percent_in(scale, *p),
        }
    }
}
