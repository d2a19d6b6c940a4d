//! The text of a starter.
//!
//! In: a [`Starter`]. Out: an `.assess` file without errors and warnings, whose comments ask what an
//! analyst must answer and whose every number waits to be replaced.

use super::note::{as_text, as_title};
use super::waiting;
use super::{Planned, Starter};
use crate::format;
use crate::text::source::FileId;
use std::fmt::Write;

/// The share, in per cent, that the outcomes other than the first one start with, together.
const OTHERS: usize = 30;

/// Writes it.
pub fn write(starter: &Starter) -> String {
    let names = Names::beside(starter);
    let mut out = String::new();
    head(&mut out, starter);
    frame(&mut out, starter);
    prior(&mut out, starter);
    reasons(&mut out, starter, &names);
    changes(&mut out, starter, &names);
    checks(&mut out, starter, &names);
    passages(&mut out, starter);
    // Whatever is put in, `assess fmt` finds nothing to do.
    format::format(FileId(0), &out).unwrap_or(out)
}

/// The names of the starter's own reasons and events, none of which the outcomes have taken.
struct Names {
    reason: String,
    obstacle: String,
    premise: String,
    turn: String,
    surprise: String,
}

impl Names {
    fn beside(starter: &Starter) -> Self {
        let taken = || starter.outcomes.iter().chain(&starter.horizons);
        let fresh = |name: &str| {
            let mut fresh = name.to_owned();
            while taken().any(|t| t.name == fresh) {
                fresh.push('_');
            }
            fresh
        };
        Names {
            reason: fresh("reason"),
            obstacle: fresh("obstacle"),
            premise: fresh("premise"),
            turn: fresh("turn"),
            surprise: fresh("surprise"),
        }
    }
}

/// The outcome that is the rest of the prior: the first that is not final.
fn rest(starter: &Starter) -> &Planned {
    let open = starter.outcomes.iter().find(|o| !o.is_final);
    open.unwrap_or(&starter.outcomes[0])
}

/// The outcome that the starter's reasons speak of.
fn other(starter: &Starter) -> &Planned {
    let rest = rest(starter);
    let other = starter.outcomes.iter().find(|o| o.name != rest.name);
    other.unwrap_or(rest)
}

/// `by` or `in`, as the outcome takes it.
fn when(outcome: &Planned) -> &'static str {
    if outcome.is_final { "by" } else { "in" }
}

fn head(out: &mut String, starter: &Starter) {
    let author = starter.author.as_deref().map_or_else(
        || "# author: \"Your name\"".to_owned(),
        |author| format!("author: \"{}\"", as_title(author)),
    );
    let _ = write!(
        out,
        r#"# A start. Every number and every text below is there to be replaced: answer the questions
# from the top down, and delete each comment once its question is answered.

assessment "{}" {{
  # Is it one question, with an answer that the future will give?
  {author}
  # From which day do the horizons count? What was known later does not belong in here.
  as of: {}
  scale: icd203
  # What will have been seen when the question is settled, and who says so?
  resolves: "{}"
}}

"#,
        as_text(&starter.question),
        starter.as_of,
        waiting::SETTLES
    );
}

fn frame(out: &mut String, starter: &Starter) {
    out.push_str(
        "# When does somebody have to decide? A horizon that ends nobody's wait is one too many.\n",
    );
    let widest =
        |list: &[Planned], width: fn(&Planned) -> usize| list.iter().map(width).max().unwrap_or(0);
    let name = widest(&starter.horizons, |h| h.name.chars().count());
    let title = widest(&starter.horizons, |h| h.title.chars().count());
    for h in &starter.horizons {
        let period = h.period.as_deref().unwrap_or_default();
        let titled = format!("\"{}\":", h.title);
        let title = title + 3;
        let _ = writeln!(out, "horizon {:name$} {titled:title$} {period}", h.name);
    }
    out.push_str(
        "\n# Can one of these be true, and only one? Is there one for whatever may come?\n\
         # `final` is what cannot be undone: it is judged by a horizon's end, the others at it.\n",
    );
    for o in &starter.outcomes {
        let word = if o.is_final {
            "final outcome"
        } else {
            "outcome"
        };
        let _ = writeln!(out, "{word} {} \"{}\"", o.name, o.title);
    }
}

fn prior(out: &mut String, starter: &Starter) {
    let _ = write!(
        out,
        "\n# Before any reason of this case: how often did such cases end so? `2 times in 75 years` and\n\
         # `3 of 32` are base rates too.\n\
         prior \"{}\" {{\n",
        waiting::PRIOR
    );
    let rest = rest(starter);
    let share = (OTHERS / (starter.outcomes.len() - 1)).max(1);
    let horizons = starter.horizons.len();
    for o in &starter.outcomes {
        let value = if o.name == rest.name {
            "rest".to_owned()
        } else if o.is_final {
            // A final outcome's chance only ever rises.
            let each = starter.horizons.iter().enumerate().map(|(i, h)| {
                let chance = (share * (i + 1) / horizons).max(1);
                format!("{chance}% by {}", h.name)
            });
            each.collect::<Vec<_>>().join(", ")
        } else {
            format!("{share}%")
        };
        let _ = writeln!(out, "  {}: {value}", o.name);
    }
    let _ = write!(out, "  source: \"{}\"\n}}\n", waiting::CASES);
}

fn reasons(out: &mut String, starter: &Starter, names: &Names) {
    let (outcome, as_of) = (&other(starter).name, starter.as_of);
    let evidence = |text: &str| {
        let source = waiting::SOURCE;
        format!("  evidence \"{text}\" {{\n    source: \"{source}\"\n    dated: {as_of}\n  }}\n")
    };
    let _ = write!(
        out,
        r#"
# What speaks for it in this case? How much more often would this be seen if the outcome were to
# come than if not: a little (`slight`), twice (`weak`), three times (`moderate`), ten times (`strong`)?
factor {} "{}" {{
  weight for {outcome}: weak
  # What was seen, by whom, and when? `rated: B2` grades source and report (the Admiralty code).
{}}}
# What speaks against it? Who wants it not to come, and what can they do?
factor {} "{}" {{
  weight against {outcome}: weak
{}}}
# Do two reasons rest on the same report? Then `overlap 60%: {}, {}`, so as not to count it twice.

# What is taken for granted, by everybody who agrees with this? What if it is wrong?
assumption {} "{}" {{
  confidence: high
  weight for {outcome} if wrong: slight
}}
"#,
        names.reason,
        waiting::reason(outcome),
        evidence(waiting::SEEN_FOR),
        names.obstacle,
        waiting::obstacle(outcome),
        evidence(waiting::SEEN_AGAINST),
        names.reason,
        names.obstacle,
        names.premise,
        waiting::PREMISE
    );
}

fn changes(out: &mut String, starter: &Starter, names: &Names) {
    let outcome = &other(starter).name;
    let count = starter.horizons.len();
    let chances = starter.horizons.iter().enumerate().map(|(i, h)| {
        let chance = (20 * (i + 1) / count).max(1);
        format!("{chance}% by {}", h.name)
    });
    let _ = write!(
        out,
        r#"
# What would have to happen for you to change your mind? How likely is that, by when?
event {} "{}" {{
  chance: {}
  resolves: "{}"
}}
change {} "{}" {{
  when: {}
  weight for {outcome}: moderate
}}
# What would push the other way? An assessment that can change in one direction only is half done.
"#,
        names.turn,
        waiting::TURN,
        chances.collect::<Vec<_>>().join(", "),
        waiting::KNOWN,
        names.surprise,
        waiting::FOLLOWS,
        names.turn
    );
}

fn checks(out: &mut String, starter: &Starter, names: &Names) {
    let (rest, other) = (rest(starter), other(starter));
    let first = starter.horizons.first().map_or("", |h| &h.name);
    let last = starter.horizons.last().map_or("", |h| &h.name);
    let _ = write!(
        out,
        r#"
# Which conclusions must a later edit not overturn unseen?
expect {} {} {first}: leads
expect {other} {at} {last} given {}: above {other} {at} {last}

# What is the answer in two sentences? A number in braces is filled in; `{{{other} {at} {last}: unlikely}}` is
# checked too.
section "Summary": """
  {} comes to {{{other} {at} {last}}}.
"""
"#,
        rest.name,
        when(rest),
        names.surprise,
        other.title,
        other = other.name,
        at = when(other),
    );
}

fn passages(out: &mut String, starter: &Starter) {
    if starter.passages.is_empty() {
        return;
    }
    out.push_str(
        "\n# The note, paragraph by paragraph. Of each: which outcome, reason, evidence or event does it\n\
         # speak of? Write that above, put placeholders for its numbers, and delete what is no summary.\n",
    );
    for passage in &starter.passages {
        let _ = write!(out, "\nsection \"{}\": \"\"\"\n", passage.title);
        for line in &passage.lines {
            let _ = writeln!(out, "{}", format!("  {line}").trim_end());
        }
        out.push_str("\"\"\"\n");
    }
}
