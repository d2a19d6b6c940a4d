//! Quantities, values, impacts and when things come, as JSON.
//!
//! In: filled by `numbers`, `matrix` and `comes`. Out: serialized.

use serde::Serialize;

/// Something that states an impact, at one horizon.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Risk {
    /// The horizon.
    pub horizon: String,
    /// `outcome` or `event`.
    pub kind: &'static str,
    /// Its name.
    pub id: String,
    /// Its title, or its name.
    pub title: String,
    /// How likely it is.
    pub probability: f64,
    /// The same as a word of the scale.
    pub term: String,
    /// Its impact.
    pub impact: String,
    /// What such a risk is called; null where the file gives it no name.
    pub risk: Option<String>,
}

/// By when something comes; null where the last horizon ends before.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct When {
    /// Its name.
    pub id: String,
    /// `outcome` or `event`.
    pub kind: &'static str,
    /// The day by which it has come with 50%.
    pub median: Option<String>,
    /// The same with 5%.
    pub low: Option<String>,
    /// The same with 95%.
    pub high: Option<String>,
}

/// A number that is not known, in its own unit.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Quantity {
    /// Its name.
    pub id: String,
    /// Its title, or its name.
    pub title: String,
    /// What it is counted in; null where the file does not say.
    pub unit: Option<String>,
    /// At each horizon.
    pub horizons: Vec<QuantityAt>,
}

/// A quantity at one horizon: the exact mixture over states. All is null or empty where `--given` cannot hold.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct QuantityAt {
    /// The horizon.
    pub id: String,
    /// The mean.
    pub mean: Option<f64>,
    /// The median.
    pub median: Option<f64>,
    /// The 5th percentile.
    pub low: Option<f64>,
    /// The 95th percentile.
    pub high: Option<f64>,
    /// The 5th and 95th percentile of the mean over draws of what has a range; absent where nothing has.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub mean_range: Option<(f64, f64)>,
    /// The same of the median.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub median_range: Option<(f64, f64)>,
    /// How far off any quantile may be, in the unit or, of what stays above 0, as a logarithm; absent where
    /// it is exact.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub off: Option<f64>,
    /// The mean before the reasons.
    pub before: Option<f64>,
    /// Further quantiles, those of a fan of 50%, 80% and 90%.
    pub quantiles: Vec<Quantile>,
    /// The chances of lying below the stated cuts.
    pub cuts: Vec<Cut>,
    /// What each driver that moves it contributes to its mean; they sum to `mean` less `before`, but for what
    /// `--given` says of the quantity itself.
    pub contributions: Vec<MeanContribution>,
}

/// A quantile.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Quantile {
    /// How much lies below it, as a share of 1.
    pub share: f64,
    /// The number.
    pub value: f64,
}

/// A cut.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Cut {
    /// The number.
    pub at: f64,
    /// How likely the quantity is to lie below it.
    pub below: f64,
}

/// What a driver does to the mean of a quantity.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct MeanContribution {
    /// The driver.
    pub id: String,
    /// In the quantity's unit.
    pub mean: f64,
    /// Its standard error, where orders of very many drivers were drawn.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub standard_error: Option<f64>,
}

/// What the values of a question's outcomes come to.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Value {
    /// The question; null for the one at the top level.
    pub question: Option<String>,
    /// What they are counted in; null where the file does not say.
    pub unit: Option<String>,
    /// At each horizon.
    pub horizons: Vec<ValueAt>,
}

/// Values at one horizon; null where `--given` cannot hold.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct ValueAt {
    /// The horizon.
    pub id: String,
    /// The mean.
    pub mean: Option<f64>,
    /// The least value up to which at least half of the whole lies.
    pub median: Option<f64>,
    /// The same for 5%.
    pub low: Option<f64>,
    /// The same for 95%.
    pub high: Option<f64>,
}
