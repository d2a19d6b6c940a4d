//! Values and members of lists that could not be read.
//!
//! In: `broken_value` nodes and what was wanted there. Out: the mistake, and the values as meant where
//! one repair makes them readable.

use super::ast::{Spanned, Timed};
use super::grammar::Kind;
use super::lower::{Lower, Lowered};
use super::mistakes;
use super::patch::Patch;
use super::recover::{Repair, first_token, short};
use super::tree::{NodeRef, Tree};
use crate::diag::Fix;
use std::ops::Range;

/// What belongs in a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Want {
    Chance,
    Strength,
    Share,
    Length,
}

impl Want {
    /// With its article.
    pub(super) fn noun(self) -> &'static str {
        match self {
            Want::Chance => "a chance",
            Want::Strength => "a strength",
            Want::Share => "a percentage",
            Want::Length => "a horizon's extent",
        }
    }

    /// How it is written.
    pub(super) fn example(self) -> &'static str {
        match self {
            Want::Chance => {
                "`35%`, `likely` or `20% to 40%`, followed by `by` or `in` and a horizon"
            }
            Want::Strength => {
                "`strong`, `10:1`, `5 dB` or `2:1 to 6:1`, followed by `in` and a horizon"
            }
            Want::Share => "`50%`",
            Want::Length => "`0 to 6 months`, `18+ months`, `90 days` or `until 2025-03-19`",
        }
    }
}

impl Lower<'_> {
    /// A value that could not be read: reported, and read as it was meant where that is clear.
    pub(super) fn mended_values<T>(
        &mut self,
        node: NodeRef<'_>,
        want: Want,
        read: impl Fn(&mut Lower<'_>, NodeRef<'_>) -> Lowered<Spanned<T>> + Copy,
    ) -> Option<Vec<Timed<T>>> {
        let range = self.trimmed(node);
        if let Some(explained) = mistakes::explained(self, range.clone(), want) {
            self.note(explained);
            return None;
        }
        let repairs = self.value_repairs(range.clone(), want);
        let mended = self.first_repair(
            range.clone(),
            Kind::only_values,
            repairs,
            |inner, values| {
                let whole = values.children().all(|n| n.kind() != Kind::broken_value);
                whole.then(|| inner.by_time(values, want, read).map(|list| list.entries))
            },
        );
        match mended {
            Some(entries) => self.settle(entries),
            None => {
                let unreadable =
                    self.unreadable::<()>(range, Kind::only_value, want.noun(), want.example());
                self.settle(unreadable);
                None
            }
        }
    }

    /// A node's range without blanks at its end.
    pub(super) fn trimmed(&self, node: NodeRef<'_>) -> Range<usize> {
        let range = node.range();
        range.start..range.start + self.text[range].trim_end().len()
    }

    /// What a value that cannot be read may have meant.
    pub(super) fn value_repairs(&self, range: Range<usize>, want: Want) -> Vec<Repair> {
        let text = &self.text[range.clone()];
        let at = |from: usize, to: usize| range.start + from..range.start + to;
        let mut repairs = Vec::new();
        repairs.extend(self.dash_repair(&range, "from which value to which?", false));
        let first = text.split_ascii_whitespace().next().unwrap_or_default();
        if first == "between" || first == "from" {
            let mut patches = vec![Patch::new(at(0, first.len() + 1), "")];
            let meant = text[first.len()..].trim().replace(" and ", " to ");
            if let Some(and) = text.find(" and ") {
                patches.push(Patch::new(at(and, and + 5), " to "));
            }
            repairs.push(
                Repair::new(
                    patches,
                    self.syntax(
                        at(0, first.len()),
                        format!("a range is written without `{first}`"),
                    )
                    .label("the lower end belongs here")
                    .help(format!("write `{}`", short(&meant))),
                )
                .fix("write the range with `to`"),
            );
        }
        if let Some(equals) = text.find('=').filter(|i| (1..12).contains(i))
            && text[..equals]
                .chars()
                .all(|c| c.is_alphabetic() || "() ".contains(c))
        {
            let value = text[equals + 1..].trim_start();
            repairs.push(
                Repair::new(
                    vec![Patch::new(at(0, text.len() - value.len()), "")],
                    self.syntax(
                        at(0, equals + 1),
                        format!("`{}` cannot stand before a value", &text[..=equals]),
                    )
                    .label("the value alone belongs here")
                    .help(format!("write `{}`", short(value))),
                )
                .fix(format!("leave `{}` out", &text[..=equals])),
            );
        }
        for sign in [
            "about",
            "around",
            "roughly",
            "approximately",
            "approx.",
            "circa",
            "ca.",
            "c.",
            "~",
            "≈",
        ] {
            if let Some(rest) = text.strip_prefix(sign) {
                let skip = text.len() - rest.trim_start().len();
                repairs.push(Repair::new(
                    vec![Patch::new(at(0, skip), "")],
                    self.syntax(
                        at(0, sign.len()),
                        format!("`{sign}` cannot stand before a value"),
                    )
                    .label("how far off may it be?")
                    .help("a range says how sure a number is: `10% to 20%` is a 90% interval"),
                ));
            }
        }
        for sign in ["<=", ">=", "<", ">", "≤", "≥"] {
            if let Some(rest) = text.strip_prefix(sign) {
                let skip = text.len() - rest.trim_start().len();
                repairs.push(Repair::new(
                    vec![Patch::new(at(0, skip), "")],
                    self.syntax(
                        at(0, sign.len()),
                        format!("`{sign}` cannot stand before a value"),
                    )
                    .label("a bound says only one end")
                    .help("write both ends, such as `5% to 20%`"),
                ));
                break;
            }
        }
        if let Some(n) = text.find("per cent") {
            let start = text[..n].trim_end().len();
            repairs.push(
                Repair::new(
                    vec![Patch::new(at(start, n + "per cent".len()), "%")],
                    self.syntax(at(n, n + "per cent".len()), "`per cent` is written `%`")
                        .label("`%` belongs here"),
                )
                .fix("write `%`"),
            );
        }
        if text.starts_with('.') {
            repairs.push(
                Repair::new(
                    vec![Patch::new(at(0, 0), "0")],
                    self.syntax(at(0, 1), "a number begins with a digit")
                        .label("`0` is missing before the point"),
                )
                .fix("write the `0`"),
            );
        }
        if let Some(inner) = text.strip_prefix('"').and_then(|t| t.split('"').next()) {
            let end = inner.len() + 1;
            repairs.push(
                Repair::new(
                    vec![
                        Patch::new(at(0, 1), ""),
                        Patch::new(at(end, (end + 1).min(text.len())), ""),
                    ],
                    self.syntax(
                        at(0, (end + 1).min(text.len())),
                        "a value stands without quotes",
                    )
                    .label("not a text")
                    .help(format!("write `{inner}`")),
                )
                .fix("leave the quotes out"),
            );
        }
        if want == Want::Length {
            return repairs;
        }
        self.time_repairs(range, &mut repairs);
        repairs
    }

    /// `20% - 40%`: a dash with a number on both sides. `figures` are of quantities: they may be negative, and several
    /// ranges may stand there, as in `2.9 (1.8–3.9)`.
    pub(super) fn dash_repair(
        &self,
        range: &Range<usize>,
        label: &'static str,
        figures: bool,
    ) -> Option<Repair> {
        const TO: &str = " to ";
        let text = &self.text[range.clone()];
        let mut dashes = dashes(text, figures);
        if !figures {
            // Others may be those of a date.
            dashes.truncate(1);
        }
        let (first, others) = dashes.split_first()?;
        let mut rest = text[first.end..].to_owned();
        for dash in others.iter().rev() {
            rest.replace_range(dash.start - first.end..dash.end - first.end, TO);
        }
        let place = |dash: &Range<usize>| range.start + dash.start..range.start + dash.end;
        let sign = text[first.clone()].trim();
        let found = self
            .syntax(
                range.clone(),
                format!("a range is written with `to`, not `{sign}`"),
            )
            .label(label)
            .help(format!(
                "write `{} to {}`",
                text[..first.start].trim(),
                short(&rest)
            ));
        let patches = dashes.iter().map(|dash| Patch::new(place(dash), TO));
        Some(Repair::new(patches.collect(), found).fix("write `to`"))
    }

    /// A member of a list of names that is no name.
    pub(super) fn broken_name(&mut self, node: NodeRef<'_>) {
        let range = self.trimmed(node);
        let text = &self.text[range.clone()];
        let wanted = "a name is one word of letters, digits and `_`; several stand between commas";
        let diagnostic = if text.is_empty() {
            self.syntax(range, "a name is missing")
                .label("nothing stands here")
                .help(wanted)
        } else if text.starts_with('"') {
            let inner = text.trim_matches('"');
            let is_name =
                !inner.is_empty() && inner.chars().all(|c| c == '_' || c.is_alphanumeric());
            self.syntax(range, format!("`{}` is a text, not a name", short(text)))
                .label("a name belongs here")
                .help(match is_name {
                    true => format!("write `{inner}`, without quotes"),
                    false => {
                        "write the name that stands before the title where the thing is declared"
                            .to_owned()
                    }
                })
        } else if let Some(name) = text.strip_prefix("not ") {
            self.syntax(range, "`not` cannot stand in a list of names")
                .label("a name belongs here")
                .help(format!("write `{}`", name.trim()))
        } else if let Some(all) = super::broken_decided::joined(text) {
            let meant = all.join(", ");
            let place = self.place(range.clone());
            self.syntax(range, format!("`{}` is not a name", short(text)))
                .label("commas belong between the names")
                .help(format!("write `{meant}`"))
                .fix(Fix::safe(format!("write `{meant}`"), place, meant))
        } else {
            let two = text
                .split_once(' ')
                .filter(|(a, b)| !a.is_empty() && !b.contains([' ', '"']));
            self.syntax(range, format!("`{}` is not a name", short(text)))
                .label("a name belongs here")
                .help(match two {
                    Some((a, b)) => {
                        format!("write `{a}, {b}` if two things are meant; a name is one word")
                    }
                    None => wanted.to_owned(),
                })
        };
        self.note(diagnostic);
    }

    /// A member of `set:` that is neither `a` nor `not a`.
    pub(super) fn broken_setting(&mut self, node: NodeRef<'_>) {
        let range = self.trimmed(node);
        let text = &self.text[range.clone()];
        let what = if text.is_empty() {
            "a setting is missing".to_owned()
        } else {
            format!("`{}` is not a setting", short(text))
        };
        let negated = ["no ", "non ", "!", "without "]
            .iter()
            .find_map(|no| text.strip_prefix(no))
            .map(str::trim);
        let stated = text.split_once('=').map(|(name, to)| {
            let name = name.trim();
            match to.trim() {
                "false" | "no" | "0" => format!("not {name}"),
                _ => name.to_owned(),
            }
        });
        let diagnostic = self
            .syntax(range, what)
            .label("a name, or `not` and a name, belongs here")
            .help(match (negated, stated) {
                (Some(name), _) => format!("write `not {name}`"),
                (None, Some(meant)) => format!("write `{meant}`"),
                _ => "`set: eu_cuts, not ceasefire` sets the first true and the second false"
                    .to_owned(),
            });
        self.note(diagnostic);
    }

    /// A member of `likelihood:` that is not an outcome and its chance.
    pub(super) fn broken_pair(&mut self, node: NodeRef<'_>) {
        let range = self.trimmed(node);
        let text = &self.text[range.clone()];
        let what = if text.is_empty() {
            "an outcome and its chance are missing".to_owned()
        } else {
            format!("`{}` is not an outcome and its chance", short(text))
        };
        let diagnostic = self
            .syntax(range, what)
            .label("an outcome's name and a chance belong here")
            .help("write `likelihood: exit 10%, weakening 60%`: how likely the evidence is under each outcome");
        self.note(diagnostic);
    }
}

/// Dashes between two numbers, with the blanks around.
fn dashes(text: &str, figures: bool) -> Vec<Range<usize>> {
    let signs: &[char] = if figures { &['-', '+'] } else { &[] };
    let found = text.char_indices().filter_map(|(i, c)| {
        let is_dash = matches!(c, '-' | '–' | '—' | '−');
        let before = text[..i].trim_end();
        let after = text[i + c.len_utf8()..].trim_start();
        (is_dash
            && before.ends_with(|c: char| c == '%' || c.is_alphanumeric())
            && after
                .trim_start_matches(signs)
                .starts_with(|c: char| c.is_ascii_digit()))
        .then_some(before.len()..text.len() - after.len())
    });
    found.collect()
}

/// How far a text is a value.
pub(super) fn value_end(text: &str) -> Option<usize> {
    Some(Tree::read(Kind::value, text).ok()?.root()?.range().end)
}

/// How far a text is `by` or `in` and a time.
pub(super) fn time_end(text: &str) -> Option<usize> {
    let kind = match first_token(text) {
        "by" => Kind::at_by,
        "in" => Kind::at_in,
        _ => return None,
    };
    Some(Tree::read(kind, text).ok()?.root()?.range().end)
}
