//! Which outcome and horizon of one file is which of another.
//!
//! In: files. Out: for each the ids of what all have, or every difference in a sentence that says what to write.

use super::One;
use crate::diag::suggest;
use crate::resolve::assessment::{Assessment, HorizonId, OutcomeId};
use crate::resolve::table::Id;
use crate::text::shell::word;

/// What is which.
pub(super) struct Matched {
    /// By horizon of the first file that all have: its id in each file.
    pub(super) horizons: Vec<Vec<HorizonId>>,
    /// By file and outcome of the first file: its id in the file.
    pub(super) outcomes: Vec<Vec<OutcomeId>>,
    /// Horizons that not all have, where these are left out.
    pub(super) left_out: Vec<String>,
}

pub(super) fn matched(files: &[One], common: bool) -> Result<Matched, Vec<String>> {
    let mut wrong = Vec::new();
    let first = &files[0];
    if first.assessment.outcomes.is_empty() {
        return Err(vec![format!(
            "`{}` asks no question: a pool is of outcomes, which are declared with `outcome`",
            first.file
        )]);
    }
    let mut outcomes = vec![first.assessment.outcomes.ids().collect::<Vec<_>>()];
    for one in &files[1..] {
        outcomes.push(outcomes_of(first, one, &mut wrong));
    }
    let (horizons, apart) = horizons(files);
    let mut left_out = Vec::new();
    if common && !horizons.is_empty() {
        left_out = apart;
    } else {
        let any = !apart.is_empty();
        wrong.extend(apart);
        if any && !horizons.is_empty() {
            wrong.push(
                "give the horizons the same last days, `until 2025-06-30`, or pool those that all have with `--common`"
                    .to_owned(),
            );
        } else if any {
            wrong.push(
                "no horizon ends on the same day in all files: give them the same last days, `until 2025-06-30`"
                    .to_owned(),
            );
        }
    }
    match wrong.is_empty() {
        true => Ok(Matched {
            horizons,
            outcomes,
            left_out,
        }),
        false => Err(wrong),
    }
}

fn outcomes_of(first: &One, one: &One, wrong: &mut Vec<String>) -> Vec<OutcomeId> {
    let (a, b) = (&first.assessment, &one.assessment);
    let mut ids = Vec::new();
    for (id, outcome) in a.outcomes.iter() {
        let name = a.outcomes.name(id);
        let Some(other) = b.outcomes.id(name) else {
            let near = suggest::nearest(name, b.outcomes.names());
            let meant = match near.first() {
                Some(near) => format!(
                    " (it has `{near}`: is that the same? `assess mv {near} {name} {}`)",
                    word(&one.file)
                ),
                None => String::new(),
            };
            wrong.push(format!(
                "`{}` has no outcome `{name}`, which `{}` has{meant}",
                one.file, first.file
            ));
            continue;
        };
        let is_final = b.outcomes[other].is_final;
        if outcome.is_final != is_final {
            let (with, without) = match is_final {
                true => (&one.file, &first.file),
                false => (&first.file, &one.file),
            };
            wrong.push(format!(
                "`{name}` is final in `{with}` and not in `{without}`: one counts it by then, the other at the \
                 horizon's end; write `final outcome` in both or in neither"
            ));
        }
        let (asked, other_asked) = (question(a, id), question(b, other));
        if asked != other_asked {
            wrong.push(format!(
                "`{name}` answers {} in `{}`, and {} in `{}`: give the questions the same names",
                called(asked),
                first.file,
                called(other_asked),
                one.file
            ));
        }
        ids.push(other);
    }
    for name in b.outcomes.names().filter(|n| a.outcomes.id(n).is_none()) {
        wrong.push(format!(
            "`{}` has an outcome `{name}`, which `{}` has not: declare it there, too, or leave it out",
            one.file, first.file
        ));
    }
    ids
}

/// The name of an outcome's question; empty for that at the top level.
fn question(a: &Assessment, outcome: OutcomeId) -> &str {
    let question = &a.questions[a.outcomes[outcome].question];
    question.name.as_ref().map_or("", |n| &n.node)
}

fn called(question: &str) -> String {
    match question {
        "" => "the file's own question".to_owned(),
        name => format!("the question `{name}`"),
    }
}

/// By horizon of the first file the ids in all, where all have one that ends that day; what not all have.
fn horizons(files: &[One]) -> (Vec<Vec<HorizonId>>, Vec<String>) {
    let mut all = Vec::new();
    let mut apart = Vec::new();
    let first = &files[0];
    // Files that ask what is so have one horizon, which ends on no day.
    let timeless = files.iter().filter(|f| f.assessment.timeless).count();
    if timeless == files.len() {
        return (vec![vec![HorizonId::new(0); files.len()]], apart);
    }
    for one in files
        .iter()
        .filter(|f| timeless > 0 && f.assessment.timeless)
    {
        apart.push(format!("`{}` has no horizon, and others have", one.file));
    }
    for (id, horizon) in first.assessment.horizons.iter() {
        let mut ids = vec![id];
        for one in &files[1..] {
            let found = one
                .assessment
                .horizons
                .iter()
                .find(|(_, h)| h.to == horizon.to);
            match found {
                Some((id, _)) => ids.push(id),
                None => apart.push(format!(
                    "`{}` has no horizon that ends on {}, as `{}` of `{}` does; it has {}",
                    one.file,
                    horizon.to,
                    horizon.name.node,
                    first.file,
                    ends(&one.assessment)
                )),
            }
        }
        if ids.len() == files.len() {
            all.push(ids);
        }
    }
    for one in &files[1..] {
        for (_, horizon) in one.assessment.horizons.iter() {
            let mut own = first.assessment.horizons.values();
            if own.all(|h| h.to != horizon.to) {
                apart.push(format!(
                    "`{}` has no horizon that ends on {}, as `{}` of `{}` does",
                    first.file, horizon.to, horizon.name.node, one.file
                ));
            }
        }
    }
    (all, apart)
}

/// "`short` to 2025-06-30 and `long` to 2026-06-30"
fn ends(a: &Assessment) -> String {
    let each = a.horizons.iter();
    let each = each.map(|(id, h)| format!("`{}` to {}", a.horizons.name(id), h.to));
    let each: Vec<String> = each.collect();
    match each.split_last() {
        Some((last, rest)) if !rest.is_empty() => format!("{} and {last}", rest.join(", ")),
        _ => each.join(", "),
    }
}
