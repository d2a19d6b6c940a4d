//! Reading `assess.toml`: every value checked, every mistake at its place.
//!
//! In: text. Out: a [`Config`] of what is right, and diagnostics of the rest. One mistake hides no
//! other, save that a text that is no TOML is not looked into.

use super::{Config, LEVELS, LIMIT, Level};
use crate::diag::Checked;
use crate::diag::rules::Group;
use crate::diag::{Diagnostic, suggest};
use crate::lint::rules;
use crate::lint::{Measure, Selector, Threshold};
use crate::text::source::{FileId, Source, SourceMap, Span};
use jiff::civil::Date;
use std::ops::Range;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// The keys of `[lint]` that name no rule.
const LINT_KEYS: &[&str] = &["today", "select", "ignore"];

/// The tables.
const TABLES: [&str; 3] = ["lint", "report", "score"];

type Key<'a> = Spanned<std::borrow::Cow<'a, str>>;
type Value<'a> = Spanned<DeValue<'a>>;

pub(super) struct Reading {
    file: FileId,
    pub(super) config: Config,
    mistakes: Vec<Diagnostic>,
}

/// What a text says, and all mistakes in it.
pub(super) fn read(name: &str, text: &str) -> (Config, Checked) {
    let mut sources = SourceMap::new();
    let file = sources.add(Source::new(name, text));
    let mut reading = Reading {
        file,
        config: Config::default(),
        mistakes: Vec::new(),
    };
    reading.document(text);
    reading.mistakes.sort_by_key(|d| d.primary.span);
    let checked = Checked {
        sources,
        diagnostics: reading.mistakes,
        ..Checked::default()
    };
    (reading.config, checked)
}

impl Reading {
    fn document(&mut self, text: &str) {
        if text.len() > LIMIT {
            let message = format!("a configuration of {} bytes is too large", text.len());
            self.mistake(0..0, message, format!("at most {LIMIT} bytes are read"));
            return;
        }
        // A byte-order mark is what some editors begin a file with.
        let start = text.len() - text.trim_start_matches('\u{feff}').len();
        let (table, errors) = DeTable::parse_recoverable(text);
        for error in &errors {
            let at = error.span().unwrap_or(start..start);
            let message = error
                .message()
                .lines()
                .next()
                .unwrap_or("not TOML")
                .to_owned();
            self.mistake(
                at,
                format!("this is not TOML: {message}"),
                "a line is `name = value`; words stand in quotes, lists in square brackets",
            );
        }
        if !errors.is_empty() {
            return;
        }
        for (key, value) in table.get_ref() {
            match key.get_ref().as_ref() {
                "lint" => match value.get_ref() {
                    DeValue::Table(lint) => self.lint(lint),
                    other => self.kind(
                        value,
                        other,
                        "a table",
                        "write `[lint]` on a line of its own",
                    ),
                },
                "report" => match value.get_ref() {
                    DeValue::Table(table) => self.report(table),
                    other => self.kind(
                        value,
                        other,
                        "a table",
                        "write `[report]` on a line of its own",
                    ),
                },
                "score" => match value.get_ref() {
                    DeValue::Table(table) => self.score(table),
                    other => self.kind(
                        value,
                        other,
                        "a table",
                        "write `[score]` on a line of its own",
                    ),
                },
                name => {
                    let rule = Selector::find(name).is_ok() || LINT_KEYS.contains(&name);
                    let help = if rule {
                        "write `[lint]` on the line before it".to_owned()
                    } else {
                        suggest::did_you_mean(&suggest::nearest(name, TABLES)).unwrap_or_else(
                            || "the tables are `[lint]`, `[report]` and `[score]`".to_owned(),
                        )
                    };
                    self.mistake(
                        key.span(),
                        format!("there is no setting `{name}` here"),
                        help,
                    );
                }
            }
        }
    }

    fn lint(&mut self, table: &DeTable<'_>) {
        for (key, value) in table {
            match key.get_ref().as_ref() {
                "today" => {
                    if let Some(date) = self.date(value) {
                        self.config.settings.today = Some(date);
                    }
                }
                "select" => self.config.select = Some(self.selectors(value, false)),
                "ignore" => self.config.ignore = self.selectors(value, true),
                name => self.rule(key, name, value),
            }
        }
    }

    /// `NAME = LEVEL` or `NAME = { level = LEVEL, OPTION = VALUE }`
    fn rule(&mut self, key: &Key<'_>, name: &str, value: &Value<'_>) {
        let Some(selector) = self.selector(key.span(), name, LINT_KEYS) else {
            return;
        };
        if is_error(selector) {
            self.mistake(
                key.span(),
                format!("the level of `{name}` cannot be changed"),
                "a file with errors has no verdict; remove this line and fix them",
            );
            return;
        }
        let DeValue::Table(table) = value.get_ref() else {
            self.level(selector, value);
            return;
        };
        for (key, value) in table {
            let option = key.get_ref().as_ref();
            if option == "level" {
                self.level(selector, value);
            } else if let Some(t) = Threshold::of(name).find(|t| t.option == option) {
                self.threshold(t, value);
            } else {
                let known: Vec<&str> = std::iter::once("level")
                    .chain(Threshold::of(name).map(|t| t.option))
                    .collect();
                let near = suggest::nearest(option, known.iter().copied());
                let help = suggest::did_you_mean(&near)
                    .unwrap_or_else(|| format!("it has {}", suggest::list(&known, "and")));
                self.mistake(
                    key.span(),
                    format!("`{name}` has no setting `{option}`"),
                    help,
                );
            }
        }
    }

    fn level(&mut self, selector: Selector, value: &Value<'_>) {
        let words = || LEVELS.iter().map(|(word, _)| *word);
        let help = || {
            format!(
                "a level is {}",
                suggest::list(&words().collect::<Vec<_>>(), "or")
            )
        };
        let DeValue::String(word) = value.get_ref() else {
            let name = selector.name();
            let help = format!("write a level, as in `{name} = \"off\"`; {}", help());
            self.kind(value, value.get_ref(), "a level", &help);
            return;
        };
        match LEVELS.iter().find(|(name, _)| name == word) {
            Some((_, level)) => self.set_level(selector, *level),
            None => {
                let near = suggest::nearest(word, words());
                self.mistake(
                    value.span(),
                    format!("there is no level `{word}`"),
                    suggest::did_you_mean(&near).unwrap_or_else(help),
                );
            }
        }
    }

    fn set_level(&mut self, selector: Selector, level: Level) {
        self.config.levels.push((selector, level));
    }

    fn threshold(&mut self, threshold: &Threshold, value: &Value<'_>) {
        let measure = threshold.measure;
        let example = format!("{} = {}", threshold.option, measure.example());
        let read = match value.get_ref() {
            DeValue::Boolean(on) if measure == Measure::Switch => measure.read(&on.to_string()),
            DeValue::String(written) if !measure.is_plain() => measure.read(written),
            DeValue::Integer(i) if i.radix() == 10 && measure != Measure::Switch => {
                plain(measure, i.as_str())
            }
            DeValue::Float(f) if measure != Measure::Switch => plain(measure, f.as_str()),
            other => {
                let wanted = if measure == Measure::Switch {
                    "`true` or `false`"
                } else if measure.is_plain() {
                    "a number"
                } else {
                    "a number with its unit"
                };
                self.kind(value, other, wanted, &format!("write it as in `{example}`"));
                return;
            }
        };
        match read {
            Ok(number) => threshold.set(&mut self.config.settings, number),
            Err(why) => {
                self.mistake(
                    value.span(),
                    format!(
                        "{} of {}: {why}",
                        quoted(threshold.option),
                        quoted(threshold.rule)
                    ),
                    format!(
                        "write it as in `{example}`; it is {}, unless set, and means: {}",
                        measure.write(threshold.default),
                        threshold.about.trim()
                    ),
                );
            }
        }
    }

    fn selectors(&mut self, value: &Value<'_>, ignore: bool) -> Vec<Selector> {
        let help = "write a list of rules or groups, as in `[\"weasel\", \"words\"]`";
        let DeValue::Array(list) = value.get_ref() else {
            self.kind(value, value.get_ref(), "a list", help);
            return Vec::new();
        };
        let mut found = Vec::new();
        for item in list {
            let DeValue::String(name) = item.get_ref() else {
                self.kind(item, item.get_ref(), "the name of a rule or group", help);
                continue;
            };
            let Some(selector) = self.selector(item.span(), name, &[]) else {
                continue;
            };
            if ignore && is_error(selector) {
                self.mistake(
                    item.span(),
                    format!("`{name}` cannot be ignored"),
                    "a file with errors has no verdict; remove it from the list and fix them",
                );
                continue;
            }
            found.push(selector);
        }
        found
    }

    /// The rule or group of that name; `others` are what else may stand here.
    fn selector(
        &mut self,
        at: Range<usize>,
        name: &str,
        others: &[&'static str],
    ) -> Option<Selector> {
        let unknown = match Selector::find(name) {
            Ok(selector) => return Some(selector),
            Err(unknown) => unknown,
        };
        let names = others.iter().copied().chain(Selector::names());
        let help = suggest::did_you_mean(&suggest::nearest(name, names));
        self.mistake(
            at,
            unknown.message(),
            help.unwrap_or_else(|| unknown.help()),
        );
        None
    }

    fn date(&mut self, value: &Value<'_>) -> Option<Date> {
        let help = "write a date, as in `today = 2026-01-31`";
        let written = match value.get_ref() {
            DeValue::Datetime(date) => date.to_string(),
            DeValue::String(date) => date.to_string(),
            other => {
                self.kind(value, other, "a date", help);
                return None;
            }
        };
        let date = written
            .parse::<Date>()
            .ok()
            .filter(|d| d.to_string() == written);
        if date.is_none() {
            self.mistake(value.span(), format!("`{written}` is not a date"), help);
        }
        date
    }

    pub(super) fn kind(
        &mut self,
        value: &Value<'_>,
        found: &DeValue<'_>,
        wanted: &str,
        help: &str,
    ) {
        let message = format!("{wanted} belongs here, not {}", kind(found));
        self.mistake(value.span(), message, help);
    }

    pub(super) fn mistake(&mut self, at: Range<usize>, message: String, help: impl Into<String>) {
        let span = Span::new(self.file, at.start, at.end);
        let mistake = Diagnostic::new(&rules::CONFIGURATION, span, message);
        self.mistakes.push(mistake.help(help));
    }
}

fn plain(measure: Measure, written: &str) -> Result<f64, String> {
    if measure.is_plain() {
        measure.read(written)
    } else {
        Err(format!("`{written}` has no unit"))
    }
}

fn is_error(selector: Selector) -> bool {
    match selector {
        Selector::Rule(rule) => rule.group == Group::Error,
        Selector::Group(group) => group == Group::Error,
    }
}

fn quoted(name: &str) -> String {
    format!("`{name}`")
}

fn kind(value: &DeValue<'_>) -> &'static str {
    match value {
        DeValue::String(_) => "a text",
        DeValue::Integer(_) | DeValue::Float(_) => "a number",
        DeValue::Boolean(_) => "true or false",
        DeValue::Datetime(_) => "a date",
        DeValue::Array(_) => "a list",
        DeValue::Table(_) => "a table",
    }
}
