//! Comments that allow the digits of what was computed and not judged.
//!
//! In: a file before and after a command changed its chances. Out: the text after, with a comment above each clause in
//! which `check` would find digits of a judgement that are none. Nothing else is changed.

use super::check::configs::Configs;
use super::reread::{Instead, loaded};
use crate::advance::edited;
use crate::diag::rules::Rule;
use crate::diag::{Diagnostic, Edit};
use crate::lint::rules::{CERTAINTY, FALSE_PRECISION, OPEN_HORIZON, UNUSED_ALLOW};
use crate::lint::{self, Selection};
use crate::project::Project;
use crate::resolve::assessment::Assessment;
use crate::syntax::tree::NodeRef;
use crate::syntax::{Kind, is_clause, parse};
use crate::text::source::{FileId, Span, line_end};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// What is said of judgements and not of what follows from them: digits, and nothing that is left of a chance.
const RULES: [&Rule; 2] = [&FALSE_PRECISION, &CERTAINTY];

/// The text with comments that allow these, where the file before had no such finding; `why` ends each comment.
pub(super) fn allowed(path: &Path, before: &Project, after: String, why: &str) -> String {
    let (configs, policies) = Configs::of(&[path.to_path_buf()], None, &Selection::default());
    let Some(policy) = policies.first().filter(|_| !configs.are_broken()) else {
        return after;
    };
    let policy = configs.policy(*policy);
    let check = |project: &Project| lint::check(project, policy).diagnostics;
    let places = |found: &[Diagnostic]| -> Vec<(usize, &'static str)> {
        let own = found.iter().filter(|d| d.primary.span.file == FileId(0));
        let named = own.filter_map(|d| {
            let rule = RULES.iter().find(|rule| rule.name == d.rule.name)?;
            Some((d.primary.span.start as usize, rule.name))
        });
        named.collect()
    };
    // Who leaves such findings alone has them left alone.
    let found_before = check(before);
    let known: BTreeSet<&str> = places(&found_before)
        .into_iter()
        .map(|(_, rule)| rule)
        .collect();
    let instead = Instead { path, text: &after };
    let Ok((project, Some::<Assessment>(_))) = loaded(&instead, path) else {
        return after;
    };
    let tree = parse(FileId(0), &after).tree;
    let mut lines: BTreeMap<usize, BTreeSet<&str>> = BTreeMap::new();
    let found = check(&project);
    for (place, rule) in places(&found) {
        if known.contains(rule) {
            continue;
        }
        let holds = |node: &NodeRef<'_>| node.range().contains(&place);
        let is_row = |kind: Kind| is_clause(kind) || kind == Kind::row;
        let clause = tree.iter().filter(|n| is_row(n.kind()) && holds(n)).last();
        let item = tree.root().and_then(|root| root.children().find(holds));
        let line_of = |at: usize| after[..at].rfind('\n').map_or(0, |n| n + 1);
        let begins = |at: usize| after[line_of(at)..at].trim().is_empty();
        let of_clause = clause.map(|n| n.range().start).filter(|at| begins(*at));
        let of_item = item.map(|n| n.range().start).filter(|at| begins(*at));
        if let Some(at) = of_clause.or(of_item) {
            lines.entry(line_of(at)).or_default().insert(rule);
        }
    }
    let mut edits: Vec<Edit> = Vec::new();
    for (line, rules) in lines {
        let rest = &after[line..];
        let indent = &rest[..rest.len() - rest.trim_start_matches([' ', '\t']).len()];
        let end = line_end(&after);
        let rules: Vec<&str> = rules.into_iter().collect();
        edits.push(Edit {
            span: Span::new(FileId(0), line, line),
            text: format!("{indent}# allow({}): {why}{end}", rules.join(", ")),
        });
    }
    // What was open has an end by now.
    let needless = |d: &&Diagnostic| {
        let named = d.message.contains(&format!("`{}`", OPEN_HORIZON.name));
        d.rule.name == UNUSED_ALLOW.name && d.primary.span.file == FileId(0) && named
    };
    if !found_before.iter().any(|d| needless(&d)) {
        let fixes = found
            .iter()
            .filter(needless)
            .filter_map(|d| d.fixes.first());
        edits.extend(
            fixes
                .filter(|fix| fix.safe)
                .flat_map(|fix| fix.edits.clone()),
        );
    }
    edits.sort_by_key(|edit| edit.span);
    edited(&after, &edits)
}
