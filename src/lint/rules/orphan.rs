//! The rule `orphan`.

use crate::diag::{Diagnostic, Fix};
use crate::lint::{Context, lines, walk};
use crate::resolve::assessment::{
    Assessment, Driver, DriverId, DriverKind, Name, Piece, ResolvedWhat, Test, Use, Vocabulary, What,
};
use crate::resolve::table::Id;
use crate::scales::normal;
use crate::text::source::Span;
use std::collections::BTreeSet;

rule! {
    /// An event, a condition, a word of the file's own scale or strengths, or a name taken over by `use`, that nothing refers to.
    ///
    /// What nothing uses changes nothing, however much care went into its number; most often a clause that should name
    /// it was forgotten. A weight, a `when`, a `given`, a `set`, an `expect`, a bet, a placeholder or a `resolved` is a use. A word of a scale
    /// is used, too, where a probability of the verdict is worded by it. An event whose chance rests on evidence or
    /// a source is a claim of its own, which `eval` prints.
    ///
    /// Instead: name it where it matters, or delete it.
    ORPHAN = "orphan", Evidence, Warning, fix: Unsafe,
    bad: [
        r#"event drift "Members drift apart" {
  resolves: "A member closes its bases to another"
  chance: 4% by short, 9% by medium, 16% by long
}
"#,
        r#"condition both "Both at once": budget and votes
event budget "The budget is cut" {
  resolves: "The gazette prints it"
  chance: 6% by short, 11% by medium, 18% by long
  weight for weakening: weak
}
event votes "The votes are there" {
  resolves: "The whip's count"
  chance: 4% by short, 9% by medium, 16% by long
  weight for weakening: moderate
}
"#,
        r#"strengths {
  telling: 3:2
  faint: 5:4
}
factor speech "A speech against the alliance" {
  weight for weakening: telling
  evidence "The speech of 14 February" { source: "Transcript" }
}
"#,
    ],
    good: [
        r#"event drift "Members drift apart" {
  resolves: "A member closes its bases to another"
  chance: 4% by short, 9% by medium, 16% by long
  weight for weakening: moderate
}
"#,
        r#"event drift "Members drift apart" {
  resolves: "A member closes its bases to another"
  chance: 4% by short, 9% by medium, 16% by long
}
expect drift by long: at most 20%
"#,
        r#"event drift "Members drift apart" {
  resolves: "A member closes its bases to another"
  chance: 4% by short, 9% by medium, 16% by long
  source: "The institute's outlook of January"
}
"#,
    ],
    check: check,
}

fn check(context: &Context) -> Vec<Diagnostic> {
    let assessment = context.assessment;
    let named = named(assessment);
    let mut found = Vec::new();
    for (id, driver) in assessment.drivers.iter() {
        let own = driver.span.file == assessment.file;
        let used = named.contains(&id) || is_claim(driver) || driver.impact.is_some();
        if own && driver.kind() == DriverKind::Event && !used {
            let message = format!("nothing uses the event `{}`", driver.name.node);
            let finding = finding(driver.name.span, message)
                .help("name it in a `when` or a `given`, give it a weight, or delete it");
            // An `exclusive` that still named it would be a mistake.
            let chained = assessment.chains.iter().any(|g| g.members.contains(&id));
            let grouped = chained || assessment.exclusives.iter().any(|g| g.members.contains(&id));
            found.push(match grouped {
                true => finding,
                false => finding.fix(delete(context, driver.span)),
            });
        }
    }
    found.extend(conditions(context));
    let own = assessment.uses.iter().filter(|u| u.span.file == assessment.file);
    found.extend(own.flat_map(|item| used(context, item, &named)));
    let own = assessment.vocabularies.iter();
    let own = own.filter(|v| v.span.file == assessment.file);
    found.extend(own.flat_map(|vocabulary| words(context, vocabulary)));
    found
}

/// Conditions that nothing names, in the file and its views.
fn conditions(context: &Context) -> Vec<Diagnostic> {
    let assessment = context.assessment;
    let views = || assessment.views.values().map(|view| &*view.assessment);
    let named = |name: &str| {
        let mut all = std::iter::once(assessment).chain(views());
        all.any(|a| a.conditions.values().any(|c| c.name.node == name && c.is_named))
    };
    let idle = assessment.conditions.values().filter(|c| !named(&c.name.node));
    idle.map(|condition| {
        let message = format!("nothing uses the condition `{}`", condition.name.node);
        finding(condition.name.span, message)
            .help("name it in a `when`, a `given` or a query, or delete it")
            .fix(delete(context, condition.span))
    })
    .collect()
}

fn finding(span: Span, message: String) -> Diagnostic {
    Diagnostic::new(&ORPHAN, span, message).label("used nowhere")
}

fn delete(context: &Context, span: Span) -> Fix {
    Fix::risky("delete it", lines::whole(context.sources, span), "")
}

/// Whether it is an event whose chance is published for its own sake: it says what it rests on.
fn is_claim(driver: &Driver) -> bool {
    let rests = !driver.evidence.is_empty() || driver.prose.source.is_some();
    matches!(&driver.what, What::Event(rows) if !rows.is_empty()) && rests
}

/// The drivers that something uses, or that push by themselves.
fn named(assessment: &Assessment) -> BTreeSet<DriverId> {
    let mut named = BTreeSet::new();
    for (_, prop) in walk::propositions(assessment) {
        walk::names(prop, &mut |driver| {
            named.insert(driver);
        });
    }
    for (id, driver) in assessment.drivers.iter() {
        let moves = !driver.moves.is_empty();
        let pushes = driver.pushes() || !driver.event_weights.is_empty() || moves;
        named.extend(driver.event_weights.iter().map(|w| w.event));
        named.extend(driver.once.iter().map(|once| once.trigger));
        if pushes || matches!(driver.what, What::Change { .. }) {
            named.insert(id);
        }
        if let What::Change { counts, .. } = &driver.what {
            named.extend(counts.iter().map(|count| count.driver));
        }
    }
    named.extend(assessment.judgements.iter().flat_map(|j| &j.rests_on));
    // A view names the file's own by the same ids, and what only it has behind them.
    for view in assessment.views.values() {
        let own = self::named(&view.assessment).into_iter();
        named.extend(own.filter(|d| d.index() < assessment.drivers.len()));
    }
    // Without outcomes the events are what the file claims.
    if assessment.outcomes.is_empty() {
        named.extend(assessment.drivers.ids());
    }
    let sets = assessment.scenarios.values().flat_map(|s| &s.sets);
    named.extend(sets.map(|set| set.driver));
    named.extend(assessment.resolved.iter().filter_map(|r| match r.what {
        ResolvedWhat::Event { event, .. } => Some(event),
        ResolvedWhat::Void | ResolvedWhat::Outcome { .. } | ResolvedWhat::Number { .. } => None,
    }));
    named
}

fn used(context: &Context, item: &Use, named: &BTreeSet<DriverId>) -> Vec<Diagnostic> {
    let assessment = context.assessment;
    let is_used = |d: DriverId| named.contains(&d) || is_claim(&assessment.drivers[d]);
    let orphan = |driver: &Option<DriverId>| driver.is_some_and(|d| !is_used(d));
    let grouped = |driver: &Option<DriverId>| {
        let exclusives = assessment.exclusives.iter().map(|g| &g.members);
        let overlaps = assessment.overlaps.iter().map(|g| &g.members);
        let mut groups = exclusives.chain(overlaps);
        driver.is_some_and(|d| groups.any(|members| members.contains(&d)))
    };
    let all = item.names.iter().all(|(_, driver)| orphan(driver));
    let span = |index: usize| item.names.get(index).map(|(name, _)| name.span);
    let mut found = Vec::new();
    for (index, (name, driver)) in item.names.iter().enumerate() {
        if !orphan(driver) {
            continue;
        }
        let message = format!("nothing uses `{}`, taken from another file", name.node);
        let finding = finding(name.span, message).help("name it where it matters, or take it off the list");
        let edit = if all {
            (index == 0).then(|| lines::whole(context.sources, item.span))
        } else {
            let before = index.checked_sub(1).and_then(span);
            let source = context.sources.source(name.span.file);
            lines::listed(source, name.span, span(index + 1), before)
        };
        found.push(match edit.filter(|_| !grouped(driver)) {
            Some(edit) => finding.fix(Fix::risky("take it off the list", edit, "")),
            None => finding,
        });
    }
    found
}

fn words(context: &Context, vocabulary: &Vocabulary) -> Vec<Diagnostic> {
    let assessment = context.assessment;
    let sources = context.sources;
    let is_scale = sources.text(vocabulary.span).starts_with("scale");
    if !vocabulary.in_force {
        let name = vocabulary.name.as_ref();
        let at = name.map_or(vocabulary.span, |name| name.span);
        let message = match name {
            Some(name) => format!("no word is read by `{}`", name.node),
            None => "no word is read by these strengths".to_owned(),
        };
        let clause = if is_scale { "scale" } else { "strengths" };
        let help = match name {
            Some(_) => format!("choose it by `{clause}: NAME` in the assessment, or delete it"),
            // Without a name it would be in force, but for a table that is chosen by its own.
            None => format!(
                "`strengths: {chosen}` is the one in use: move these words there, or delete them",
                chosen = assessment.strengths.name
            ),
        };
        return vec![finding(at, message).help(help).fix(delete(context, vocabulary.span))];
    }
    let mut used = if is_scale {
        scale_words(context)
    } else {
        let numbers = walk::strengths(assessment);
        numbers.filter_map(|n| n.word.clone()).collect()
    };
    used = used.iter().map(|word| normal(word)).collect();
    let orphans = vocabulary.words.iter();
    let orphans: Vec<&Name> = orphans.filter(|word| !used.contains(&normal(&word.node))).collect();
    let all = orphans.len() == vocabulary.words.len();
    orphans
        .into_iter()
        .map(|word| {
            let what = if is_scale { "word of the scale" } else { "strength" };
            let message = format!("nothing uses the {what} `{}`", word.node);
            let finding = finding(word.span, message).help("use it, or delete it");
            match entry(context, vocabulary, word).filter(|_| !all) {
                Some(edit) => finding.fix(Fix::risky("delete it", edit, "")),
                None => finding,
            }
        })
        .collect()
}

/// The words of likelihood that are written somewhere, or by which the verdict is worded.
fn scale_words(context: &Context) -> BTreeSet<String> {
    let assessment = context.assessment;
    let numbers = walk::chances(assessment).into_iter();
    let mut used: BTreeSet<String> = numbers.filter_map(|n| n.word.clone()).collect();
    for expect in &assessment.expects {
        if let Test::Word(word) = &expect.test {
            used.insert(word.node.clone());
        }
    }
    for piece in walk::prose(assessment).into_iter().flat_map(|p| &p.pieces) {
        if let Piece::Placeholder { word: Some(word), .. } = piece {
            used.insert(word.node.clone());
        }
    }
    let verdict = context.verdict().into_iter();
    for outcome in verdict.flat_map(|v| &v.horizons).flat_map(|h| &h.outcomes) {
        let term = assessment.scale.wording(outcome.probability.value).term;
        used.insert(term.name.clone());
    }
    used
}

/// The whole line of a word that stands on a line of its own.
fn entry(context: &Context, vocabulary: &Vocabulary, word: &Name) -> Option<Span> {
    let source = context.sources.source(word.span.file);
    let line = |span: Span| source.position(span.start as usize).line;
    let mut shared = vocabulary.words.iter().filter(|other| line(other.span) == line(word.span));
    let alone = shared.next().is_some() && shared.next().is_none();
    let text = source.line(line(word.span));
    let tidy = text.trim_start().starts_with(&word.node) && !text.contains(['{', '}']);
    let rest = &source.text[word.span.start as usize..];
    let end = rest.find('\n').unwrap_or(rest.len());
    let whole = Span::new(word.span.file, word.span.start as usize, word.span.start as usize + end);
    (alone && tidy).then(|| lines::whole(context.sources, whole))
}
