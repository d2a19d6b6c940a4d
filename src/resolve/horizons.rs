//! The horizons' dates, and whether they follow one another.
//!
//! In: horizon items in the file's order, and `as of`. Out: dates, and `rule horizon-gap` where they
//! overlap, leave a gap or stand out of order. An open end is assumed, and said.

use super::assessment::{Horizon, HorizonId};
use super::calendar::{after, days};
use super::figures;
use super::reports::Reports;
use super::table::Table;
use crate::diag::rules;
use crate::diag::{Diagnostic, Edit, Fix};
use crate::syntax::ast::{self, Duration, Period, TimeUnit};
use crate::text::source::SourceMap;
use jiff::civil::Date;

/// Months after `as of` that an open horizon ends, unless twice its start is later.
const OPEN_MONTHS: f64 = 60.0;

/// The horizons of a file; `sound` is false where their dates cannot be relied on.
#[derive(Debug, Default)]
pub(super) struct Horizons {
    pub(super) table: Table<HorizonId, Horizon>,
    pub(super) sound: bool,
    pub(super) assumed: Vec<String>,
}

struct Extent {
    from: Date,
    to: Date,
    open: bool,
}

/// The extent of one horizon; `before` is where the one before it ends. Nothing where a date lies
/// beyond the calendar.
fn extent(period: &Period, as_of: Date, before: Date) -> Option<Extent> {
    let (from, to, open) = match *period {
        Period::Between(from, to) => (after(as_of, from)?, after(as_of, to)?, false),
        Period::From(from) => {
            let months = Duration {
                count: OPEN_MONTHS,
                unit: TimeUnit::Months,
            };
            let double = Duration {
                count: from.count * 2.0,
                ..from
            };
            let end = after(as_of, months)?.max(after(as_of, double)?);
            (after(as_of, from)?, end, true)
        }
        Period::Lasting(length) => (before, after(as_of, length)?, false),
        Period::Until(date) => (before, date, false),
        Period::Dates(from, to) => (from, to, false),
    };
    Some(Extent { from, to, open })
}

/// The horizon of a file that states none: it asks what is so on the day of `as of`.
pub(super) fn timeless(block: Option<&ast::Assessment>, as_of: Date, sound: bool) -> Horizons {
    let span = block.map_or(
        crate::text::source::Span::new(crate::text::source::FileId(0), 0, 0),
        |b| b.as_of.as_ref().map_or(b.keyword, |d| d.span),
    );
    let mut table = Table::new();
    table.insert(
        "now",
        Horizon {
            span,
            name: ast::Spanned {
                node: "now".to_owned(),
                span,
            },
            title: "Now".to_owned(),
            from: as_of,
            to: as_of,
            days: 1.0,
            open: false,
        },
    );
    Horizons {
        table,
        sound,
        assumed: Vec::new(),
    }
}

/// The end of a used file's own horizon, in days after `start`.
pub(super) fn own_end(items: &[&ast::Horizon], name: &str, own: Date, start: Date) -> Option<f64> {
    let mut before = own;
    for item in items {
        before = extent(&item.period.node, own, before)?.to;
        if item.name.node == name {
            return Some(days(start, before));
        }
    }
    None
}

/// Dates every horizon and checks that they follow one another; not where `as of` or another
/// horizon is missing or broken, so that they are not `whole`.
pub(super) fn read(
    items: &[&ast::Horizon],
    as_of: Date,
    whole: bool,
    sources: &SourceMap,
    reports: &mut Reports,
) -> Horizons {
    let mut result = Horizons {
        sound: whole,
        ..Horizons::default()
    };
    let mut before = as_of;
    let mut last: Option<&ast::Horizon> = None;
    if let Some(problem) = misplaced(items, as_of, sources).filter(|_| whole) {
        reports.push(problem);
        result.sound = false;
    }
    let sorted = result.sound;
    let mut over: Vec<(&ast::Horizon, Date)> = Vec::new();
    for (index, item) in items.iter().copied().enumerate() {
        let name = &item.name.node;
        let span = item.period.span;
        let found = extent(&item.period.node, as_of, before);
        let found = match found {
            Some(found) if !sorted || last.is_some_and(is_open) => found,
            Some(found) if found.to <= as_of && !runs_backwards(item, &found) => {
                over.push((item, found.to));
                result.sound = false;
                found
            }
            Some(found) => match check(item, &found, before, last, as_of) {
                Some(problem) => {
                    reports.push(problem);
                    result.sound = false;
                    found
                }
                None => found,
            },
            None => {
                if whole {
                    reports.push(
                        Diagnostic::new(
                            &rules::IMPOSSIBLE_DATE,
                            span,
                            format!("`{name}` ends after the year 9999"),
                        )
                        .label("beyond the calendar")
                        .help("choose a nearer end"),
                    );
                }
                result.sound = false;
                Extent {
                    from: before,
                    to: before,
                    open: false,
                }
            }
        };
        if found.open && index + 1 < items.len() {
            let next = items[index + 1];
            reports.push(
                Diagnostic::new(
                    &rules::BY_WHEN,
                    span,
                    format!("`{name}` has no end, but `{}` comes after it", next.name.node),
                )
                .label("by when does it end?")
                .other(next.name.span, "the next horizon")
                .help("only the last horizon may be open: give this one an end, such as `6 to 18 months`"),
            );
            result.sound = false;
        } else if found.open {
            result
                .assumed
                .push(format!("`{name}` has no end: {} is taken", found.to));
        }
        result.table.insert(
            name,
            Horizon {
                span: item.span,
                name: item.name.clone(),
                title: item.title.as_ref().map_or(name.clone(), |t| t.node.clone()),
                from: found.from,
                to: found.to,
                days: days(as_of, found.to),
                open: found.open,
            },
        );
        before = found.to;
        last = Some(item);
    }
    if let Some(problem) = all_over(&over, as_of) {
        reports.push(problem);
    }
    result
}

fn is_open(item: &ast::Horizon) -> bool {
    matches!(item.period.node, Period::From(_))
}

/// The first horizon that stands after a later one, where all of them say when they begin; the fix
/// puts all in their places.
fn misplaced(items: &[&ast::Horizon], as_of: Date, sources: &SourceMap) -> Option<Diagnostic> {
    let mut starts: Vec<(usize, Date)> = Vec::with_capacity(items.len());
    for (i, item) in items.iter().enumerate() {
        // Where the others begin follows from where they stand.
        if !matches!(item.period.node, Period::Lasting(_) | Period::Until(_)) {
            starts.push((i, extent(&item.period.node, as_of, as_of)?.from));
        }
    }
    let pair = starts.windows(2).find(|pair| pair[1].1 < pair[0].1)?;
    let ((first, earlier), (at, start)) = (pair[0], pair[1]);
    let mut order = starts.clone();
    order.sort_by_key(|&(i, start)| (start, i));
    let all = starts.len() == items.len();
    let edits = order
        .iter()
        .enumerate()
        .filter(|(to, from)| all && *to != from.0);
    let edits: Vec<Edit> = edits
        .map(|(to, from)| Edit {
            span: items[to].span,
            text: sources.text(items[from.0].span).to_string(),
        })
        .collect();
    let (item, before) = (items[at], items[first]);
    let (name, other) = (&item.name.node, &before.name.node);
    let message = format!("`{name}` comes after `{other}`, but begins before it");
    let found = Diagnostic::new(&rules::HORIZON_GAP, item.period.span, message)
        .label(format!("begins {start}"))
        .other(before.period.span, format!("`{other}` begins {earlier}"))
        .help("put the horizons in the order of time");
    Some(match edits.is_empty() {
        true => found,
        false => found.fix(Fix {
            safe: false,
            message: "put the horizons in order".into(),
            edits,
        }),
    })
}

/// Whether both ends of a horizon are stated, the later one first.
fn runs_backwards(item: &ast::Horizon, found: &Extent) -> bool {
    found.to <= found.from && matches!(item.period.node, Period::Between(..) | Period::Dates(..))
}

/// That some horizons are over where none is left, told once.
fn all_over(over: &[(&ast::Horizon, Date)], as_of: Date) -> Option<Diagnostic> {
    let ((first, end), others) = over.split_first()?;
    let message = match others {
        [] => format!("`{}` is over before the assessment begins", first.name.node),
        _ => format!(
            "{} horizons are over before the assessment begins",
            over.len()
        ),
    };
    let found = Diagnostic::new(&rules::HORIZON_GAP, first.period.span, message)
        .label(format!("ends {end}, and `as of` is {as_of}"))
        .help("add a horizon that ends after `as of`, or move `as of` back to the day from which these were told");
    let each = others.iter();
    Some(each.fold(found, |found, (item, end)| {
        found.other(item.period.span, format!("ends {end}"))
    }))
}

fn check(
    item: &ast::Horizon,
    found: &Extent,
    before: Date,
    last: Option<&ast::Horizon>,
    as_of: Date,
) -> Option<Diagnostic> {
    let name = &item.name.node;
    let (from, to) = (found.from, found.to);
    let new = |message: String| Diagnostic::new(&rules::HORIZON_GAP, item.period.span, message);
    let by_date = matches!(item.period.node, Period::Dates(..));
    if runs_backwards(item, found) {
        return Some(
            Diagnostic::new(
                &rules::INVERTED_RANGE,
                item.period.span,
                format!("`{name}` ends before it begins"),
            )
            .label(format!("from {from} to {to}"))
            .help("write the earlier end first"),
        );
    }
    let Some(last) = last else {
        // Dates that began earlier are a period in course; an assessment made today is about the rest.
        let starts = from == as_of || by_date && from <= as_of.tomorrow().unwrap_or(as_of);
        return (!starts).then(|| {
            let found = new(format!("nothing covers the time from {as_of} to {from}"))
                .label(format!(
                    "the first horizon begins {from}, and `as of` is {as_of}"
                ))
                .help(
                    "the first horizon begins at `as of`: let it begin there, or put one before it",
                );
            match beginning(&item.period.node, None) {
                Some(text) => found.fix(Fix::risky(
                    format!("write `{text}`"),
                    item.period.span,
                    text,
                )),
                None => found,
            }
        });
    };
    let other = &last.name.node;
    if to <= before {
        return Some(
            new(format!(
                "`{name}` does not end after `{other}`, which comes before it"
            ))
            .label(format!("ends {to}"))
            .other(last.period.span, format!("`{other}` ends {before}"))
            .help("put the horizons in the order in which they end"),
        );
    }
    // Of two dated periods the second may begin on the day after the first ends.
    if from == before || by_date && before.tomorrow().ok() == Some(from) {
        return None;
    }
    let message = if from < before {
        format!("`{name}` begins before `{other}` ends")
    } else {
        format!("nothing covers the time between `{other}` and `{name}`")
    };
    let found = new(message)
        .label(format!("begins {from}"))
        .other(last.period.span, format!("`{other}` ends {before}"));
    Some(
        match beginning(&item.period.node, Some((&last.period.node, before))) {
            Some(text) => found
                .help(format!(
                    "each horizon begins where the one before it ends: `{text}`"
                ))
                .fix(Fix::risky(
                    format!("write `{text}`"),
                    item.period.span,
                    text,
                )),
            None => found.help("each horizon begins where the one before it ends"),
        },
    )
}

/// The period, made to begin where the one before it ends, or at `as of`.
fn beginning(period: &Period, before: Option<(&Period, Date)>) -> Option<String> {
    let start = match before {
        None => None,
        Some((Period::Between(_, end) | Period::Lasting(end), _)) => Some(*end),
        Some((_, date)) => {
            return match period {
                Period::Dates(_, to) => Some(format!("{date} to {to}")),
                _ => None,
            };
        }
    };
    match (period, start) {
        (Period::Between(_, to), None) => Some(format!("0 to {}", figures::duration(*to))),
        (Period::Between(_, to), Some(from)) if from.unit == to.unit => {
            Some(format!("{} to {}", from.count, figures::duration(*to)))
        }
        (Period::Between(_, to), Some(from)) => Some(format!(
            "{} to {}",
            figures::duration(from),
            figures::duration(*to)
        )),
        (Period::From(_), Some(from)) => Some(format!("{}+ {}", from.count, figures::unit(from))),
        _ => None,
    }
}
