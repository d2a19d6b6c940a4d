//! The rule `nested`.

use crate::diag::Diagnostic;
use crate::lint::{Context, say, written};
use crate::resolve::assessment::{DriverId, What};
use indexmap::IndexMap;

rule! {
    /// Events are thresholds of one magnitude, and nothing says that the higher includes the lower.
    ///
    /// An earthquake of magnitude 7 or more is one of 6 or more. Stated as two events, each is drawn by itself: one comes out in which the
    /// stronger happens without the weaker, and "given the weaker" tells nothing of the stronger. People rate a
    /// part above the whole that holds it (Tversky and Kahneman 1983); a chain cannot. The rule looks for titles that differ in the number
    /// behind "above", "at least" and the like, or before "or more" and "or less", and in nothing else.
    ///
    /// Instead: list them, the strongest first, `implies: m7, m6`. Each keeps its own chance.
    NESTED = "nested", Probability, Warning, fix: None,
    bad: [
        r#"event m7 "A shock of magnitude 7 or more" { resolves: "The catalogue", chance: 4% by long }
event m6 "A shock of magnitude 6 or more" { resolves: "The catalogue", chance: 22% by long }
bet "A large shock" { on: m7 by long, price: 3% }
bet "A shock" { on: m6 by long, price: 20% }
"#,
    ],
    good: [
        r#"event m7 "A shock of magnitude 7 or more" { resolves: "The catalogue", chance: 4% by long }
event m6 "A shock of magnitude 6 or more" { resolves: "The catalogue", chance: 22% by long }
implies: m7, m6
bet "A large shock" { on: m7 by long, price: 3% }
bet "A shock" { on: m6 by long, price: 20% }
"#,
    ],
    check: check,
}

/// What stands before a threshold that more goes beyond, and what less does.
const BEFORE: (&[&str], &[&str]) = (
    &["above", "over", "exceed", "exceeds", "exceeding", "least"],
    &["below", "under", "most"],
);

/// What stands behind it, after "or".
const BEHIND: (&[&str], &[&str]) = (
    &["more", "above", "higher", "larger", "stronger", "greater", "over", "longer"],
    &["less", "fewer", "below", "lower", "smaller", "weaker", "under", "shorter"],
);

/// How many words, a unit, may stand between a threshold and "or more".
const UNIT: usize = 2;

/// A title without its threshold, and the way in which it grows stronger.
type Shape = (Vec<String>, bool);

fn check(context: &Context) -> Vec<Diagnostic> {
    let assessment = context.assessment;
    let mut alike: IndexMap<Shape, Vec<(f64, DriverId)>> = IndexMap::new();
    for (id, driver) in assessment.drivers.iter() {
        let What::Event(rows) = &driver.what else {
            continue;
        };
        let Some((shape, threshold)) = shape(&driver.title) else {
            continue;
        };
        // What members of a chain must be, and what says itself how it hangs together with others.
        let is_plain = matches!(rows.as_slice(), [row] if row.given.is_none()) && driver.once.is_none();
        let chains = assessment.chains.iter().map(|g| &g.members);
        let grouped = chains.chain(assessment.exclusives.iter().map(|g| &g.members)).any(|g| g.contains(&id));
        let pushed = assessment.drivers.values().flat_map(|d| &d.event_weights).any(|w| w.event == id);
        let own = driver.span.file == assessment.file;
        if own && is_plain && !grouped && !pushed {
            alike.entry(shape).or_default().push((threshold, id));
        }
    }
    let found = alike.into_iter().filter_map(|((_, up), mut events)| {
        events.sort_by(|a, b| if up { b.0.total_cmp(&a.0) } else { a.0.total_cmp(&b.0) });
        events.dedup_by(|a, b| a.0 == b.0);
        let members: Vec<DriverId> = events.into_iter().map(|(_, id)| id).collect();
        report(context, &members)
    });
    found.collect()
}

fn report(context: &Context, members: &[DriverId]) -> Option<Diagnostic> {
    let assessment = context.assessment;
    let [strong, weak, ..] = members else {
        return None;
    };
    let name = |id: &DriverId| assessment.drivers.name(*id);
    let all: Vec<&str> = members.iter().map(name).collect();
    let mut finding = Diagnostic::new(
        &NESTED,
        written::place(context, *strong),
        format!(
            "{} are drawn apart, so that `{}` may come without `{}`",
            say::list(&say::names(assessment, members), "and"),
            name(strong),
            name(weak),
        ),
    )
    .label(format!("is also what `{}` says", name(weak)))
    .help(format!("say that each implies the next, `implies: {}`", all.join(", ")));
    for weaker in &members[1..] {
        finding = finding.other(written::place(context, *weaker), "of the same magnitude");
    }
    Some(finding)
}

/// A title's shape and its threshold; none where it has no threshold, or several.
fn shape(title: &str) -> Option<(Shape, f64)> {
    // Few titles have a number.
    if !title.bytes().any(|b| b.is_ascii_digit()) {
        return None;
    }
    let words = title.split_whitespace().map(|word| {
        let word = word.trim_matches(|c: char| !c.is_alphanumeric() && !"$€£%-−+".contains(c));
        word.to_lowercase()
    });
    let mut words: Vec<String> = words.filter(|word| !word.is_empty()).collect();
    let mut thresholds = (0..words.len()).filter_map(|at| Some((at, way(&words, at)?, number(&words[at])?)));
    let (at, up, (value, unit)) = thresholds.next()?;
    if thresholds.next().is_some() {
        return None;
    }
    words[at] = format!("#{unit}");
    Some(((words, up), value))
}

/// Whether more is stronger, of a word that stands where a threshold does.
fn way(words: &[String], at: usize) -> Option<bool> {
    let is = |place: usize, list: &[&str]| words.get(place).is_some_and(|word| list.contains(&word.as_str()));
    let before = |back: usize, list| at.checked_sub(back).is_some_and(|place| is(place, list));
    let or = (at + 1..=at + 1 + UNIT).find(|or| is(*or, &["or"]));
    let behind = |list| or.is_some_and(|or| is(or + 1, list));
    // "More than" and "fewer than", but not "rather than".
    let than = |list| before(1, &["than"]) && before(2, list);
    match () {
        () if than(BEHIND.1) || before(1, BEFORE.1) || behind(BEHIND.1) => Some(false),
        () if than(BEHIND.0) || before(1, BEFORE.0) || behind(BEHIND.0) => Some(true),
        () => None,
    }
}

/// A number and what clings to it: `6.7`, `$100,000`, `5%`, `8m`.
fn number(word: &str) -> Option<(f64, String)> {
    let digits = |c: char| c.is_ascii_digit() || c == '.' || c == ',';
    let start = word.find(|c: char| c.is_ascii_digit())?;
    let end = word[start..].find(|c| !digits(c)).map_or(word.len(), |at| start + at);
    let (before, unit) = (&word[..start], &word[end..]);
    // A name such as `b12` has no threshold.
    if before.chars().any(char::is_alphanumeric) {
        return None;
    }
    let value: f64 = word[start..end].trim_end_matches(['.', ',']).replace(',', "").parse().ok()?;
    let sign = if before.contains(['-', '−']) { -1.0 } else { 1.0 };
    Some((sign * value, format!("{before}{unit}")))
}

#[cfg(test)]
mod tests {
    use super::shape;

    #[test]
    fn thresholds_are_read_and_nothing_else() {
        let of = |title| shape(title).map(|((_, up), value)| (up, value));
        for (title, found) in [
            ("Magnitude 6.7 or more", Some((true, 6.7))),
            ("The river rises above 8 m", Some((true, 8.0))),
            ("Losses of at least $100,000", Some((true, 100_000.0))),
            ("More than 5% are out of work", Some((true, 5.0))),
            ("Fewer than 40 seats", Some((false, 40.0))),
            ("At most 3 members leave", Some((false, 3.0))),
            ("Rates below -1% in 2026", Some((false, -1.0))),
            ("40 mm of rain or less", None),
            ("40 mm or less", Some((false, 40.0))),
            ("Growth in 2026", None),
            ("Above all, no war", None),
            ("Between 3 and more than 5 leave", Some((true, 5.0))),
            ("More than 5 leave, or at least 3 stay", None),
        ] {
            assert_eq!(of(title), found, "{title}");
        }
    }
}
