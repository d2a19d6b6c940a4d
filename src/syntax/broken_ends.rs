//! Extents of horizons and expectations that could not be read.
//!
//! In: the range of one. Out: repairs.

use super::broken_values::Want;
use super::dates;
use super::lower::Lower;
use super::patch::Patch;
use super::recover::Repair;
use std::ops::Range;

impl Lower<'_> {
    pub(super) fn horizon_repairs(&self, range: Range<usize>) -> Vec<Repair> {
        let text = &self.text[range.clone()];
        if text.starts_with('"') {
            return Vec::new();
        }
        let mut repairs = self.value_repairs(range.clone(), Want::Length);
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
        for until in ["until ", "to ", "till ", "by "] {
            if let Some(date) = text
                .strip_prefix(until)
                .and_then(|t| dates::meant(t.trim()))
            {
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
        repairs
    }

    pub(super) fn expect_repairs(&self, range: Range<usize>) -> Vec<Repair> {
        const BOUNDS: [(&str, &str); 18] = [
            ("<=", "at most"),
            (">=", "at least"),
            ("<", "at most"),
            (">", "at least"),
            ("≤", "at most"),
            ("≥", "at least"),
            ("no more than ", "at most"),
            ("not more than ", "at most"),
            ("no less than ", "at least"),
            ("not less than ", "at least"),
            ("less than ", "at most"),
            ("more than ", "at least"),
            ("under ", "at most"),
            ("over ", "at least"),
            ("below ", "at most"),
            ("above ", "at least"),
            ("up to ", "at most"),
            ("max ", "at most"),
        ];
        let text = &self.text[range.clone()];
        let mut repairs = Vec::new();
        for (sign, bound) in BOUNDS {
            let Some(rest) = text.strip_prefix(sign) else {
                continue;
            };
            let len = text.len() - rest.trim_start().len();
            if !rest.trim_start().starts_with(|c: char| c.is_ascii_digit()) {
                break;
            }
            let sign = sign.trim();
            repairs.push(
                Repair::new(
                    vec![Patch::new(
                        range.start..range.start + len,
                        format!("{bound} "),
                    )],
                    self.syntax(
                        range.start..range.start + sign.len(),
                        format!("`{sign}` is written `{bound}`"),
                    )
                    .label("a bound belongs here")
                    .help(format!("write `{bound} {}`", rest.trim())),
                )
                .fix(format!("write `{bound}`")),
            );
            break;
        }
        repairs.extend(self.value_repairs(range, Want::Share));
        repairs
    }
}
