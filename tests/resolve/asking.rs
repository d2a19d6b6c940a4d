//! Questions from outside a file, and what does not depend on where things stand in it.

use super::resolved;
use assess::diag::Diagnostics;
use assess::project::Project;
use assess::resolve::assessment::{Assessment, Target, What};
use assess::resolve::table::Id;
use assess::resolve::{Asker, resolve};
use assess::syntax::ast::Name;
use assess::syntax::{parse_prop, parse_query, parse_set};
use assess::text::source::{FileId, Source, SourceMap, Span};

const TEXT: &str = "assessment \"Will it?\" { as of: 2025-03-01 }
horizon short: 0 to 6 months
horizon long: 6 to 18 months
outcome stay
final outcome exit
event troops { chance: 10% by long }
event coup { chance: 10% by long }
exclusive: troops, coup
factor mood {
  holds: 50%
  weight for exit: weak
}
factor fact { weight for exit: weak }
change turn {
  when: troops and mood
  weight for exit: strong
}
scenario rupture { set: troops }
";

/// What a question gets: its answer's size, or the first finding.
fn ask<T>(
    text: &str,
    parse: impl Fn(FileId, &str) -> (Option<T>, Diagnostics),
    read: impl Fn(&Asker<'_>, &T) -> Result<String, Diagnostics>,
) -> String {
    let mut sources = SourceMap::new();
    sources.add(Source::new("a.assess", TEXT));
    let file = sources.add(Source::new("--given", text));
    let (parsed, problems) = parse(file, text);
    assert!(problems.is_empty(), "{text} does not parse");
    let assessment = resolved("a.assess", TEXT);
    match read(&Asker::new(&assessment, &sources), &parsed.expect("parsed")) {
        Ok(found) => found,
        Err(found) => {
            let first = found.iter().next().expect("a finding");
            assert_eq!(first.primary.span.file, file);
            format!("{}: {}", first.rule.name, first.message)
        }
    }
}

#[test]
fn propositions_are_read_as_in_the_file() {
    let prop = |text: &str| ask(text, parse_prop, |a, p| Ok(format!("{:?}", a.prop(p)?)));
    assert_eq!(prop("troops"), "Is(DriverId(0))");
    assert_eq!(prop("not turn"), "Not(Is(DriverId(4)))");
    assert_eq!(
        prop("troop"),
        "unknown-name: there is no event, factor, change or assumption `troop`"
    );
    assert_eq!(prop("exit"), "Outcome(OutcomeId(1))");
    assert!(prop("fact").starts_with("wrong-kind: `fact` always holds"));
}

#[test]
fn queries_are_read_as_in_the_file() {
    let query = |text: &str| {
        ask(text, parse_query, |a, q| {
            let q = a.query(q)?;
            let what = match q.target {
                Target::Outcome(id) => format!("outcome {}", id.index()),
                Target::Prop(prop) => format!("{prop:?}"),
                Target::Figure(statistic, _) => format!("{statistic}"),
            };
            Ok(format!(
                "{what} {} {} {}",
                q.horizon.index(),
                q.negated,
                q.within
            ))
        })
    };
    assert_eq!(query("exit by long"), "outcome 1 1 false false");
    assert_eq!(query("not exit by short"), "outcome 1 0 true false");
    assert_eq!(
        query("exit in short given turn under rupture"),
        "outcome 1 0 false true"
    );
    assert_eq!(query("troops in long"), "Is(DriverId(0)) 1 false true");
    assert_eq!(query("turn in long"), "Is(DriverId(4)) 1 false false");
    assert!(query("stay by long").starts_with("wrong-kind: `stay` is asked `in`"));
    assert!(query("turn by long").starts_with("wrong-kind: what may pass is asked `in`"));
    assert!(query("exit").starts_with("by-when: `exit` does not say at which horizon"));
}

#[test]
fn settings_are_read_together() {
    let one = |text: &str| {
        ask(text, parse_set, |a, s| {
            let (sets, _) = a.settings(std::slice::from_ref(s))?;
            Ok(format!("{:?} {}", sets[0].driver, sets[0].to))
        })
    };
    assert_eq!(one("not mood"), "DriverId(2) false");
    assert!(one("turn").starts_with("wrong-kind: `turn` is a change"));
    let both = ask("troops", parse_set, |a, s| {
        let mut other = s.clone();
        other.name.node = "coup".into();
        a.settings(&[s.clone(), other])
            .map(|s| format!("{}", s.0.len()))
    });
    assert_eq!(
        both,
        "sum-above-one: this makes both `troops` and `coup` true, which exclude each other"
    );
}

#[test]
fn names_of_horizons_outcomes_and_scenarios_are_found() {
    let assessment = resolved("a.assess", TEXT);
    let mut sources = SourceMap::new();
    sources.add(Source::new("a.assess", TEXT));
    let file = sources.add(Source::new("--horizon", "logn"));
    let name = |node: &str| Name {
        node: node.into(),
        span: Span::new(file, 0, node.len()),
    };
    let asker = Asker::new(&assessment, &sources);
    assert_eq!(
        asker.horizon(&name("long")).map(|h| h.index()).ok(),
        Some(1)
    );
    assert_eq!(
        asker.outcome(&name("exit")).map(|o| o.index()).ok(),
        Some(1)
    );
    assert_eq!(
        asker.under(&name("rupture")).ok(),
        Some(assess::resolve::Under::Scenario(
            assess::resolve::table::Id::new(0)
        ))
    );
    let wrong = asker.horizon(&name("logn")).expect_err("unknown");
    let help = wrong.iter().next().and_then(|d| d.help.clone());
    assert_eq!(help.as_deref(), Some("did you mean `long`?"));
}

/// What inference reads, without places and without the file's order.
fn content(a: &Assessment) -> Vec<String> {
    let mut keys: Vec<String> = Vec::new();
    for driver in a.drivers.values() {
        keys.extend(driver.weights.iter().map(|w| {
            format!(
                "{} {} {:?}",
                w.clause.key,
                a.outcomes.name(w.outcome),
                w.clause.values[0].as_ref().map(|n| n.point)
            )
        }));
        if let What::Event(rows) = &driver.what {
            keys.extend(
                rows.iter()
                    .map(|r| format!("{} {}", r.clause.key, r.clause.values.at(100.0))),
            );
        }
        if let What::Factor(rows) = &driver.what {
            keys.extend(
                rows.iter()
                    .map(|r| format!("{} {}", r.clause.key, r.clause.values[0].point)),
            );
        }
    }
    keys.sort();
    keys.extend(a.order.iter().map(|id| a.drivers.name(*id).to_string()));
    keys.extend(a.assumed.clone());
    keys
}

#[test]
fn the_order_of_items_changes_nothing() {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/suite/syntax/good/example.assess");
    let text = std::fs::read_to_string(path).expect("the example is there");
    let expected = content(&resolved("example.assess", &text));
    let mut items: Vec<String> = Vec::new();
    for line in text.lines() {
        let starts = line.chars().next().is_some_and(char::is_alphabetic);
        if starts || items.is_empty() {
            items.push(String::new());
        }
        if let Some(item) = items.last_mut() {
            item.push_str(line);
            item.push('\n');
        }
    }
    // Horizons alone stand in the order of time.
    let (horizons, mut others): (Vec<_>, Vec<_>) =
        items.into_iter().partition(|i| i.starts_with("horizon"));
    for turn in 0..others.len() {
        others.rotate_left(1);
        if turn % 3 == 0 {
            others.reverse();
        }
        let text = format!("{}{}", others.concat(), horizons.concat());
        assert_eq!(
            content(&resolved("example.assess", &text)),
            expected,
            "{text}"
        );
    }
}

#[test]
fn clauses_have_distinct_keys() {
    let a = resolved("a.assess", TEXT);
    let mut keys: Vec<&str> = a
        .drivers
        .values()
        .flat_map(|d| d.weights.iter().map(|w| w.clause.key.as_str()))
        .collect();
    assert_eq!(
        keys,
        [
            "mood weight for exit",
            "fact weight for exit",
            "turn weight for exit"
        ]
    );
    keys.dedup();
    assert_eq!(keys.len(), 3);
}

#[test]
fn no_assessment_in_spite_of_a_mistake_of_spelling() {
    let project = Project::from_text("a.assess", &format!("{TEXT}\nnonsense\n"));
    let found = resolve(&project);
    assert!(found.assessment.is_none() && found.diagnostics.is_empty());
}
