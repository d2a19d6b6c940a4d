//! The change clauses of a file, with what the verdict says of their conditions.
//!
//! In: a context and a question about one clause's verdict. Out: the clauses of which it is not
//! known to be false.

use super::Context;
use crate::infer::verdict::ChangeVerdict;
use crate::resolve::assessment::{DriverId, Prop, What};
use std::collections::BTreeMap;

/// Each change and its condition, unless the verdict says that `so` is false of it; whether the
/// verdict says that it is true, which beyond exact inference it does not.
pub(crate) fn changes<'c>(
    context: &'c Context,
    so: fn(&ChangeVerdict) -> bool,
) -> impl Iterator<Item = (DriverId, &'c Prop, bool)> {
    let verdicts = context.verdict().into_iter().flat_map(|v| &v.changes);
    let computed: BTreeMap<DriverId, bool> = verdicts.map(|c| (c.change, so(c))).collect();
    let drivers = context.assessment.drivers.iter();
    drivers.filter_map(move |(id, driver)| match &driver.what {
        What::Change { when, .. } if computed.get(&id) != Some(&false) => {
            Some((id, when, computed.contains_key(&id)))
        }
        _ => None,
    })
}
