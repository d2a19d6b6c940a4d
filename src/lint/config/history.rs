//! `[score]` of `assess.toml`: where the record lies.
//!
//! In: its table. Out: `history`, or what is wrong with it at its place.

use super::read::Reading;
use crate::diag::suggest;
use std::path::{Component, Path};
use toml::de::{DeTable, DeValue};

/// How it is written.
const HELP: &str = "write it as in `history = \".\"` or `history = \"assessments\"`";

impl Reading {
    pub(super) fn score(&mut self, table: &DeTable<'_>) {
        for (key, value) in table {
            let name = key.get_ref().as_ref();
            if name != "history" {
                let help = suggest::did_you_mean(&suggest::nearest(name, ["history"]));
                self.mistake(
                    key.span(),
                    format!("`[score]` has no setting `{name}`"),
                    help.unwrap_or_else(|| "it has `history`".to_owned()),
                );
                continue;
            }
            let DeValue::String(text) = value.get_ref() else {
                self.kind(value, value.get_ref(), "a text", HELP);
                continue;
            };
            let is_below = |c: Component| matches!(c, Component::Normal(_) | Component::CurDir);
            if text.trim().is_empty() || !Path::new(text.as_ref()).components().all(is_below) {
                let message =
                    "a file or folder below that of `assess.toml` belongs here".to_owned();
                self.mistake(value.span(), message, HELP);
                continue;
            }
            self.config.history = Some(text.to_string());
        }
    }
}
