//! Expectations that ask for a quantity as if it were a chance.
//!
//! In: the query and the demand of `expect growth in long: at most 3`. Out: that one of the quantity's numbers must be
//! named, where the demand is a bare number and the file declares a quantity of that name.

use super::braces::first_word;
use super::grammar::Kind;
use super::lower::Lower;
use super::tree::NodeRef;
use crate::diag::Diagnostic;
use crate::diag::rules;

impl Lower<'_> {
    /// What is said of a quantity's name where one of its numbers is demanded.
    pub(super) fn bare_quantity(
        &self,
        query: NodeRef<'_>,
        demand: NodeRef<'_>,
    ) -> Option<Diagnostic> {
        let said = self.text[self.trimmed(demand)].trim();
        let is_number = said.contains(|c: char| c.is_ascii_digit()) && !said.contains('%');
        if !is_number || matches!(demand.kind(), Kind::above | Kind::below | Kind::leads) {
            return None;
        }
        let mut parts = self.child(query, Kind::prop)?.children();
        let name = parts.next()?;
        if name.kind() != Kind::name || parts.next().is_some() {
            return None;
        }
        let (name, whole) = (self.read(name), self.read(query));
        if !self.declares_quantity(name) {
            return None;
        }
        let mut help = format!("write `expect median of {whole}: {said}` for the number itself");
        if matches!(
            demand.kind(),
            Kind::floor | Kind::ceiling | Kind::above_figure | Kind::below_figure
        ) {
            let place = whole.strip_prefix(name).unwrap_or_default();
            help.push_str(&format!(
                ", or `expect {name} {said}{place}: at least 80%` for how likely that is"
            ));
        }
        let found = Diagnostic::new(
            &rules::WRONG_KIND,
            self.span(query),
            format!("`{name}` is a quantity, and it is not said which of its numbers is meant"),
        );
        Some(
            found
                .label("its median, its mean, a percentile?")
                .help(help),
        )
    }

    fn declares_quantity(&self, name: &str) -> bool {
        self.text.lines().any(|line| {
            let rest = line.trim_start().strip_prefix("quantity");
            rest.is_some_and(|rest| {
                rest.starts_with([' ', '\t']) && first_word(rest.trim_start()).0 == name
            })
        })
    }
}
