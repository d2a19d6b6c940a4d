//! Whether the name at a place can be changed. Changing it is what `assess mv` does.

use super::names;
use super::{Analysis, Range};

/// The name at a byte and where it stands, where it is one that can be changed.
pub fn prepare(analysis: &Analysis, offset: usize) -> Option<(String, Range)> {
    let (name, range) = names::at(analysis, offset)?;
    names::declared(analysis)
        .contains_key(&name)
        .then_some((name, range))
}
