//! A number with how sure it is.

/// A number, and its standard error where it was sampled.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Estimate {
    /// The number; NaN where what is given cannot hold.
    pub value: f64,
    /// Its standard error, in the same unit; none where it is exact.
    pub error: Option<f64>,
}

impl Estimate {
    /// A number that was not sampled.
    pub const fn exact(value: f64) -> Estimate {
        Estimate { value, error: None }
    }

    /// A number of a verdict that was sampled; one without an answer has no error either.
    pub(crate) fn sampled(value: f64, error: f64) -> Estimate {
        let error = (!error.is_nan()).then_some(error);
        Estimate { value, error }
    }

    /// A number in which something may have been sampled: where its error is 0, nothing was.
    pub(crate) fn perhaps(value: f64, error: f64) -> Estimate {
        let error = (error > 0.0).then_some(error);
        Estimate { value, error }
    }

    /// Numbers with the errors beside them, of which there are none where all are exact.
    pub(crate) fn each(values: &[f64], errors: Option<&[f64]>) -> Vec<Estimate> {
        match errors {
            None | Some([]) => values.iter().copied().map(Estimate::exact).collect(),
            Some(errors) => {
                let both = values.iter().zip(errors);
                both.map(|(v, e)| Estimate::sampled(*v, *e)).collect()
            }
        }
    }

    /// What is left to certainty.
    #[must_use]
    pub(crate) fn negated(self) -> Estimate {
        Estimate {
            value: 1.0 - self.value,
            ..self
        }
    }
}

/// The numbers alone.
pub fn values(all: &[Estimate]) -> Vec<f64> {
    all.iter().map(|e| e.value).collect()
}

/// The verdict given a condition, by outcome in the file's order.
#[derive(Debug, Clone, PartialEq)]
pub enum Given {
    /// The condition cannot hold.
    Impossible,
    /// It can hold, but in too few of the sampled histories to say what the verdict is then.
    TooRare,
    /// It rests on what nobody gave a chance: the verdict if it holds all the same.
    Hypothetical(Vec<Estimate>),
    /// The verdict among the cases in which it holds.
    Known(Vec<Estimate>),
}

impl Given {
    /// Of what was found, if the condition can hold, which it does with this chance.
    pub(crate) fn of(found: Option<Vec<Estimate>>, chance: f64) -> Given {
        match found {
            None => Given::Impossible,
            Some(found) if chance <= 0.0 => Given::Hypothetical(found),
            Some(found) => Given::Known(found),
        }
    }

    /// The verdict then, where there is one.
    pub fn outcomes(&self) -> Option<&[Estimate]> {
        match self {
            Given::Hypothetical(outcomes) | Given::Known(outcomes) => Some(outcomes),
            Given::Impossible | Given::TooRare => None,
        }
    }

    /// The probabilities alone.
    pub fn values(&self) -> Option<Vec<f64>> {
        self.outcomes().map(values)
    }

    /// Whether the condition can hold at all.
    pub fn is_possible(&self) -> bool {
        *self != Given::Impossible
    }
}
