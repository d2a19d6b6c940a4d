//! Where parts of an item stand that the assessment keeps no place of.
//!
//! In: a driver. Out: the spans of its `when` and of its name in a `use`.

use super::Context;
use crate::resolve::assessment::{DriverId, What};
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
    let driver = &context.assessment.drivers[change];
    if driver.span.file != context.assessment.file {
        return place(context, change);
    }
    match driver.what {
        What::Change {
            stated: Some(span), ..
        } => span,
        _ => driver.name.span,
    }
}
