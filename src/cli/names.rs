//! Arguments that are one of many names: read as always, and told to the shells that complete them.
//!
//! In: how a name is read, and all names. Out: a parser for clap. Help does not list the names: there
//! are too many.

use crate::diag::rules::Group;
use crate::lint::Selector;
use crate::lint::rules;
use crate::render::Format;
use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};
use clap::{Arg, Command};
use std::ffi::OsStr;

/// A parser for the names of formats.
pub(super) fn formats<W, M>(formats: &'static [Format<W, M>]) -> PossibleValuesParser {
    PossibleValuesParser::new(formats.iter().map(|format| format.name))
}

/// A parser that knows the names it takes.
#[derive(Clone)]
pub(super) struct Known<T> {
    read: fn(&str) -> Result<T, String>,
    names: fn() -> Vec<&'static str>,
}

impl<T: Clone + Send + Sync + 'static> Known<T> {
    pub(super) fn new(
        read: fn(&str) -> Result<T, String>,
        names: fn() -> Vec<&'static str>,
    ) -> Self {
        Known { read, names }
    }
}

impl<T: Clone + Send + Sync + 'static> TypedValueParser for Known<T> {
    type Value = T;

    fn parse_ref(
        &self,
        command: &Command,
        argument: Option<&Arg>,
        value: &OsStr,
    ) -> Result<T, clap::Error> {
        self.read.parse_ref(command, argument, value)
    }

    fn possible_values(&self) -> Option<Box<dyn Iterator<Item = PossibleValue> + '_>> {
        Some(Box::new((self.names)().into_iter().map(PossibleValue::new)))
    }
}

/// The rules and groups that can be chosen.
pub(super) fn selectors() -> Vec<&'static str> {
    let groups = Group::ALL.iter().map(|g| g.as_str());
    rules::ALL.iter().map(|r| r.name).chain(groups).collect()
}

/// Those that can be left out: an error cannot.
pub(super) fn ignorable() -> Vec<&'static str> {
    let all = selectors().into_iter();
    let all = all.filter(|name| match Selector::find(name) {
        Ok(Selector::Rule(rule)) => rule.group != Group::Error,
        Ok(Selector::Group(group)) => group != Group::Error,
        Err(_) => false,
    });
    all.collect()
}
