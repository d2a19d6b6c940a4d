//! The operators of the grammar.
//!
//! In: a place in a text. Out: the place behind what was read, and the nodes of it; where that fails, the place and the
//! nodes from before, as far as the operators that a sequence stands in need them.

use super::attempts::{Attempts, Before};
use super::error::Error;
use super::iterators::Pairs;
use super::{Atomicity, Node, ParseResult, RuleType};
use std::marker::PhantomData;
use std::ops::Range;

/// Looking ahead: nothing that is read there is a node.
const AHEAD: u8 = 1;
/// What is looked for must not be there.
const NEGATIVE: u8 = 2;
/// In a rule that is one node.
const ATOMIC: u8 = 4;

/// What no text is long enough for: texts are bounded before they are read.
const TOO_LONG: &str = "a text of less than 4 GB";

#[cfg(feature = "steps")]
static LIMIT: std::sync::atomic::AtomicUsize = std::sync::atomic::AtomicUsize::new(0);

/// Bounds the steps of every parse from now on, in the whole process: past them nothing is read.
#[cfg(feature = "steps")]
pub fn set_call_limit(limit: Option<std::num::NonZeroUsize>) {
    let limit = limit.map_or(0, std::num::NonZeroUsize::get);
    LIMIT.store(limit, std::sync::atomic::Ordering::Relaxed);
}

/// A text that is being read.
#[derive(Debug)]
pub struct ParserState<'i, R> {
    text: &'i str,
    at: usize,
    nodes: Vec<Node<R>>,
    /// Whether nodes are made, and whether what is tried is wanted.
    mode: u8,
    /// Whether it is kept what is tried.
    telling: bool,
    attempts: Attempts<R>,
    #[cfg(feature = "steps")]
    left: usize,
}

impl<'i, R: RuleType> ParserState<'i, R> {
    pub(crate) fn new(text: &'i str, telling: bool) -> Box<Self> {
        Box::new(ParserState {
            text,
            at: 0,
            nodes: Vec::with_capacity(text.len() / 8),
            mode: 0,
            telling,
            attempts: Attempts::new(),
            #[cfg(feature = "steps")]
            left: match LIMIT.load(std::sync::atomic::Ordering::Relaxed) {
                0 => usize::MAX,
                limit => limit,
            },
        })
    }

    pub(crate) fn pairs(self) -> Pairs<'i, R> {
        Pairs {
            nodes: self.nodes,
            text: PhantomData,
        }
    }

    pub(crate) fn error(self) -> Error<R> {
        let mut expected = self.attempts.wanted;
        expected.sort();
        expected.dedup();
        Error {
            at: self.attempts.at,
            expected,
        }
    }

    /// Whether there are steps left.
    #[inline]
    fn is_spent(&mut self) -> bool {
        #[cfg(feature = "steps")]
        {
            self.left = self.left.saturating_sub(1);
            self.left == 0
        }
        #[cfg(not(feature = "steps"))]
        false
    }

    /// Where the text is, as a node has it.
    #[inline]
    fn place(&self) -> u32 {
        debug_assert!(u32::try_from(self.at).is_ok(), "{TOO_LONG}");
        self.at as u32
    }

    /// Nothing: texts are bounded in depth before they are read.
    ///
    /// # Errors
    ///
    /// None.
    #[inline]
    pub fn check_stack_limit(self: Box<Self>) -> ParseResult<Box<Self>> {
        Ok(self)
    }

    /// What a rule reads, as a node.
    ///
    /// # Errors
    ///
    /// Where something else stands.
    #[inline]
    pub fn rule<F>(mut self: Box<Self>, rule: R, read: F) -> ParseResult<Box<Self>>
    where
        F: FnOnce(Box<Self>) -> ParseResult<Box<Self>>,
    {
        if self.is_spent() {
            return Err(self);
        }
        let start = self.at;
        let index = self.nodes.len();
        let is_node = self.mode & (AHEAD | ATOMIC) == 0;
        let before = match self.telling {
            true => self.attempts.before(start),
            false => Before::default(),
        };
        if is_node {
            let start = self.place();
            self.nodes.push(Node {
                start,
                end: start,
                next: 0,
                kind: rule,
            });
        }
        match read(self) {
            Ok(mut state) => {
                if state.telling && state.mode & (NEGATIVE | ATOMIC) == NEGATIVE {
                    state.attempts.add(rule, start, before, true);
                }
                if is_node {
                    let (end, next) = (state.place(), state.nodes.len() as u32);
                    if let Some(node) = state.nodes.get_mut(index) {
                        node.end = end;
                        node.next = next;
                    }
                }
                Ok(state)
            }
            Err(mut state) => {
                if state.telling && state.mode & (NEGATIVE | ATOMIC) == 0 {
                    state.attempts.add(rule, start, before, false);
                }
                if is_node {
                    state.nodes.truncate(index);
                }
                Err(state)
            }
        }
    }

    /// Several things, all of them or none.
    ///
    /// # Errors
    ///
    /// Where one of them is missing.
    #[inline]
    pub fn sequence<F>(mut self: Box<Self>, read: F) -> ParseResult<Box<Self>>
    where
        F: FnOnce(Box<Self>) -> ParseResult<Box<Self>>,
    {
        if self.is_spent() {
            return Err(self);
        }
        let (at, nodes) = (self.at, self.nodes.len());
        match read(self) {
            Ok(state) => Ok(state),
            Err(mut state) => {
                state.at = at;
                state.nodes.truncate(nodes);
                Err(state)
            }
        }
    }

    /// As many as there are.
    ///
    /// # Errors
    ///
    /// None, but where steps are bounded.
    #[inline]
    pub fn repeat<F>(mut self: Box<Self>, mut read: F) -> ParseResult<Box<Self>>
    where
        F: FnMut(Box<Self>) -> ParseResult<Box<Self>>,
    {
        if self.is_spent() {
            return Err(self);
        }
        let mut state = self;
        loop {
            match read(state) {
                Ok(more) => state = more,
                Err(mut last) => {
                    return match cfg!(feature = "steps") && last.is_spent() {
                        true => Err(last),
                        false => Ok(last),
                    };
                }
            }
        }
    }

    /// What may be left out.
    ///
    /// # Errors
    ///
    /// None, but where steps are bounded.
    #[inline]
    pub fn optional<F>(mut self: Box<Self>, read: F) -> ParseResult<Box<Self>>
    where
        F: FnOnce(Box<Self>) -> ParseResult<Box<Self>>,
    {
        if self.is_spent() {
            return Err(self);
        }
        match read(self) {
            Ok(state) | Err(state) => Ok(state),
        }
    }

    /// What must stand ahead, or must not; nothing is read.
    ///
    /// # Errors
    ///
    /// Where it does not, or does.
    #[inline]
    pub fn lookahead<F>(mut self: Box<Self>, is_positive: bool, read: F) -> ParseResult<Box<Self>>
    where
        F: FnOnce(Box<Self>) -> ParseResult<Box<Self>>,
    {
        if self.is_spent() {
            return Err(self);
        }
        let (at, mode) = (self.at, self.mode);
        let turned = match is_positive {
            true => mode,
            false => mode ^ NEGATIVE,
        };
        self.mode = turned | AHEAD;
        let (found, mut state) = match read(self) {
            Ok(state) => (true, state),
            Err(state) => (false, state),
        };
        state.at = at;
        state.mode = mode;
        match found == is_positive && !(cfg!(feature = "steps") && state.is_spent()) {
            true => Ok(state),
            false => Err(state),
        }
    }

    /// With nodes below, or without.
    ///
    /// # Errors
    ///
    /// Where something else stands.
    #[inline]
    pub fn atomic<F>(mut self: Box<Self>, atomicity: Atomicity, read: F) -> ParseResult<Box<Self>>
    where
        F: FnOnce(Box<Self>) -> ParseResult<Box<Self>>,
    {
        if self.is_spent() {
            return Err(self);
        }
        let mode = self.mode;
        self.mode = match atomicity {
            Atomicity::Atomic => mode | ATOMIC,
            Atomicity::CompoundAtomic => mode & !ATOMIC,
        };
        match read(self) {
            Ok(mut state) => {
                state.mode = mode;
                Ok(state)
            }
            Err(mut state) => {
                state.mode = mode;
                Err(state)
            }
        }
    }

    #[inline]
    fn rest(&self) -> &'i [u8] {
        self.text.as_bytes().get(self.at..).unwrap_or_default()
    }

    #[inline]
    fn next_char(&self) -> Option<char> {
        self.text.get(self.at..)?.chars().next()
    }

    /// A text as it stands.
    ///
    /// # Errors
    ///
    /// Where another stands.
    #[inline]
    pub fn match_string(mut self: Box<Self>, string: &str) -> ParseResult<Box<Self>> {
        match self.rest().starts_with(string.as_bytes()) {
            true => {
                self.at += string.len();
                Ok(self)
            }
            false => Err(self),
        }
    }

    /// A character from one to another, both included.
    ///
    /// # Errors
    ///
    /// Where another stands.
    #[inline]
    pub fn match_range(self: Box<Self>, range: Range<char>) -> ParseResult<Box<Self>> {
        if range.end.is_ascii() {
            let (first, last) = (range.start as u8, range.end as u8);
            let mut state = self;
            return match state.rest().first() {
                Some(byte) if (first..=last).contains(byte) => {
                    state.at += 1;
                    Ok(state)
                }
                _ => Err(state),
            };
        }
        self.match_char_by(|c| range.start <= c && c <= range.end)
    }

    /// A character of a class.
    ///
    /// # Errors
    ///
    /// Where another stands.
    #[inline]
    pub fn match_char_by<F>(mut self: Box<Self>, is: F) -> ParseResult<Box<Self>>
    where
        F: FnOnce(char) -> bool,
    {
        let (c, length) = match self.rest().first() {
            None => return Err(self),
            Some(byte) if byte.is_ascii() => (char::from(*byte), 1),
            Some(_) => match self.next_char() {
                Some(c) => (c, c.len_utf8()),
                None => return Err(self),
            },
        };
        match is(c) {
            true => {
                self.at += length;
                Ok(self)
            }
            false => Err(self),
        }
    }

    /// So many characters, whichever they are.
    ///
    /// # Errors
    ///
    /// Where the text has fewer.
    #[inline]
    pub fn skip(mut self: Box<Self>, count: usize) -> ParseResult<Box<Self>> {
        let from = self.at;
        for _ in 0..count {
            match self.next_char() {
                Some(c) => self.at += c.len_utf8(),
                None => {
                    self.at = from;
                    return Err(self);
                }
            }
        }
        Ok(self)
    }

    /// All up to the first of some texts, or to the end.
    ///
    /// # Errors
    ///
    /// None.
    #[inline]
    pub fn skip_until(mut self: Box<Self>, strings: &[&str]) -> ParseResult<Box<Self>> {
        self.at = until(self.text, self.at, strings);
        Ok(self)
    }

    /// The text's beginning.
    ///
    /// # Errors
    ///
    /// Elsewhere.
    #[inline]
    pub fn start_of_input(self: Box<Self>) -> ParseResult<Box<Self>> {
        match self.at == 0 {
            true => Ok(self),
            false => Err(self),
        }
    }

    /// The text's end.
    ///
    /// # Errors
    ///
    /// Elsewhere.
    #[inline]
    pub fn end_of_input(self: Box<Self>) -> ParseResult<Box<Self>> {
        match self.at == self.text.len() {
            true => Ok(self),
            false => Err(self),
        }
    }
}

/// Where the first of some texts stands from a place on; the text's end where none does.
fn until(text: &str, from: usize, strings: &[&str]) -> usize {
    let bytes = text.as_bytes();
    let mut at = from;
    while let Some(rest) = bytes.get(at..) {
        let firsts = |n: usize| strings.get(n).and_then(|s| s.as_bytes().first());
        let found = match (firsts(0), firsts(1), firsts(2), strings.len()) {
            (Some(a), _, _, 1) => memchr::memchr(*a, rest),
            (Some(a), Some(b), _, 2) => memchr::memchr2(*a, *b, rest),
            (Some(a), Some(b), Some(c), 3) => memchr::memchr3(*a, *b, *c, rest),
            _ => (0..rest.len()).find(|i| begins(&rest[*i..], strings)),
        };
        let Some(found) = found else {
            break;
        };
        at += found;
        if begins(&bytes[at..], strings) {
            return at;
        }
        at += 1;
    }
    bytes.len()
}

fn begins(bytes: &[u8], strings: &[&str]) -> bool {
    strings.iter().any(|s| bytes.starts_with(s.as_bytes()))
}
