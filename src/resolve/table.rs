//! Tables in the file's order, indexed by typed ids and by name.
//!
//! In: names and entries. Out: `table[id]`, `table.id("name")`, iteration in the file's order.

use crate::text::hashed::Named;
use std::marker::PhantomData;
use std::ops::{Index, IndexMut};

/// The position of an entry in its table; another type for each kind of thing.
pub trait Id: Copy + Eq + Ord + std::hash::Hash + std::fmt::Debug {
    /// The id of a position.
    fn new(index: usize) -> Self;
    /// The position.
    fn index(self) -> usize;
}

/// Declares an id type.
macro_rules! id {
    ($($(#[$doc:meta])+ $name:ident),* $(,)?) => {$(
        $(#[$doc])+
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(pub u32);

        impl $crate::resolve::table::Id for $name {
            fn new(index: usize) -> Self {
                $name(index as u32)
            }
            fn index(self) -> usize {
                self.0 as usize
            }
        }
    )*};
}
pub(crate) use id;

/// Entries by name, in the file's order.
#[derive(Debug, Clone)]
pub struct Table<I, T> {
    entries: Named<String, T>,
    id: PhantomData<I>,
}

impl<I: Id, T> Table<I, T> {
    /// An empty table.
    pub fn new() -> Self {
        Table {
            entries: Named::default(),
            id: PhantomData,
        }
    }

    /// Adds an entry; its name must be new, which the caller has checked.
    pub fn insert(&mut self, name: impl Into<String>, entry: T) -> I {
        let (index, old) = self.entries.insert_full(name.into(), entry);
        debug_assert!(old.is_none(), "a name was added twice");
        I::new(index)
    }

    /// The id of a name.
    pub fn id(&self, name: &str) -> Option<I> {
        self.entries.get_index_of(name).map(I::new)
    }

    /// The name of an id.
    pub fn name(&self, id: I) -> &str {
        self.entries
            .get_index(id.index())
            .map_or("", |(name, _)| name)
    }

    /// How many entries there are.
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// The ids in order.
    pub fn ids(
        &self,
    ) -> impl DoubleEndedIterator<Item = I> + ExactSizeIterator + Clone + use<I, T> {
        (0..self.entries.len()).map(I::new)
    }

    /// Ids and entries in order.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = (I, &T)> + ExactSizeIterator {
        self.entries
            .values()
            .enumerate()
            .map(|(i, t)| (I::new(i), t))
    }

    /// The entries in order.
    pub fn values(&self) -> impl DoubleEndedIterator<Item = &T> + ExactSizeIterator {
        self.entries.values()
    }

    /// The names in order.
    pub fn names(&self) -> impl DoubleEndedIterator<Item = &str> + ExactSizeIterator {
        self.entries.keys().map(String::as_str)
    }
}

impl<I: Id, T> Default for Table<I, T> {
    fn default() -> Self {
        Self::new()
    }
}

impl<I: Id, T> Index<I> for Table<I, T> {
    type Output = T;
    fn index(&self, id: I) -> &T {
        &self.entries[id.index()]
    }
}

impl<I: Id, T> IndexMut<I> for Table<I, T> {
    fn index_mut(&mut self, id: I) -> &mut T {
        &mut self.entries[id.index()]
    }
}
