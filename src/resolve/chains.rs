//! Chains of events each of which implies the next: what their members may say.
//!
//! In: chains and the drivers as resolved. Out: what is wrong: members with rows, and curves that
//! cross.

use super::assessment::{Chain, Curve, Driver, DriverId, What};
use super::figures::percent;
use super::names::{Link, Reader};
use crate::diag::Diagnostic;
use crate::diag::rules;
use crate::text::source::Span;
use std::collections::BTreeMap;

/// Curves that cross by less than this do not cross.
const SLACK: f64 = 1e-9;

impl Reader<'_> {
    /// Adds a chain unless one of its events stands in another group already.
    pub(super) fn add_chain(
        &mut self,
        chains: &mut Vec<Chain>,
        taken: &mut BTreeMap<DriverId, Link>,
        chain: Chain,
    ) {
        let exclusive = chain
            .members
            .iter()
            .find_map(|m| Some((*m, self.facts.groups.get(m)?.1)));
        let other = chain
            .members
            .iter()
            .find_map(|m| Some((*m, taken.get(m)?.span)));
        if let Some((member, span)) = exclusive.or(other) {
            let name = &self.facts.driver(member).name;
            let (message, help) = match exclusive {
                Some(_) => (
                    format!("`{name}` excludes other events and cannot stand in a chain"),
                    "an event can be in one group only: take it out of `exclusive` or out of `implies`",
                ),
                None => (
                    format!("`{name}` is in two chains"),
                    "write one `implies` line, the strongest event first",
                ),
            };
            self.report(
                Diagnostic::new(&rules::DUPLICATE_NAME, chain.span, message)
                    .label("grouped again")
                    .other(span, "grouped first")
                    .help(help),
            );
            return;
        }
        for (place, member) in chain.members.iter().enumerate() {
            let link = Link {
                chain: chains.len(),
                place,
                span: chain.span,
            };
            taken.insert(*member, link);
        }
        chains.push(chain);
    }

    /// Reports members without one plain chance, and curves that cross.
    pub(super) fn check_chains(
        &mut self,
        chains: &[Chain],
        drivers: &[Driver],
        is_whole: impl Fn(usize) -> bool,
    ) {
        for chain in chains {
            let mut curves: Vec<(&Driver, &Curve, Span)> = Vec::new();
            let mut plain = true;
            for member in &chain.members {
                let driver = &drivers[member.0 as usize];
                match self.one_curve(driver, chain.span, is_whole(member.0 as usize)) {
                    Some((curve, span)) => curves.push((driver, curve, span)),
                    None => plain = false,
                }
            }
            if plain && self.facts.sound {
                self.crossing(&curves);
            }
        }
    }

    /// The only curve of a member; nothing where it has none or several.
    fn one_curve<'d>(
        &mut self,
        driver: &'d Driver,
        chain: Span,
        is_whole: bool,
    ) -> Option<(&'d Curve, Span)> {
        let What::Event(rows) = &driver.what else {
            return None;
        };
        // What its trigger says is reported there.
        if driver.once.is_some() || !is_whole {
            return None;
        }
        let name = &driver.name.node;
        let (span, message, label, help) = match rows.as_slice() {
            [row] if row.given.is_none() => {
                return Some((&row.clause.values, row.clause.span));
            }
            [] => (
                driver.name.span,
                format!("`{name}` is in a chain and has no chance"),
                "how likely is it?",
                format!(
                    "give `{name}` one `chance:`, between those of its neighbours in the chain"
                ),
            ),
            [row, ..] => (
                row.clause.span,
                format!("`{name}` is in a chain and has rows"),
                "a member of a chain has one chance for all cases",
                "write one `chance:`, or take the event out of `implies`".to_owned(),
            ),
        };
        self.report(
            Diagnostic::new(&rules::WRONG_KIND, span, message)
                .label(label)
                .other(chain, "the chain")
                .help(help),
        );
        None
    }

    fn crossing(&mut self, curves: &[(&Driver, &Curve, Span)]) {
        let mut times = vec![("now".to_owned(), 0.0)];
        times.extend(self.facts.horizons.iter().cloned());
        for pair in curves.windows(2) {
            let [(strong, upper, at), (weak, lower, other)] = pair else {
                continue;
            };
            let crossed = times
                .iter()
                .map(|(name, days)| (name, *days, upper.at(*days), lower.at(*days)))
                .filter(|(_, _, strong, weak)| strong > &(weak + SLACK));
            // Numbers that the author wrote are told before those between them.
            let is_stated = |days: f64| upper.states(days) && lower.states(days);
            let mut crossed: Vec<_> = crossed.collect();
            crossed.sort_by_key(|(_, days, ..)| !is_stated(*days));
            let Some(&(horizon, _, high, low)) = crossed.first() else {
                continue;
            };
            let (a, b) = (&strong.name.node, &weak.name.node);
            let when = match horizon.as_str() {
                "now" => "now".to_owned(),
                name => format!("by `{name}`"),
            };
            self.report(
                Diagnostic::new(
                    &rules::FALLING_CURVE,
                    *at,
                    format!(
                        "`{a}` implies `{b}`, and is likelier {when}: {} against {}",
                        percent(high),
                        percent(low)
                    ),
                )
                .label(format!("at most {} {when}", percent(low)))
                .other(*other, format!("`{b}`: {} {when}", percent(low)))
                .help(format!(
                    "whenever `{a}` comes, `{b}` has come: lower the one or raise the other, or swap them in `implies`"
                )),
            );
        }
    }
}
