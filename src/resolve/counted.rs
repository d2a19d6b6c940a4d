//! What all that counts a driver makes of it together.
//!
//! In: the drivers as they were read. Out: `limit`, where counts that all apply at once would make a
//! push stronger than numbers can say. Counts multiply.

use super::assessment::{Count, Driver, DriverId, What};
use super::reports::Reports;
use crate::diag::Diagnostic;
use crate::diag::rules;
use crate::limits::{self, grouped};
use std::collections::BTreeMap;

/// Reports drivers that are counted for too much.
pub(super) fn check(drivers: &[Driver], reports: &mut Reports) {
    let mut by_driver: BTreeMap<DriverId, Vec<&Count>> = BTreeMap::new();
    for driver in drivers {
        if let What::Change { counts, .. } = &driver.what {
            for count in counts {
                by_driver.entry(count.driver).or_default().push(count);
            }
        }
    }
    let most = f64::from(limits::COUNTED_PERCENT) / 100.0;
    for (driver, mut counts) in by_driver {
        counts.sort_by_key(|c| c.span);
        let mut together = Vec::new();
        for count in counts {
            together.resize(count.shares.len(), 1.0);
            let products = together.iter_mut().zip(&count.shares);
            products.for_each(|(all, share)| *all *= share.max(1.0));
            if together.iter().all(|all| *all <= most) {
                continue;
            }
            let name = drivers.get(driver.0 as usize).map(|d| &d.name.node);
            reports.push(
                Diagnostic::new(
                    &rules::LIMIT,
                    count.span,
                    format!(
                        "all counts of `{}` together make too much of it",
                        name.map_or("", String::as_str)
                    ),
                )
                .label(format!(
                    "together they are at most {}%",
                    grouped(limits::COUNTED_PERCENT as usize)
                ))
                .help("counts multiply where several changes hold at once: lower them, or leave one out"),
            );
            break;
        }
    }
}
