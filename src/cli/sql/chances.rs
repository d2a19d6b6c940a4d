//! Columns that hold chances.
//!
//! In: which columns do; sums of probabilities, as SQL. Out: whether a query can add up over the states of these events;
//! who leads among the sums, and the scale's word.

use super::dialect::Dialect;
use crate::batch::Batch;
use crate::resolve::assessment::DriverKind;

/// More events than these make too many states to add up.
const MOST: usize = 5;

/// As `infer::leader` has it: probabilities nearer than this are a tie.
const TIE: f64 = 1e-12;

/// How many of the last columns hold chances, where all of them can.
pub(super) fn events(batch: &Batch, columns: &[String], chances: usize) -> Result<usize, String> {
    let a = &batch.assessment;
    for column in &columns[columns.len() - chances..] {
        let name = column.trim();
        let found = a
            .drivers
            .iter()
            .find(|(id, d)| a.drivers.name(*id) == name || d.title == name);
        let Some((id, driver)) = found.filter(|(_, d)| d.kind() == DriverKind::Event) else {
            return Err(format!(
                "`{name}` is no event: a query adds up over what events may come to; chances of factors are for \
                 `assess batch`"
            ));
        };
        let groups = a.exclusives.iter().map(|g| &g.members);
        let mut groups = groups.chain(a.chains.iter().map(|c| &c.members));
        if groups.any(|members| members.contains(&id)) {
            return Err(format!(
                "`{}` excludes or implies other events, whose chances move with its own: chances of such events are \
                 for `assess batch`",
                driver.name.node
            ));
        }
    }
    match chances > MOST {
        true => Err(format!(
            "{chances} columns of chances make {} states, and a query adds up {}: leave some to `--columns`, or use \
             `assess batch`",
            1u64.checked_shl(chances as u32)
                .map_or("too many".to_owned(), |n| n.to_string()),
            1 << MOST
        )),
        false => Ok(chances),
    }
}

/// What follows from the probabilities of a horizon.
pub(super) struct Verdict<'v> {
    dialect: Dialect,
    words: &'v [(f64, String)],
    /// Each outcome's name with its probability, in the order of the alphabet, which decides ties.
    outcomes: Vec<(&'v str, &'v str)>,
}

impl<'v> Verdict<'v> {
    pub(super) fn new(dialect: Dialect, batch: &'v Batch, shares: &'v [String]) -> Verdict<'v> {
        let a = &batch.assessment;
        let names = a.outcomes.ids().map(|o| a.outcomes.name(o));
        let mut outcomes: Vec<_> = names.zip(shares.iter().map(String::as_str)).collect();
        outcomes.sort_unstable();
        Verdict {
            dialect,
            words: batch.words(),
            outcomes,
        }
    }

    /// A case for each outcome that may lead.
    fn cases(&self, of: impl Fn(usize) -> String) -> String {
        let best = self.best();
        let cases = self.outcomes.iter().enumerate().map(|(i, (_, p))| {
            let tie = self.dialect.number(TIE);
            format!("WHEN {p} >= {best} - {tie} THEN {}", of(i))
        });
        format!("CASE {} END", cases.collect::<Vec<_>>().join(" "))
    }

    fn best(&self) -> String {
        greatest(&self.outcomes.iter().map(|o| o.1).collect::<Vec<_>>())
    }

    pub(super) fn leader(&self) -> String {
        self.cases(|i| self.dialect.text(self.outcomes[i].0))
    }

    pub(super) fn margin(&self) -> String {
        self.cases(|i| {
            let others = self.outcomes.iter().enumerate().filter(|(j, _)| *j != i);
            let others: Vec<&str> = others.map(|(_, o)| o.1).collect();
            match others.is_empty() {
                true => self.outcomes[i].1.to_owned(),
                false => format!("{} - {}", self.outcomes[i].1, greatest(&others)),
            }
        })
    }

    pub(super) fn word(&self) -> String {
        let best = self.best();
        let steps = self.words;
        let ends = steps.iter().skip(1).map(|s| Some(s.0)).chain([None]);
        let cases = steps.iter().zip(ends).map(|((_, word), end)| {
            let word = self.dialect.text(word);
            match end {
                Some(end) => format!("WHEN {best} < {} THEN {word}", self.dialect.number(end)),
                None => format!("WHEN {best} IS NOT NULL THEN {word}"),
            }
        });
        format!("CASE {} END", cases.collect::<Vec<_>>().join(" "))
    }
}

fn greatest(of: &[&str]) -> String {
    match of {
        [one] => (*one).to_owned(),
        of => format!("GREATEST({})", of.join(", ")),
    }
}
