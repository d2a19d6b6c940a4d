//! Drivers that rest on one thing and push one outcome one way, in no common overlap.
//!
//! In: drivers with the sources that they cite. Out: groups of which each member counts with another.

use super::pushes::own;
use crate::resolve::assessment::{Assessment, DriverId, Text};
use crate::resolve::table::Id;

/// A push nearer to 0 than this is none.
const NOTHING: f64 = 1e-12;

/// The overlaps that hold each driver, by their places.
pub(crate) fn overlaps(assessment: &Assessment) -> Vec<Vec<usize>> {
    let mut overlaps = vec![Vec::new(); assessment.drivers.len()];
    for (i, overlap) in assessment.overlaps.iter().enumerate() {
        for member in &overlap.members {
            overlaps[member.index()].push(i);
        }
    }
    overlaps
}

/// A factor that rests on a source.
pub(crate) struct User<'a> {
    /// Which.
    pub(crate) driver: DriverId,
    /// The source, as cited.
    pub(crate) source: &'a Text,
    overlaps: &'a [usize],
    /// Which way it pushes each outcome in each horizon: above 0 up, below 0 down, 0 neither.
    pub(crate) signs: Vec<i8>,
}

impl<'a> User<'a> {
    /// What a driver that cites a source pushes.
    pub(crate) fn new(
        assessment: &Assessment,
        overlaps: &'a [Vec<usize>],
        driver: DriverId,
        source: &'a Text,
    ) -> Self {
        let pushes = |h| own(assessment, &assessment.drivers[driver], h);
        let sign = |push: f64| i8::from(push > NOTHING) - i8::from(push < -NOTHING);
        User {
            driver,
            source,
            overlaps: &overlaps[driver.index()],
            signs: assessment
                .horizons
                .ids()
                .flat_map(pushes)
                .map(sign)
                .collect(),
        }
    }

    /// Where both push the same way, if no overlap holds both: the first place among their signs.
    pub(crate) fn pushes_like(&self, other: &User) -> Option<usize> {
        if self.overlaps.iter().any(|o| other.overlaps.contains(o)) {
            return None;
        }
        let mut pairs = self.signs.iter().zip(&other.signs);
        pairs.position(|(a, b)| *a != 0 && a == b)
    }
}

/// The users of a source in groups of which each member double counts with another.
pub(crate) fn groups<'a>(users: impl Iterator<Item = User<'a>>) -> Vec<Vec<User<'a>>> {
    let mut groups: Vec<Vec<User>> = Vec::new();
    for user in users {
        let linked =
            |group: &Vec<User>| group.iter().any(|other| user.pushes_like(other).is_some());
        let (joined, mut others): (Vec<_>, Vec<_>) = groups.into_iter().partition(linked);
        let mut group: Vec<_> = joined.into_iter().flatten().collect();
        group.push(user);
        others.push(group);
        groups = others;
    }
    groups.retain(|g| g.len() > 1);
    groups
}
