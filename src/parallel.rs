//! Work on all threads, or on one.
//!
//! In: what rayon takes. Out: the same results in the same order. With the feature `parallel` this is
//! rayon; without it, iterators of the same names go through the items one after another.

#[cfg(feature = "parallel")]
pub(crate) use rayon::prelude::*;

/// Does two things at once.
#[cfg(all(feature = "parallel", feature = "tables"))]
pub(crate) use rayon::join;

#[cfg(not(feature = "parallel"))]
pub(crate) use serial::{IntoSerial, Slices};

#[cfg(not(feature = "parallel"))]
mod serial {
    /// Items that are gone through one after another.
    pub(crate) struct Serial<I>(I);

    /// Whatever can be iterated over.
    pub(crate) trait IntoSerial: IntoIterator + Sized {
        /// Goes through the items by value.
        fn into_par_iter(self) -> Serial<Self::IntoIter> {
            Serial(self.into_iter())
        }
    }

    impl<T: IntoIterator> IntoSerial for T {}

    /// Slices.
    pub(crate) trait Slices<T> {
        /// Goes through the items.
        fn par_iter(&self) -> Serial<std::slice::Iter<'_, T>>;
        /// Goes through so many items at once.
        fn par_chunks(&self, size: usize) -> Serial<std::slice::Chunks<'_, T>>;
        /// The same, to be changed.
        fn par_chunks_mut(&mut self, size: usize) -> Serial<std::slice::ChunksMut<'_, T>>;
    }

    impl<T> Slices<T> for [T] {
        fn par_iter(&self) -> Serial<std::slice::Iter<'_, T>> {
            Serial(self.iter())
        }

        fn par_chunks(&self, size: usize) -> Serial<std::slice::Chunks<'_, T>> {
            Serial(self.chunks(size))
        }

        fn par_chunks_mut(&mut self, size: usize) -> Serial<std::slice::ChunksMut<'_, T>> {
            Serial(self.chunks_mut(size))
        }
    }

    impl<I: Iterator> Serial<I> {
        pub(crate) fn enumerate(self) -> Serial<std::iter::Enumerate<I>> {
            Serial(self.0.enumerate())
        }

        pub(crate) fn map<R>(
            self,
            work: impl FnMut(I::Item) -> R,
        ) -> Serial<impl Iterator<Item = R>> {
            Serial(self.0.map(work))
        }

        pub(crate) fn map_init<S, R>(
            self,
            init: impl FnOnce() -> S,
            mut work: impl FnMut(&mut S, I::Item) -> R,
        ) -> Serial<impl Iterator<Item = R>> {
            let mut state = init();
            Serial(self.0.map(move |item| work(&mut state, item)))
        }

        pub(crate) fn for_each(self, work: impl FnMut(I::Item)) {
            self.0.for_each(work);
        }

        pub(crate) fn try_for_each<E>(
            mut self,
            work: impl FnMut(I::Item) -> Result<(), E>,
        ) -> Result<(), E> {
            self.0.try_for_each(work)
        }

        pub(crate) fn try_for_each_init<S, E>(
            mut self,
            init: impl FnOnce() -> S,
            mut work: impl FnMut(&mut S, I::Item) -> Result<(), E>,
        ) -> Result<(), E> {
            let mut state = init();
            self.0.try_for_each(|item| work(&mut state, item))
        }

        pub(crate) fn collect<C: FromIterator<I::Item>>(self) -> C {
            self.0.collect()
        }
    }
}
