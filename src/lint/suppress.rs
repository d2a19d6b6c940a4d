//! What becomes of findings: levels set, allowed ones taken out, idle suppressions reported.
//!
//! In: what the passes and the rules found, and the project's comments. Out: what is reported, in
//! file order, and how many findings the files allow. Errors are never taken out.

use super::allow::{self, Allow, Allowed};
use super::policy::Policy;
use crate::diag::rules::{Group, Rule};
use crate::diag::{Diagnostic, Diagnostics, Fix};
use crate::lint::rules;
use crate::project::Project;
use crate::text::source::{FileId, SourceMap};
use std::collections::BTreeMap;

/// What is reported of one file and those that it uses.
#[derive(Debug, Clone, Default)]
pub struct Settled {
    /// What is reported, in file order.
    pub diagnostics: Vec<Diagnostic>,
    /// How many findings the files allow.
    pub suppressed: usize,
}

/// Whether a rule looked at the file: nothing can be said of an `allow` whose rule did not.
pub type HasRun<'a> = &'a dyn Fn(&Rule) -> bool;

/// What is reported under a policy. Of the `allow` comments in used files only the effect counts:
/// what is wrong with them is said where those files are checked themselves.
pub fn settle(found: Diagnostics, project: &Project, policy: &Policy, has_run: HasRun) -> Settled {
    let mut allows = Vec::new();
    let mut reports = Vec::new();
    for (file, source) in project.sources.iter() {
        let Some(parsed) = project.files.get(file.0 as usize) else {
            continue;
        };
        let (found, mistakes) = allow::find(file, &source.text, &parsed.tree);
        allows.extend(found.into_iter().map(Used::new));
        if file == FileId(0) {
            reports.extend(mistakes);
        }
    }
    let today = policy.settings.today;
    let mut by_rule = ByRule::new();
    for (i, used) in allows.iter().enumerate() {
        for (n, allowed) in used.allow.rules.iter().enumerate() {
            by_rule.entry(allowed.rule.name).or_default().push((i, n));
        }
    }
    let mut suppressed = 0;
    let mut kept: Vec<Diagnostic> = Vec::new();
    for diagnostic in found {
        if !take(&mut allows, &by_rule, &diagnostic, policy) {
            kept.push(diagnostic);
        } else {
            suppressed += 1;
        }
    }
    for used in allows.iter().filter(|u| u.allow.span.file == FileId(0)) {
        if used.allow.is_expired(today) {
            reports.push(used.expired());
        } else {
            reports.extend(used.unused(has_run));
        }
    }
    let kept = joined(kept, &project.sources).into_iter().chain(reports);
    let mut all = Diagnostics::new();
    all.extend(kept.filter_map(|d| leveled(d, policy)));
    Settled {
        diagnostics: all.sorted(),
        suppressed,
    }
}

/// What is found with one finding in place of many, of rules that want it so.
pub(crate) fn joined(mut found: Vec<Diagnostic>, sources: &SourceMap) -> Vec<Diagnostic> {
    for lint in rules::LINTS {
        let Some(join) = lint.join else {
            continue;
        };
        let (many, others): (Vec<_>, Vec<_>) = found.into_iter().partition(|d| d.rule == lint.rule);
        found = others;
        match many.len() {
            0 | 1 => found.extend(many),
            _ => found.extend(join(&many, sources)),
        }
    }
    found
}

/// A finding at its configured level; none where its rule is off.
fn leveled(mut diagnostic: Diagnostic, policy: &Policy) -> Option<Diagnostic> {
    let rule = diagnostic.rule;
    if rule.group != Group::Error {
        let level = policy.level(rule)?;
        // A rule may set a level of its own in one case; a stated level is for all of them.
        if level != rule.severity {
            diagnostic.severity = level;
        }
    }
    Some(diagnostic)
}

/// Which comments name a rule, and at which of their places.
type ByRule = BTreeMap<&'static str, Vec<(usize, usize)>>;

/// Whether a comment allows a finding; the closest one is then marked as used.
fn take(allows: &mut [Used], by_rule: &ByRule, diagnostic: &Diagnostic, policy: &Policy) -> bool {
    if diagnostic.rule.group == Group::Error || policy.level(diagnostic.rule).is_none() {
        return false;
    }
    let at = diagnostic.primary.span.at_start();
    let named = by_rule.get(diagnostic.rule.name).into_iter().flatten();
    let covering = named.filter(|(i, _)| {
        let allow = &allows[*i].allow;
        allow.scope.contains(at) && !allow.is_expired(policy.settings.today)
    });
    let closest = covering.min_by_key(|(i, _)| {
        let scope = allows[*i].allow.scope;
        scope.end - scope.start
    });
    match closest {
        Some(&(i, n)) => {
            allows[i].is_used[n] = true;
            true
        }
        None => false,
    }
}

/// A comment, and which of its rules it kept quiet.
struct Used {
    allow: Allow,
    is_used: Vec<bool>,
}

impl Used {
    fn new(allow: Allow) -> Self {
        let is_used = vec![false; allow.rules.len()];
        Used { allow, is_used }
    }

    fn expired(&self) -> Diagnostic {
        let (date, span) = self
            .allow
            .until
            .unwrap_or((jiff::civil::Date::ZERO, self.allow.span));
        Diagnostic::new(
            &rules::EXPIRED_ALLOW,
            span,
            format!("this `allow` held until {date} and allows nothing more"),
        )
        .label("in the past")
        .help("fix what it allowed, or give it a new date and a reason that still holds")
        .fix(self.delete())
    }

    fn unused(&self, has_run: HasRun) -> Vec<Diagnostic> {
        let rules = self.allow.rules.iter().zip(&self.is_used);
        let idle: Vec<&Allowed> = rules
            .filter(|(allowed, used)| !**used && has_run(allowed.rule))
            .map(|(allowed, _)| allowed)
            .collect();
        let all = self.allow.is_whole && idle.len() == self.allow.rules.len();
        let one = |allowed: &&Allowed| {
            let name = allowed.rule.name;
            let fix = if all {
                self.delete()
            } else {
                Fix::safe(format!("take out `{name}`"), allowed.cut, "")
            };
            let message = format!("nothing here breaks `{name}`, so that nothing is allowed");
            Diagnostic::new(&rules::UNUSED_ALLOW, allowed.span, message)
                .help("delete it; it would hide the next finding")
                .fix(fix)
        };
        idle.iter().map(one).collect()
    }

    /// Deletes the comment and its line.
    fn delete(&self) -> Fix {
        Fix::safe("delete the comment", self.allow.line, "")
    }
}
