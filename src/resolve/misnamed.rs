//! What is said of a name that stands for nothing, for another kind of thing, or for something that
//! its file has and its user did not take.
//!
//! In: a name, its place and what is wanted there. Out: a finding each.

use super::assessment::DriverKind;
use super::figures::a_driver;
use super::names::{Entry, Meaning, Reader, Want};
use crate::diag::rules;
use crate::diag::{Diagnostic, Fix, suggest};
use crate::text::source::Span;

impl Want {
    fn words(self) -> &'static str {
        match self {
            Want::Horizon => "a horizon",
            Want::Outcome => "an outcome",
            Want::View => "a view",
            Want::Under => "a scenario or a view",
            Want::Driver => "an event, factor, change or assumption",
            Want::Pushed => "an outcome or an event",
            Want::Event => "an event",
            Want::Proposition => "an event, outcome, factor, change or assumption",
            Want::Settable => "an event, an outcome, a factor with `holds` or an assumption",
            Want::Held => "an outcome, quantity, event, factor, change or assumption",
            Want::Queried => "an outcome, event, factor, change or assumption",
            Want::Settled => "an outcome, an event or a quantity",
            Want::Dated => "a horizon, outcome or event",
            Want::Quantity => "a quantity",
            Want::Compared => "a quantity, or a question with values",
            Want::Coming => "an event or a final outcome",
        }
    }

    /// The noun of "there is no …".
    fn noun(self) -> &'static str {
        match self {
            Want::Horizon => "horizon",
            Want::Outcome => "outcome",
            Want::View => "view",
            Want::Under => "scenario",
            Want::Event => "event",
            Want::Dated => "horizon, outcome or event",
            Want::Quantity => "quantity",
            Want::Compared => "quantity or question",
            Want::Coming => "event or outcome",
            Want::Held => "outcome, quantity, event, factor, change or assumption",
            Want::Settled => "outcome, event or quantity",
            Want::Queried | Want::Pushed => "outcome or event",
            Want::Driver | Want::Proposition | Want::Settable => {
                "event, factor, change or assumption"
            }
        }
    }
}

impl Reader<'_> {
    pub(super) fn unknown(&mut self, text: &str, span: Span, want: Want) {
        // What was made up to read a mistake is nobody's name: that is told already.
        if self.reports.is_full() || span.start == span.end {
            return;
        }
        let (facts, names) = (self.facts, &self.scope.names);
        let that_fit = || {
            let named = |m: Meaning| !matches!(m, Meaning::Broken | Meaning::NotTaken(_));
            let fits = move |m: Meaning| named(m) && facts.fits(m, want);
            let fitting = names.iter().filter(move |(_, e)| fits(e.meaning));
            fitting.map(|(n, _)| n.as_str())
        };
        let near = self.reports.nearest(text, that_fit());
        let mut found = Diagnostic::new(
            &rules::UNKNOWN_NAME,
            span,
            format!("there is no {} `{text}`", want.noun()),
        )
        .label(match self.scope.used_at {
            None => "nothing in this file has this name",
            Some(_) => "nothing here has this name, nor in the file that uses it",
        });
        if let Some(used_at) = self.scope.used_at {
            found = found.other(used_at, "used from here");
        }
        if let Some(help) = suggest::did_you_mean(&near) {
            found = found.help(help);
            if let ([one], None) = (&near[..], self.scope.used_at) {
                let one = *one;
                // A name that is near may be another thing: `us` and `uk`.
                found = found.fix(Fix::risky(format!("write `{one}`"), span, one));
            }
        } else {
            let others = self.reports.nearest(text, names.keys().map(String::as_str));
            let drives = !matches!(
                want,
                Want::Outcome
                    | Want::Horizon
                    | Want::View
                    | Want::Under
                    | Want::Quantity
                    | Want::Compared
            );
            // A change is rarely meant where a condition is wanted.
            let is_change = |n: &&str| {
                matches!(names[*n].meaning, Meaning::Driver(id)
                    if facts.driver(id).kind == DriverKind::Change)
            };
            let all: Vec<&str> = that_fit().filter(|n| !is_change(n)).take(7).collect();
            let declare = match want {
                Want::Outcome
                | Want::Horizon
                | Want::View
                | Want::Under
                | Want::Event
                | Want::Quantity => want.noun(),
                Want::Compared => "quantity",
                _ => "event",
            };
            let declare = format!("declare it: `{declare} {text} \"…\"`");
            let taken = match self.scope.used_at {
                None if drives => format!(", or take it from another file: `use \"FILE\": {text}`"),
                _ => String::new(),
            };
            found = found.help(if let Some(other) = others.first() {
                let what = facts.what(names[*other].meaning);
                format!(
                    "`{other}` is near, but it is {what}, and {} is needed here",
                    want.words()
                )
            } else if (1..=6).contains(&all.len()) {
                let may = format!("what may stand here: {}", suggest::list(&all, "or"));
                match drives {
                    true => format!("{may}; or {declare}{taken}"),
                    false => may,
                }
            } else {
                format!("{declare}{taken}")
            });
        }
        self.report(found);
    }

    pub(super) fn wrong_kind(&mut self, text: &str, span: Span, want: Want, entry: Entry) {
        let is = self.facts.what(entry.meaning);
        let always = matches!(entry.meaning, Meaning::Driver(id)
            if self.facts.driver(id).kind == DriverKind::Factor && !self.facts.driver(id).has_rows);
        let message = match (want, always) {
            (Want::Proposition | Want::Queried | Want::Settable, true) => {
                format!("`{text}` always holds, so nothing can depend on whether it does")
            }
            _ => format!("`{text}` is {is}, and {} is needed here", want.words()),
        };
        let help = match (entry.meaning, want) {
            _ if always && want != Want::Outcome && want != Want::Horizon => {
                "a factor without `holds:` is a fact of the assessment; give it `holds: 70%` if it may not hold"
            }
            (Meaning::Outcome(_), Want::Event) => {
                "only an event can be used here; declare one for what would bring the outcome about"
            }
            (Meaning::Outcome(_), Want::Driver) => {
                "an outcome pushes nothing by itself: write a `change` with `when:` and the outcome's name"
            }
            (Meaning::Question(_), _) => {
                "a question is meant by its outcomes: write the name of one of them"
            }
            (Meaning::Condition(_), Want::Settable) => {
                "a condition is a proposition: set the events that it names"
            }
            (Meaning::Condition(_), _) => {
                "a condition can be used wherever a proposition can: after `given`, `when:` or in a query"
            }
            (Meaning::Driver(_), Want::Outcome) => {
                "a weight or a prior is about outcomes, which are declared with `outcome`"
            }
            (Meaning::Driver(_), Want::Pushed) => {
                "a weight pushes an outcome, or an event with a chance"
            }
            (Meaning::Driver(_), Want::Settable) => {
                "a change is a condition: set the events that its `when:` names"
            }
            (Meaning::Scenario(_), Want::Proposition | Want::Queried) => {
                "ask what happens in a scenario with `under`: `… by long under NAME`"
            }
            (Meaning::Pool(_), Want::View | Want::Under) => {
                "a pool is of views and of the file itself, `own`; it answers no query of its own"
            }
            (Meaning::View(_), Want::Proposition | Want::Queried) => {
                "ask what a view says with `under`: `… by long under NAME`"
            }
            (Meaning::Scenario(_), Want::View) => {
                "a scenario says what is assumed, a `view` what someone holds"
            }
            (Meaning::Driver(_), Want::Under) => {
                "ask what follows if it holds with `given` instead of `under`"
            }
            (Meaning::Quantity(_), Want::Proposition | Want::Queried) => {
                "a quantity is compared with a number: `NAME below 2.0`, `NAME at least 3`, or asked for its `median of NAME`"
            }
            (Meaning::Quantity(_), Want::Outcome | Want::Pushed) => {
                "a quantity takes no weight: write `move NAME: -0.5` in its unit"
            }
            (Meaning::Quantity(_), Want::Settable) => {
                "a quantity is drawn anew in each horizon: set what moves it"
            }
            (_, Want::Quantity) => {
                "`move` is about a quantity; an outcome or event is pushed by `weight for NAME: strong`"
            }
            (_, Want::Compared) => {
                "only a number is compared with another; ask for the chance of this: `expect NAME in long: at most 20%`"
            }
            (Meaning::Outcome(_), Want::Coming) => {
                "only what is `final` comes at some time and then stays"
            }
            (Meaning::Horizon(_), _) => "a horizon comes after `by` or `in`",
            (_, Want::Horizon) => "write the name of a horizon, which is declared with `horizon`",
            (_, Want::Settled) => {
                "what is settled is an outcome, an event, or the number that a quantity came to"
            }
            (Meaning::Driver(_), Want::Event) => "only an event happens once and for all",
            _ => "use a name of that kind, or declare one",
        };
        self.report(
            Diagnostic::new(&rules::WRONG_KIND, span, message)
                .label(format!("{is} cannot stand here"))
                .other(entry.span, format!("`{text}` is declared here"))
                .help(help),
        );
    }

    pub(super) fn not_taken(&mut self, text: &str, span: Span, kind: DriverKind, declared: Span) {
        let mut found = Diagnostic::new(
            &rules::UNKNOWN_NAME,
            span,
            format!("`{text}` is not taken over from this file"),
        )
        .label("what is used rests on it");
        if declared != span {
            found = found.other(declared, format!("{} of this file", a_driver(kind)));
        }
        if let Some(used_at) = self.scope.used_at {
            found = found
                .other(used_at, format!("this `use` leaves `{text}` out"))
                .help(format!("add `{text}` to the names of that `use`"))
                .fix(Fix::risky(
                    format!("use `{text}` too"),
                    used_at.at_end(),
                    format!(", {text}"),
                ));
        }
        self.report(found);
    }
}
