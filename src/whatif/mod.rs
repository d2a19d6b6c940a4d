//! What if a number were another, or a reason were left out: `--with`, `--without`.
//!
//! In: a project without mistakes, its assessment, and clauses and names given from outside. Out:
//! the project with these clauses in place of its own, to be resolved again: what is wrong with them
//! is then said as of a file. Nothing is computed here, and no file is touched.

mod clauses;

use crate::diag::rules;
use crate::diag::{Diagnostic, Diagnostics};
use crate::project::Project;
use crate::resolve::assessment::{Assessment, DriverId};
use crate::resolve::voices::leave_out;
use crate::resolve::{Asker, Held};
use crate::syntax::ast::{self, Item, Name, Spanned};
use crate::syntax::{Holder, holder_name, parse_with};
use crate::text::source::{FileId, Span};
use clauses::{replace, requantify, slots};
use std::collections::BTreeMap;

/// What one argument asks.
enum Edit {
    /// A clause in place of the file's.
    Replace(Held, Box<Item>),
    /// A driver that is left out.
    LeaveOut(DriverId),
}

/// Puts clauses in place of the file's, and leaves drivers out; which these are.
///
/// `with` and `without` are sources of the project, each one argument.
///
/// # Errors
///
/// Everything that is wrong with the arguments: names, spelling, one clause given twice. What a
/// clause means is found out where the project is resolved.
pub fn apply(
    project: &mut Project,
    assessment: &Assessment,
    with: &[FileId],
    without: &[FileId],
) -> Result<Vec<DriverId>, Diagnostics> {
    let mut wrong = Diagnostics::new();
    let mut edits = Vec::new();
    let asker = Asker::new(assessment, &project.sources);
    for &file in with {
        match clause(project, &asker, file) {
            Ok(edit) => edits.push((file, edit)),
            Err(found) => wrong.extend(found),
        }
    }
    for &file in without {
        let node = project.sources.source(file).text.clone();
        let name = Spanned {
            span: Span::new(file, 0, node.len()),
            node,
        };
        match asker.left_out(&name) {
            Ok(driver) => edits.push((file, Edit::LeaveOut(driver))),
            Err(found) => wrong.extend(found),
        }
    }
    twice(project, assessment, &edits, &mut wrong);
    if !wrong.is_empty() {
        return Err(wrong);
    }
    let mut left_out = Vec::new();
    for (_, edit) in edits {
        match edit {
            Edit::Replace(Held::Outcome(_), item) => {
                if let Item::Prior(given) = *item {
                    prior(project, given);
                }
            }
            Edit::Replace(Held::Quantity(id), item) => {
                let name = assessment.quantities.name(id);
                let items = project.files.first_mut().map(|file| &mut file.ast.items);
                let own = items.into_iter().flatten().find_map(|item| match item {
                    Item::Quantity(own) if own.name.node == name => Some(own),
                    _ => None,
                });
                if let (Some(own), Item::Quantity(given)) = (own, *item) {
                    let horizons = assessment.horizons.values().map(|h| &h.name);
                    requantify(own, given, &horizons.collect::<Vec<_>>());
                }
            }
            Edit::Replace(Held::Driver(id), item) => {
                if let (Some(driver), Item::Driver(given)) = (find(project, assessment, id), *item)
                {
                    replace(driver, given);
                }
            }
            Edit::LeaveOut(id) => {
                left_out.extend(find(project, assessment, id).map(|driver| {
                    leave_out(driver);
                    id
                }));
            }
        }
    }
    Ok(left_out)
}

fn clause(project: &Project, asker: &Asker<'_>, file: FileId) -> Result<Edit, Diagnostics> {
    let text = &project.sources.source(file).text;
    let name = holder_name(file, text)?;
    let held = asker.held(&name)?;
    let holder = match held {
        Held::Outcome(_) => Holder::Outcome,
        Held::Driver(id) => Holder::Driver(asker.kind(id)),
        Held::Quantity(_) => Holder::Quantity,
    };
    match parse_with(file, text, &name, holder) {
        (Some(item), diagnostics) if diagnostics.is_empty() => {
            Ok(Edit::Replace(held, Box::new(item)))
        }
        (_, diagnostics) => Err(diagnostics),
    }
}

/// Reports what two arguments say of one thing.
fn twice(
    project: &Project,
    assessment: &Assessment,
    edits: &[(FileId, Edit)],
    wrong: &mut Diagnostics,
) {
    let mut seen: BTreeMap<String, Span> = BTreeMap::new();
    let mut out: BTreeMap<DriverId, Span> = BTreeMap::new();
    let mut again = |slot: String, span: Span, first: Span| {
        wrong.push(
            Diagnostic::new(
                &rules::DUPLICATE_CLAUSE,
                span,
                format!("{slot} is given twice"),
            )
            .label("here again")
            .other(first, "here first")
            .help("keep one of the two"),
        );
    };
    for (file, edit) in edits {
        let span = Span::new(*file, 0, project.sources.source(*file).text.len());
        match edit {
            Edit::LeaveOut(id) => {
                if let Some(first) = out.insert(*id, span) {
                    let name = assessment.drivers.name(*id);
                    again(format!("that `{name}` is left out"), span, first);
                }
            }
            Edit::Replace(held, item) => {
                let name = match held {
                    Held::Outcome(id) => assessment.outcomes.name(*id),
                    Held::Driver(id) => assessment.drivers.name(*id),
                    Held::Quantity(id) => assessment.quantities.name(*id),
                };
                for (slot, span) in slots(name, item) {
                    match seen.get(&slot) {
                        Some(first) => again(slot, span, *first),
                        None => {
                            seen.insert(slot, span);
                        }
                    }
                }
            }
        }
    }
    for (file, edit) in edits {
        if let Edit::Replace(Held::Driver(id), _) = edit
            && let Some(first) = out.get(id)
        {
            let span = Span::new(*file, 0, project.sources.source(*file).text.len());
            let name = assessment.drivers.name(*id);
            wrong.push(
                Diagnostic::new(
                    &rules::DUPLICATE_CLAUSE,
                    span,
                    format!("`{name}` is left out, so nothing can be said of it"),
                )
                .label("a clause of what is left out")
                .other(*first, "left out here")
                .help("keep one of the two"),
            );
        }
    }
}

/// The item of a driver, in whichever file it stands.
fn find<'a>(
    project: &'a mut Project,
    assessment: &Assessment,
    id: DriverId,
) -> Option<&'a mut ast::Driver> {
    let name: &Name = &assessment.drivers[id].name;
    let file = project.files.get_mut(name.span.file.0 as usize)?;
    file.ast.items.iter_mut().find_map(|item| match item {
        Item::Driver(driver) if driver.name.node == name.node => Some(driver),
        _ => None,
    })
}

/// Puts rows in place of the prior's own; where there is no prior, they are all of it.
fn prior(project: &mut Project, mut given: ast::Prior) {
    let Some(file) = project.files.first_mut() else {
        return;
    };
    let asked = |name: &str, item: &Item| match item {
        Item::Question(q) => q.outcomes.iter().any(|o| o.name.node == name),
        _ => false,
    };
    let name = given.rows.first().map(|row| row.outcome.node.clone());
    let name = name.unwrap_or_default();
    let items = &mut file.ast.items;
    let question = items.iter().position(|item| asked(&name, item));
    // What is said for no condition in particular is said where none holds.
    let open = |prior: &&mut ast::Prior| !matches!(prior.guard, ast::Guard::Given(_));
    let own = match question {
        Some(at) => match &mut items[at] {
            Item::Question(q) if q.priors.is_empty() => {
                given.span = q.span;
                q.priors.push(given);
                return;
            }
            Item::Question(q) => q.priors.iter_mut().find(open),
            _ => None,
        },
        None => items
            .iter_mut()
            .filter_map(|item| match item {
                Item::Prior(prior) => Some(prior),
                _ => None,
            })
            .find(open),
    };
    let Some(own) = own else {
        let block = file.ast.items.iter().find_map(|item| match item {
            Item::Assessment(block) => Some(block.span),
            _ => None,
        });
        // Whoever asks where the prior stands is shown the file.
        given.span = block.unwrap_or(given.span);
        file.ast.items.push(Item::Prior(given));
        return;
    };
    for row in given.rows {
        let same = |r: &&mut ast::PriorRow| r.outcome.node == row.outcome.node;
        match own.rows.iter_mut().find(same) {
            Some(old) => *old = row,
            None => own.rows.push(row),
        }
    }
}
