//! Extents of horizons that could not be read.
//!
//! In: the range of one. Out: repairs.

use super::broken_values::Want;
use super::dates;
use super::lower::Lower;
use super::mistakes;
use super::patch::Patch;
use super::recover::Repair;
use std::ops::Range;

impl Lower<'_> {
    pub(super) fn horizon_repairs(&self, range: Range<usize>) -> Vec<Repair> {
        let text = &self.text[range.clone()];
        if text.starts_with('"') {
            return Vec::new();
        }
        let mut repairs: Vec<Repair> = mistakes::extent(self, range.clone()).into_iter().collect();
        let mut said = |new: String, message: &str| {
            repairs.push(
                Repair::new(
                    vec![Patch::new(range.clone(), new.as_str())],
                    self.syntax(range.clone(), message)
                        .label("this horizon's extent")
                        .help(format!("write `{new}`")),
                )
                .fix(format!("write `{new}`")),
            );
        };
        for open in [" or more", " and more", " onwards", " and beyond", "+"] {
            if let Some(length) = text.strip_suffix(open) {
                let length = length.trim().replacen(' ', "+ ", 1);
                said(
                    length,
                    "an open horizon is written with `+` behind its number",
                );
            }
        }
        for above in [
            ">=",
            ">",
            "≥",
            "more than ",
            "over ",
            "after ",
            "beyond ",
            "from ",
        ] {
            let Some(length) = text.strip_prefix(above).map(str::trim) else {
                continue;
            };
            let ends = length.contains(" to ") || length.contains(['-', '–', '+']);
            if length.starts_with(|c: char| c.is_ascii_digit()) && !ends {
                said(
                    length.replacen(' ', "+ ", 1),
                    "an open horizon is written with `+` behind its number",
                );
            }
        }
        for until in ["until ", "to ", "till ", "by "] {
            let date = text.strip_prefix(until).map(|t| {
                let ends = ["the end of ", "end of ", "end "];
                let month = ends.iter().find_map(|end| t.strip_prefix(end));
                month.unwrap_or(t).trim()
            });
            if let Some(date) = date.and_then(dates::meant) {
                said(
                    format!("until {date}"),
                    "a horizon that ends on a day is written `until` and a date",
                );
            }
        }
        for start in ["until ", "to ", "next ", "the next ", "within ", "up to "] {
            if let Some(length) = text.strip_prefix(start) {
                said(
                    length.trim().to_owned(),
                    "a horizon from now on is written as its length alone",
                );
            }
        }
        repairs.extend(self.value_repairs(range, Want::Length));
        repairs
    }
}
