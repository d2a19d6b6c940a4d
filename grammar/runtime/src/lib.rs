//! What a parser runs on that `pest_derive` has generated, in place of pest's own.
//!
//! In: the functions that the generator writes, and a text. Out: the nodes in preorder, or the furthest place that was
//! reached and what was expected there, as pest would say it. Nothing here but what the grammar's operators need: no stack of
//! texts, no tags, no implicit blanks. What pest keeps for its messages is kept only once a text has not been read: then
//! it is read again.

mod attempts;
mod state;
pub mod unicode;

pub use state::ParserState;
#[cfg(feature = "steps")]
pub use state::set_call_limit;

/// What every operator returns: the state, whether it went on or not.
pub type ParseResult<S> = Result<S, S>;

/// How a rule treats what stands below it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Atomicity {
    /// It is one node.
    Atomic,
    /// It has nodes below it.
    CompoundAtomic,
}

/// A parser that was generated.
pub trait Parser<R: RuleType> {
    /// Reads the whole of a text by a rule.
    ///
    /// # Errors
    ///
    /// Where the text is something else.
    fn parse(rule: R, input: &str) -> Result<iterators::Pairs<'_, R>, error::Error<R>>;
}

/// What a rule is.
pub trait RuleType: Copy + Ord {}

impl<T: Copy + Ord> RuleType for T {}

/// One node: where it stands, and where its subtree ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Node<R> {
    /// Its first byte.
    pub start: u32,
    /// The byte behind it.
    pub end: u32,
    /// The first node behind its subtree.
    pub next: u32,
    /// The rule that read it.
    pub kind: R,
}

/// What was read, by the names that pest has for it.
pub mod iterators {
    use super::Node;
    use std::marker::PhantomData;

    /// All nodes of a text, in preorder.
    #[derive(Debug)]
    pub struct Pairs<'i, R> {
        /// The nodes.
        pub nodes: Vec<Node<R>>,
        pub(crate) text: PhantomData<&'i str>,
    }
}

/// Why a text was not read, by the name that pest has for it.
pub mod error {
    /// The furthest place that was reached.
    #[derive(Debug, Clone)]
    pub struct Error<R> {
        /// Its byte.
        pub at: usize,
        /// What might have stood there.
        pub expected: Vec<R>,
    }
}

/// Reads a text by a function that was generated.
///
/// # Errors
///
/// Where the text is something else.
pub fn state<'i, R: RuleType>(
    input: &'i str,
    read: impl Fn(Box<ParserState<'i, R>>) -> ParseResult<Box<ParserState<'i, R>>>,
) -> Result<iterators::Pairs<'i, R>, error::Error<R>> {
    match read(ParserState::new(input, false)) {
        Ok(state) => Ok(state.pairs()),
        Err(_) => match read(ParserState::new(input, true)) {
            Ok(state) => Ok(state.pairs()),
            Err(state) => Err(state.error()),
        },
    }
}
