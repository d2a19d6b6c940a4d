//! What `select`, `ignore` and levels name: a rule or a group of rules.
//!
//! In: a name. Out: a [`Selector`], or the names that may have been meant.

use crate::diag::rules::{Group, Rule};
use crate::diag::suggest;
use crate::lint::rules;

/// A rule, or all rules of a group.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Selector {
    /// One rule.
    Rule(&'static Rule),
    /// Every rule of a group.
    Group(Group),
}

/// No rule and no group has that name.
#[derive(Debug, Clone, PartialEq)]
pub struct Unknown {
    /// What was written.
    pub(crate) written: String,
    /// The names that may have been meant, the nearest first.
    pub(crate) near: Vec<&'static str>,
}

impl Unknown {
    /// What is wrong.
    pub fn message(&self) -> String {
        format!("there is no rule or group `{}`", self.written)
    }

    /// What to write instead.
    pub fn help(&self) -> String {
        suggest::did_you_mean(&self.near).unwrap_or_else(|| {
            let groups: Vec<&str> = Group::ALL.iter().map(|g| g.as_str()).collect();
            format!(
                "`assess rule` lists the rules; the groups are {}",
                suggest::list(&groups, "and")
            )
        })
    }
}

impl Selector {
    /// The rule or group of that name.
    ///
    /// # Errors
    ///
    /// Where there is none.
    pub fn find(name: &str) -> Result<Selector, Unknown> {
        let group = Group::ALL.iter().find(|g| g.as_str() == name);
        match (rules::find(name), group) {
            (Some(rule), _) => Ok(Selector::Rule(rule)),
            (None, Some(&group)) => Ok(Selector::Group(group)),
            (None, None) => Err(Unknown {
                written: name.to_owned(),
                near: suggest::nearest(name, Selector::names()),
            }),
        }
    }

    /// Every name that [`Selector::find`] knows.
    pub fn names() -> impl Iterator<Item = &'static str> {
        let groups = Group::ALL.iter().map(|g| g.as_str());
        groups.chain(rules::ALL.iter().map(|r| r.name))
    }

    /// Its name.
    pub fn name(self) -> &'static str {
        match self {
            Selector::Rule(rule) => rule.name,
            Selector::Group(group) => group.as_str(),
        }
    }

    /// How closely it names a rule: 2 by its own name, 1 by its group, not at all.
    pub fn closeness(self, rule: &Rule) -> Option<u8> {
        match self {
            Selector::Rule(named) => (named == rule).then_some(2),
            Selector::Group(group) => (group == rule.group).then_some(1),
        }
    }
}

/// How closely the closest of some selectors names a rule.
pub(super) fn closest(selectors: &[Selector], rule: &Rule) -> Option<u8> {
    selectors.iter().filter_map(|s| s.closeness(rule)).max()
}
