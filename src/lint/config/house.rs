//! `[report]` of `assess.toml`: whose reports they are.
//!
//! In: its table. Out: organisation, logo and language, or what is wrong with them at its place.

use super::read::Reading;
use crate::diag::suggest;
use crate::text::lang::Lang;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// The keys of `[report]`.
pub(super) const KEYS: [&str; 3] = ["organisation", "logo", "lang"];

/// A longer name would fill a page's head.
const LONGEST: usize = 200;

impl Reading {
    pub(super) fn report(&mut self, table: &DeTable<'_>) {
        for (key, value) in table {
            match key.get_ref().as_ref() {
                "organisation" => {
                    let text = self.name(value, "organisation = \"Ministry of Ferries\"");
                    self.config.report.organisation = text;
                }
                "logo" => {
                    let text = self.name(value, "logo = \"images/logo.svg\"");
                    self.config.report.logo = text;
                }
                "lang" => self.lang(value),
                name => {
                    let help = suggest::did_you_mean(&suggest::nearest(name, KEYS));
                    self.mistake(
                        key.span(),
                        format!("`[report]` has no setting `{name}`"),
                        help.unwrap_or_else(|| format!("it has {}", suggest::list(&KEYS, "and"))),
                    );
                }
            }
        }
    }

    fn name(&mut self, value: &Spanned<DeValue<'_>>, example: &str) -> Option<String> {
        let help = format!("write it as in `{example}`");
        let DeValue::String(text) = value.get_ref() else {
            self.kind(value, value.get_ref(), "a text", &help);
            return None;
        };
        let text = text.trim();
        if text.is_empty() || text.len() > LONGEST {
            let message = format!("a text of 1 to {LONGEST} bytes belongs here");
            self.mistake(value.span(), message, help);
            return None;
        }
        Some(text.to_owned())
    }

    fn lang(&mut self, value: &Spanned<DeValue<'_>>) {
        let codes = Lang::ALL.map(Lang::code);
        let help = || format!("reports are written in {}", suggest::list(&codes, "and"));
        let DeValue::String(code) = value.get_ref() else {
            return self.kind(value, value.get_ref(), "a language", &help());
        };
        match Lang::find(code) {
            Some(lang) => self.config.report.lang = Some(lang),
            None => {
                let near = suggest::did_you_mean(&suggest::nearest(code, codes));
                self.mistake(
                    value.span(),
                    format!("there is no language `{code}`"),
                    near.unwrap_or_else(help),
                );
            }
        }
    }
}
