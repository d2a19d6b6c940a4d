//! Where parts of an item stand that the assessment keeps no place of.
//!
//! In: an item's span. Out: the spans of its `when`, its words, its name in a `use`. The file is
//! read again for that, which only findings do.

use super::Context;
use crate::resolve::assessment::DriverId;
use crate::syntax::{self, ast};
use crate::text::source::Span;

/// Where a finding about a driver stands: at its name, or, of one that was used, at the name in
/// the `use`.
pub(crate) fn place(context: &Context, driver: DriverId) -> Span {
    let assessment = context.assessment;
    let name = &assessment.drivers[driver].name;
    if name.span.file == assessment.file {
        return name.span;
    }
    let names = assessment.uses.iter().flat_map(|u| &u.names);
    let mut named = names.filter(|(_, id)| *id == Some(driver));
    let here = named.find(|(name, _)| name.span.file == assessment.file);
    here.map_or(name.span, |(name, _)| name.span)
}

/// Where the condition of a change stands: its `when`, or, of one that was used, its name in the
/// `use`.
pub(crate) fn condition(context: &Context, change: DriverId) -> Span {
    let whole = context.assessment.drivers[change].span;
    if whole.file != context.assessment.file {
        return place(context, change);
    }
    let text = &context.sources.source(whole.file).text;
    let items = syntax::parse(whole.file, text).ast.items;
    let when = items.iter().find_map(|item| match item {
        ast::Item::Driver(driver) if driver.span == whole => driver.when.as_ref(),
        _ => None,
    });
    when.map_or(context.assessment.drivers[change].name.span, |w| w.span)
}
