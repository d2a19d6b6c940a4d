//! Which rules run, and at which level: the rules' own levels, `assess.toml` and the command line
//! in one table.
//!
//! In: a [`Config`] and a [`Selection`]. Out: a [`Policy`] that answers for every rule. An error of
//! the passes is always an error: without it there would be no verdict to speak of.
//!
//! What names a rule more closely wins: its own name over its group. Where two are as close, the
//! command line wins over `assess.toml`, and in one place `ignore` over `select`.

use super::config::{Config, Level};
use super::rules::Lint;
use super::selector::{Selector, closest};
use super::settings::Settings;
use crate::diag::Severity;
use crate::diag::rules::{Group, Rule};
use crate::lint::rules;
use jiff::civil::Date;
use std::collections::BTreeMap;

/// What the command line says of rules.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Selection {
    /// `--select`: these only; all unless given.
    pub select: Vec<Selector>,
    /// `--ignore`: not these.
    pub ignore: Vec<Selector>,
    /// `--today`
    pub today: Option<Date>,
}

/// The level of every rule, and the thresholds.
#[derive(Debug, Clone, PartialEq)]
pub struct Policy {
    levels: BTreeMap<&'static str, Option<Severity>>,
    /// Whether each of [`rules::LINTS`] is on, in its order: asked of every rule for every file.
    on: Vec<bool>,
    /// The thresholds.
    pub settings: Settings,
}

impl Default for Policy {
    fn default() -> Self {
        Policy::new(&Config::default(), &Selection::default())
    }
}

impl Policy {
    /// What a configuration and a command line together say.
    pub fn new(config: &Config, selection: &Selection) -> Policy {
        let mut settings = config.settings.clone();
        settings.today = selection.today.or(settings.today);
        let level = |rule: &&'static Rule| (rule.name, level(rule, config, selection));
        let levels: BTreeMap<_, _> = rules::ALL.iter().map(level).collect();
        let on = rules::LINTS
            .iter()
            .map(|lint| levels[lint.rule.name].is_some());
        Policy {
            on: on.collect(),
            levels,
            settings,
        }
    }

    /// What looks for the rules that are not off, in their order.
    pub(crate) fn lints(&self) -> impl Iterator<Item = &'static Lint> {
        let on = rules::LINTS.iter().zip(&self.on);
        on.filter(|(_, on)| **on).map(|(lint, _)| lint)
    }

    /// The level of a rule; none where it is off.
    pub fn level(&self, rule: &Rule) -> Option<Severity> {
        self.levels.get(rule.name).copied().flatten()
    }

    /// All that decides what is reported, as text: two policies are equal where it is.
    pub fn fingerprint(&self) -> String {
        format!("{self:?}")
    }
}

fn level(rule: &'static Rule, config: &Config, selection: &Selection) -> Option<Severity> {
    if rule.group == Group::Error {
        return Some(rule.severity);
    }
    let stated = config.level(rule);
    let severity = match stated {
        Some((_, Level::At(severity))) => severity,
        Some((_, Level::Off)) | None => rule.severity,
    };
    let chosen = match selection.select.as_slice() {
        [] => 0,
        select => closest(select, rule)?,
    };
    if closest(&selection.ignore, rule).is_some_and(|ignored| ignored >= chosen) {
        return None;
    }
    let off = stated.filter(|(_, level)| *level == Level::Off);
    let off = [off.map(|(closeness, _)| closeness), config.ignored(rule)];
    match off.into_iter().flatten().max() {
        Some(off) if off > chosen => None,
        None if chosen == 0 && !config.selects(rule) => None,
        _ => Some(severity),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The level of `stale` under a configuration and a command line.
    fn stale(toml: &str, select: &[&str], ignore: &[&str]) -> Option<Severity> {
        let (config, mistakes) = Config::read("assess.toml", toml);
        assert!(mistakes.diagnostics.is_empty(), "{mistakes:?}");
        let all = |names: &[&str]| {
            let found = names.iter().map(|n| Selector::find(n).expect(n));
            found.collect::<Vec<_>>()
        };
        let selection = Selection {
            select: all(select),
            ignore: all(ignore),
            today: None,
        };
        let rule = rules::find("unused-allow").expect("a rule");
        Policy::new(&config, &selection).level(rule)
    }

    #[test]
    fn the_closest_word_wins() {
        use Severity::{Error, Note, Warning};
        for (toml, select, ignore, level) in [
            ("", &[][..], &[][..], Some(Warning)),
            ("[lint]\nunused-allow = \"off\"", &[], &[], None),
            ("[lint]\nupkeep = \"off\"", &[], &[], None),
            (
                "[lint]\nupkeep = \"off\"\nunused-allow = \"error\"",
                &[],
                &[],
                Some(Error),
            ),
            (
                "[lint]\nupkeep = \"error\"\nunused-allow = \"note\"",
                &[],
                &[],
                Some(Note),
            ),
            ("[lint]\nselect = [\"words\"]", &[], &[], None),
            ("[lint]\nselect = [\"upkeep\"]", &[], &[], Some(Warning)),
            (
                "[lint]\nselect = [\"upkeep\"]\nignore = [\"unused-allow\"]",
                &[],
                &[],
                None,
            ),
            (
                "[lint]\nselect = [\"unused-allow\"]\nignore = [\"upkeep\"]",
                &[],
                &[],
                Some(Warning),
            ),
            ("", &["words"], &[], None),
            ("", &["upkeep"], &[], Some(Warning)),
            ("", &["upkeep"], &["unused-allow"], None),
            ("", &["unused-allow"], &["upkeep"], Some(Warning)),
            ("", &["unused-allow"], &["unused-allow"], None),
            ("", &[], &["upkeep"], None),
            // The command line wins where it is as close.
            (
                "[lint]\nunused-allow = \"off\"",
                &["unused-allow"],
                &[],
                Some(Warning),
            ),
            ("[lint]\nunused-allow = \"off\"", &["upkeep"], &[], None),
            ("[lint]\nupkeep = \"off\"", &["upkeep"], &[], Some(Warning)),
            (
                "[lint]\nignore = [\"upkeep\"]",
                &["unused-allow"],
                &[],
                Some(Warning),
            ),
            (
                "[lint]\nselect = [\"words\"]",
                &["upkeep"],
                &[],
                Some(Warning),
            ),
            (
                "[lint]\nunused-allow = \"note\"",
                &["upkeep"],
                &[],
                Some(Note),
            ),
        ] {
            assert_eq!(
                stale(toml, select, ignore),
                level,
                "{toml} {select:?} {ignore:?}"
            );
        }
    }

    #[test]
    fn an_error_stays_an_error() {
        let words = Selector::find("words").expect("a group");
        let selection = Selection {
            select: vec![words],
            ignore: vec![Selector::Group(Group::Error)],
            today: None,
        };
        let policy = Policy::new(&Config::default(), &selection);
        assert_eq!(policy.level(&rules::SYNTAX), Some(Severity::Error));
    }
}
