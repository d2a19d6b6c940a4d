//! The track record as JSON, the shape that scripts rely on.
//!
//! In: filled by `to_json`. Out: serialized. Numbers are full doubles; what cannot be told is null.

use serde::Serialize;

/// What `assess score --format json` prints.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Report {
    /// The version of this shape.
    pub version: u32,
    /// How many files were looked at; rows of a CSV file.
    pub files: usize,
    /// Which forecast counts.
    pub forecast: String,
    /// How figures were computed.
    pub settings: Settings,
    /// Scores by kind.
    pub scores: Vec<Scores>,
    /// Of quantities; absent where none is settled.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub quantities: Option<Quantities>,
    /// Calibration of outcomes and events as yes or no.
    pub calibration: Option<Calibration>,
    /// Words of likelihood as written.
    pub words: Vec<Word>,
    /// What reasons brought towards what came true; empty unless `--reasons` asks.
    pub reasons: Vec<Reasons>,
    /// Which strengths the record supports; empty unless `--weights` asks.
    pub weights: Vec<Weight>,
    /// By author, tag, horizon length, rating, kind and year.
    pub groups: Vec<Group>,
    /// Every scored case; empty for a CSV file.
    pub cases: Vec<Case>,
    /// Questions that turned out to have no answer.
    pub void: usize,
    /// What was settled and could not be scored.
    pub left_out: Vec<LeftOut>,
    /// Files whose own text had to serve, having no history.
    pub without_history: Vec<String>,
}

/// How figures were computed.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Settings {
    /// What logarithms take in place of a smaller chance.
    pub floor: f64,
    /// How many bins.
    pub bins: usize,
    /// Whether outcomes were taken to be in order.
    pub ordered: bool,
    /// The bootstrap's seed.
    pub seed: u64,
    /// How many samples it drew.
    pub draws: usize,
}

/// A number with its 95% interval.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Estimate {
    /// The number.
    pub value: f64,
    /// Where its interval begins.
    pub low: f64,
    /// Where it ends.
    pub high: f64,
}

/// The scores of cases of one kind.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Scores {
    /// `outcomes`, `event`, `bet` or `judgement`.
    pub kind: &'static str,
    /// How many.
    pub cases: u64,
    /// In how many files.
    pub files: u64,
    /// Mean Brier score: 0–2 over all outcomes, 0–1 of yes or no.
    pub brier: f64,
    /// Mean logarithmic score in nats.
    pub log: f64,
    /// Cases in which a chance met the floor.
    pub floored: u64,
    /// Mean ranked probability score; null unless outcomes are in order.
    pub ranked: Option<f64>,
    /// The same divided by K − 1.
    pub ranked_per_step: Option<f64>,
    /// Mean spherical score; larger is better.
    pub spherical: f64,
    /// Skill by the Brier score.
    pub skill: Vec<Skill>,
}

/// Skill against one reference.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Skill {
    /// `uniform`, `prior`, `base rate` or `price`.
    pub reference: &'static str,
    /// 1 − score/reference; null where the reference costs nothing.
    pub skill: Option<Estimate>,
}

/// Calibration.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Calibration {
    /// How many cases.
    pub cases: u64,
    /// How many chances of yes; by weights where days count.
    pub chances: f64,
    /// Their mean.
    pub said: f64,
    /// How often yes came.
    pub came: f64,
    /// Mean Brier score of yes or no.
    pub brier: f64,
    /// Bins of equal width.
    pub equal_width: Vec<Bin>,
    /// Bins of equal mass.
    pub equal_mass: Vec<Bin>,
    /// Murphy's partition by bins of equal width.
    pub murphy: Option<Murphy>,
    /// Expected calibration error by bins of equal width.
    pub error_equal_width: f64,
    /// The same by bins of equal mass.
    pub error_equal_mass: f64,
    /// Cox's slope; null where there is no line.
    pub slope: Option<Estimate>,
    /// Its intercept.
    pub intercept: Option<Estimate>,
    /// The intercept with slope 1.
    pub shift: Option<Estimate>,
    /// Spiegelhalter's z.
    pub spiegelhalter_z: Option<f64>,
    /// Area under the curve.
    pub area: Option<f64>,
    /// A habit that chance does not explain at 5%; null where none shows or there are fewer than 20
    /// cases.
    pub habit: Option<String>,
}

/// A bin.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Bin {
    /// Its lower end.
    pub from: f64,
    /// Its upper end.
    pub to: f64,
    /// How many chances.
    pub count: f64,
    /// Their mean.
    pub said: f64,
    /// How often yes came, with the Wilson interval.
    pub came: Estimate,
}

/// Murphy's partition: Brier score = reliability − resolution + uncertainty + remainder.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Murphy {
    /// How far rates lie from what was said.
    pub reliability: f64,
    /// How far rates lie from the rate of all.
    pub resolution: f64,
    /// What the rate of all costs.
    pub uncertainty: f64,
    /// What is left because chances differ within a bin.
    pub remainder: f64,
}

/// A word's record.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Word {
    /// The scale.
    pub scale: String,
    /// The word.
    pub word: String,
    /// Its band's lower end.
    pub low: f64,
    /// Its band's upper end.
    pub high: f64,
    /// How often it was written of what is settled.
    pub cases: u64,
    /// How many of them came true.
    pub true_count: f64,
    /// How often.
    pub came: Estimate,
    /// The chance of a rate as far from the band.
    pub p_value: f64,
    /// After Holm; null for fewer than 20 cases.
    pub adjusted: Option<f64>,
}

/// What reasons of one kind, rating, source or name brought.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Reasons {
    /// `kind`, `rating`, `source` or `driver`.
    pub by: &'static str,
    /// Which.
    pub name: String,
    /// How many reasons, over all cases.
    pub reasons: u64,
    /// Bits towards what came true, in all.
    pub bits: f64,
}

/// What one reason brought.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Credit {
    /// The driver.
    pub id: String,
    /// `factor`, `event`, `change` or `assumption`.
    pub kind: &'static str,
    /// Bits towards what came true; all sum to log₂ of verdict over prior.
    pub bits: f64,
}

/// A part of the cases.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Group {
    /// `author`, `tag`, `horizon`, `rating`, `kind` or `year`; `group` of a CSV file.
    pub by: &'static str,
    /// Which.
    pub name: String,
    /// How many cases.
    pub cases: u64,
    /// Mean Brier score of yes or no.
    pub brier: f64,
    /// Mean logarithmic score.
    pub log: f64,
    /// Mean chance.
    pub said: f64,
    /// How often it came true.
    pub came: Estimate,
}

/// A scored case.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Case {
    /// The file.
    pub file: String,
    /// `outcomes`, `event`, `bet`, `judgement` or `quantity`.
    pub kind: &'static str,
    /// The event or quantity, the title of the bet or judgement; of outcomes the question.
    pub id: String,
    /// The horizon.
    pub horizon: String,
    /// The author.
    pub author: Option<String>,
    /// The day on which it was settled.
    pub settled: String,
    /// Its outcomes; of yes or no, one without a name; of a quantity, what it came to.
    pub outcomes: Vec<Outcome>,
    /// What was said, oldest first.
    pub forecasts: Vec<Forecast>,
    /// The price of a bet.
    pub price: Option<f64>,
    /// The best rating of the event's evidence.
    pub rating: Option<String>,
    /// The last forecast's commit; null for the text as it lies on the disk.
    pub commit: Option<String>,
    /// Brier score: 0–2 over all outcomes, 0–1 of yes or no; null for a quantity.
    pub brier: Option<f64>,
    /// Logarithmic score; null for a quantity.
    pub log: Option<f64>,
    /// What a quantity is counted in.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unit: Option<String>,
    /// The continuous ranked probability score of a quantity, in its unit.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub crps: Option<f64>,
    /// The same of what was stated before the reasons.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub crps_before: Option<f64>,
    /// What each reason brought; empty unless `--reasons` asks.
    pub credits: Vec<Credit>,
    /// What was done with shares and ties.
    pub note: Option<String>,
}

/// An outcome of a case.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Outcome {
    /// Its name; null for yes.
    pub id: Option<String>,
    /// How far it came true; of a quantity, what it came to.
    pub truth: f64,
}

/// What was said for some days.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Forecast {
    /// How many days it stood; 1 where one forecast counts.
    pub days: f64,
    /// A chance for each outcome, or of yes; empty for a quantity.
    pub probabilities: Vec<f64>,
    /// What was said of a quantity.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub number: Option<Number>,
}

/// What was said of a quantity, in its unit.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Number {
    /// The median.
    pub median: f64,
    /// The 5th percentile.
    pub low: f64,
    /// The 95th percentile.
    pub high: f64,
    /// The share of the distribution that lies below what it came to.
    pub below: f64,
}

/// How forecasts of numbers fared.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Quantities {
    /// How many.
    pub cases: u64,
    /// In how many files.
    pub files: u64,
    /// How often the truth lay inside central intervals.
    pub inside: Vec<Inside>,
    /// How often it lay below the median.
    pub below_median: Estimate,
    /// Skill by the CRPS against what was stated before the reasons; null where that costs nothing.
    pub skill: Option<Estimate>,
    /// By unit.
    pub units: Vec<OfUnit>,
}

/// How often the truth lay inside a central interval.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Inside {
    /// What the interval covers, as a share of 1.
    pub level: f64,
    /// How often.
    pub came: Estimate,
}

/// Forecasts of numbers in one unit.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct OfUnit {
    /// The unit; null where none is stated.
    pub unit: Option<String>,
    /// How many.
    pub cases: u64,
    /// The mean continuous ranked probability score.
    pub crps: f64,
    /// The same of what was stated before the reasons.
    pub crps_before: f64,
    /// The mean score of the 90% interval.
    pub interval_score: f64,
    /// How far the median lay from the truth, on average.
    pub distance: f64,
}

/// What could not be scored.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct LeftOut {
    /// What.
    pub what: String,
    /// Why.
    pub why: String,
}

/// What the record says of a driver and an outcome.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Weight {
    /// The driver.
    pub id: String,
    /// The outcome.
    pub outcome: String,
    /// In how many files in which the outcome came true the driver was seen.
    pub seen_true: f64,
    /// How many these are.
    pub came_true: f64,
    /// In how many files in which it did not come true the driver was seen.
    pub seen_false: f64,
    /// How many these are.
    pub did_not: f64,
    /// The likelihood ratio of the record.
    pub ratio: Estimate,
    /// The geometric mean of the stated ones.
    pub stated: f64,
    /// How many files state one.
    pub stating: u64,
}
