//! One scored forecast: what was said of a thing, and what came of it.

use jiff::civil::Date;

/// What a forecast is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// All outcomes of a question at a horizon.
    Outcomes,
    /// An event by a horizon's end.
    Event,
    /// What a bet is on.
    Bet,
    /// What a key judgement is about.
    Judgement,
    /// What a quantity came to in a horizon.
    Quantity,
}

impl Kind {
    /// The word of every output.
    pub fn word(self) -> &'static str {
        match self {
            Kind::Outcomes => "outcomes",
            Kind::Event => "event",
            Kind::Bet => "bet",
            Kind::Judgement => "judgement",
            Kind::Quantity => "quantity",
        }
    }

    /// Every kind.
    pub const ALL: [Kind; 5] = [
        Kind::Outcomes,
        Kind::Event,
        Kind::Bet,
        Kind::Judgement,
        Kind::Quantity,
    ];

    /// Whether a chance was given, rather than a number.
    pub fn is_chance(self) -> bool {
        self != Kind::Quantity
    }

    /// Whether calibration counts it: bets and judgements are about what is counted already.
    pub fn counts(self) -> bool {
        matches!(self, Kind::Outcomes | Kind::Event)
    }
}

/// What was said for some time.
#[derive(Debug, Clone, PartialEq)]
pub struct Forecast {
    /// How many days it stood; 1 where one forecast alone counts.
    pub(crate) days: f64,
    /// A chance for each outcome, or one of yes; of a quantity none.
    pub(crate) chances: Vec<f64>,
    /// What the prior alone says of the same; empty where there is none.
    pub(crate) prior: Vec<f64>,
    /// What was said of a number.
    pub(crate) number: Option<Figure>,
}

/// What was said of a number, held against what it came to; all but `place` in its unit.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Figure {
    /// The continuous ranked probability score.
    pub(crate) crps: f64,
    /// The same of what was said before the reasons.
    pub(crate) before: f64,
    /// The width of the 90% interval before the reasons, above 0.
    pub(crate) width: f64,
    /// The share of the distribution that lies below what it came to.
    pub(crate) place: f64,
    /// The 5th percentile.
    pub(crate) low: f64,
    pub(crate) median: f64,
    /// The 95th percentile.
    pub(crate) high: f64,
}

/// One thing that was forecast and settled.
#[derive(Debug, Clone, PartialEq)]
pub struct Case {
    /// The file, as named.
    pub(crate) file: String,
    /// What the forecast is about.
    pub(crate) kind: Kind,
    /// The event, the bet's title, or what the question is.
    pub(crate) id: String,
    /// The horizon's name.
    pub(crate) horizon: String,
    /// The assessment's author.
    pub(crate) author: Option<String>,
    pub(crate) tags: Vec<String>,
    /// Days from the forecast's `as of` to the horizon's end.
    pub(crate) length: f64,
    /// The day on which it was settled.
    pub(crate) settled: Date,
    /// The names of the outcomes; of yes or no, none.
    pub(crate) outcomes: Vec<String>,
    /// How far each came true; one number of yes; what a quantity came to.
    pub(crate) truth: Vec<f64>,
    /// What a quantity is counted in.
    pub(crate) unit: Option<String>,
    /// What was said, in order of time.
    pub(crate) forecasts: Vec<Forecast>,
    /// The price of a bet.
    pub(crate) price: Option<f64>,
    /// The best rating of the evidence of an event.
    pub(crate) rating: Option<String>,
    /// The commit that the last forecast is of; none for the file as it lies on the disk.
    pub(crate) commit: Option<String>,
    /// What was done with shares, ties and the like.
    pub(crate) said: Option<String>,
    /// What each reason brought towards what came true, where that was asked.
    pub(crate) credits: Vec<super::credit::Credit>,
    /// The drivers of the forecast, where that was asked.
    pub(crate) pushes: Vec<super::weights::Push>,
}

impl Case {
    /// Days that the forecasts stood.
    pub fn days(&self) -> f64 {
        self.forecasts.iter().map(|f| f.days).sum()
    }

    /// The mean of a score over the days of the forecasts.
    pub fn mean(&self, score: impl Fn(&Forecast) -> f64) -> f64 {
        let sum: f64 = self.forecasts.iter().map(|f| f.days * score(f)).sum();
        sum / self.days()
    }

    /// What is yes or no about it, each with its weight: all outcomes one by one, or itself.
    pub fn points(&self) -> Vec<(f64, f64, f64)> {
        let days = self.days();
        let each = self.forecasts.iter().flat_map(|f| {
            let pairs = f.chances.iter().zip(&self.truth);
            pairs.map(move |(&p, &y)| (p, y, f.days / days))
        });
        each.collect()
    }

    /// Whether all outcomes of a question are scored together.
    pub fn is_of_several(&self) -> bool {
        self.kind == Kind::Outcomes
    }
}

/// A word of likelihood that was written, what it means, and what came of it.
#[derive(Debug, Clone, PartialEq)]
pub struct Said {
    /// The author.
    pub author: Option<String>,
    /// The scale; empty for a range.
    pub scale: String,
    /// The word, or the range as it is printed.
    pub word: String,
    /// The word's band.
    pub band: (f64, f64),
    /// How far it came true.
    pub truth: f64,
}
