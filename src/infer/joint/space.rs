//! Where states stand: what is drawn spans axes, and a table has a cell for every combination of
//! their values.
//!
//! In: axes with their values. Out: places. Of one space another is a view, in which values that look
//! alike to somebody are one; the place of a cell in a view is a sum over its values.

use crate::limits;

/// What an axis may be at: a member of its node that is so, 0 for none.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub(super) struct Value {
    /// Which, when the horizon began.
    pub before: u16,
    /// Which, now.
    pub state: u16,
    /// What else is remembered: a case or a clock of its node.
    pub memo: u32,
}

impl Value {
    /// What has been so for longer than this horizon.
    pub(super) fn still(state: u16, memo: u32) -> Value {
        Value {
            before: state,
            state,
            memo,
        }
    }

    /// The same when nobody asks any more what was before.
    pub(super) fn settled(self) -> Value {
        Value {
            before: self.state,
            ..self
        }
    }
}

/// The values of one node.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Axis {
    pub node: usize,
    pub values: Vec<Value>,
}

/// Several axes; the first changes fastest.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Space {
    pub axes: Vec<Axis>,
}

/// More places than are allowed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct TooLarge {
    /// The nodes that span them.
    pub nodes: Vec<usize>,
}

impl Space {
    /// How many places there are; no more than the limit, if it was checked.
    pub(super) fn size(&self) -> usize {
        let sizes = self.axes.iter().map(|a| a.values.len());
        sizes.fold(1, usize::saturating_mul)
    }

    /// The places, if they are few enough.
    pub(super) fn checked(self) -> Result<Space, TooLarge> {
        match self.size() <= limits::JOINT_CELLS {
            true => Ok(self),
            false => Err(TooLarge {
                nodes: self.axes.iter().map(|a| a.node).collect(),
            }),
        }
    }

    pub(super) fn position(&self, node: usize) -> Option<usize> {
        self.axes.iter().position(|a| a.node == node)
    }

    /// The values at a place, one for each axis.
    pub(super) fn values(&self, mut place: usize, out: &mut Vec<Value>) {
        out.clear();
        for axis in &self.axes {
            out.push(axis.values[place % axis.values.len()]);
            place /= axis.values.len();
        }
    }
}

/// A space as someone sees it.
#[derive(Debug, Clone, Default)]
pub(super) struct View {
    /// What is told apart: one value for each.
    pub space: Space,
    /// By axis of the space that is seen, what each of its values adds to the place; none where all
    /// look alike.
    adds: Vec<Vec<u32>>,
    sizes: Vec<usize>,
}

impl View {
    /// A space in which of each axis only what `key` tells apart counts; `None` where nothing does.
    pub(super) fn new<K: PartialEq>(
        space: &Space,
        key: impl Fn(usize) -> Option<Box<dyn Fn(&Value) -> K>>,
    ) -> Result<View, TooLarge> {
        let mut seen = Space::default();
        let mut digits = Vec::new();
        for axis in &space.axes {
            let Some(key) = key(axis.node) else {
                digits.push(None);
                continue;
            };
            let mut kept: Vec<(K, Value)> = Vec::new();
            let mut list = Vec::with_capacity(axis.values.len());
            for value in &axis.values {
                let k = key(value);
                let at = kept.iter().position(|(other, _)| *other == k);
                list.push(at.unwrap_or_else(|| {
                    kept.push((k, *value));
                    kept.len() - 1
                }));
            }
            digits.push(Some(list));
            seen.axes.push(Axis {
                node: axis.node,
                values: kept.into_iter().map(|k| k.1).collect(),
            });
        }
        let seen = seen.checked()?;
        let mut stride = 1;
        let mut axes = seen.axes.iter();
        let adds = digits.into_iter().map(|list| match list {
            None => Vec::new(),
            Some(list) => {
                let adds = list.iter().map(|d| (d * stride) as u32).collect();
                stride *= axes.next().map_or(1, |a| a.values.len());
                adds
            }
        });
        Ok(View {
            adds: adds.collect(),
            sizes: space.axes.iter().map(|a| a.values.len()).collect(),
            space: seen,
        })
    }

    pub(super) fn size(&self) -> usize {
        self.space.size()
    }

    /// What each value of an axis adds to the place; none where all look alike.
    pub(super) fn adds(&self, axis: usize) -> &[u32] {
        &self.adds[axis]
    }

    /// The axes of the space that it looks at.
    pub(super) fn looks(&self) -> impl DoubleEndedIterator<Item = usize> + '_ {
        let all = self.adds.iter().enumerate();
        all.filter(|(_, adds)| adds.iter().any(|a| *a > 0))
            .map(|(i, _)| i)
    }

    /// The place in the view of each place of the space, the axis at `skip` left out.
    pub(super) fn places(&self, skip: Option<usize>, out: &mut Vec<u32>) {
        self.first_places(self.sizes.len(), skip, out);
    }

    /// The same of the places that the first `axes` axes span, all others being at their first value.
    pub(super) fn first_places(&self, axes: usize, skip: Option<usize>, out: &mut Vec<u32>) {
        out.clear();
        out.push(0);
        let all = self.adds.iter().zip(&self.sizes).take(axes);
        for (i, (adds, size)) in all.enumerate() {
            if skip == Some(i) {
                continue;
            }
            let length = out.len();
            for v in 1..*size {
                match adds.get(v) {
                    Some(add) => {
                        for place in 0..length {
                            out.push(out[place] + add);
                        }
                    }
                    None => out.extend_from_within(..length),
                }
            }
            // The first value adds nothing: it is the first that was kept.
            debug_assert!(adds.first().is_none_or(|a| *a == 0));
        }
    }
}
