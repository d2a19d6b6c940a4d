//! Drivers that rest on one thing and push one outcome, event or quantity one way, in no common overlap.
//!
//! In: drivers with the sources that they cite. Out: groups of which each member counts with another.

use super::pushes::own;
use crate::resolve::assessment::{Assessment, DriverId, HorizonId, OutcomeId, QuantityId, Text};
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

/// What a driver pushes or moves.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Pushed {
    /// An outcome's odds.
    Outcome(OutcomeId),
    /// An event's odds.
    Event(DriverId),
    /// A quantity.
    Quantity(QuantityId),
}

impl Pushed {
    /// Its name.
    pub(crate) fn name(self, assessment: &Assessment) -> &str {
        match self {
            Pushed::Outcome(id) => assessment.outcomes.name(id),
            Pushed::Event(id) => assessment.drivers.name(id),
            Pushed::Quantity(id) => assessment.quantities.name(id),
        }
    }
}

/// One way in which something is pushed in a horizon.
pub(crate) type Way = (HorizonId, Pushed, bool);

/// A factor that rests on a source.
pub(crate) struct User<'a> {
    /// Which.
    pub(crate) driver: DriverId,
    /// The source, as cited.
    pub(crate) source: &'a Text,
    overlaps: &'a [usize],
    /// What it pushes in which horizon, true for up.
    ways: Vec<Way>,
}

impl<'a> User<'a> {
    /// What a driver that cites a source pushes.
    pub(crate) fn new(
        assessment: &Assessment,
        overlaps: &'a [Vec<usize>],
        driver: DriverId,
        source: &'a Text,
    ) -> Self {
        let ids = assessment.horizons.ids();
        User {
            driver,
            source,
            overlaps: &overlaps[driver.index()],
            ways: ids.flat_map(|h| ways(assessment, driver, h)).collect(),
        }
    }

    /// Where both push the same way, if no overlap holds both: the first such way.
    pub(crate) fn pushes_like(&self, other: &User) -> Option<Way> {
        if self.overlaps.iter().any(|o| other.overlaps.contains(o)) {
            return None;
        }
        let mut ways = self.ways.iter();
        ways.find(|way| other.ways.contains(way)).copied()
    }
}

/// What a driver pushes in a horizon, and which way.
fn ways(assessment: &Assessment, driver: DriverId, horizon: HorizonId) -> Vec<Way> {
    let item = &assessment.drivers[driver];
    let h = horizon.index();
    let outcomes = assessment.outcomes.ids().map(Pushed::Outcome);
    let mut all: Vec<(Pushed, f64)> = outcomes.zip(own(assessment, item, horizon)).collect();
    for weight in &item.event_weights {
        let strength = weight.clause.values[h].as_ref().map_or(0.0, |n| n.point);
        let push = if weight.against { -strength } else { strength };
        all.push((Pushed::Event(weight.event), push));
    }
    for moved in &item.moves {
        let by = moved.clause.values[h].as_ref().map_or(0.0, |n| n.point);
        all.push((Pushed::Quantity(moved.quantity), by));
    }
    let pushed = all.into_iter().filter(|(_, push)| push.abs() > NOTHING);
    pushed
        .map(|(what, push)| (horizon, what, push > 0.0))
        .collect()
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
