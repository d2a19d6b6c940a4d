//! Tests of `infer`.

mod agreement;
mod beyond;
mod conditionals;
mod confidence;
mod counted;
mod examined;
mod explain;
mod late;
mod limits;
mod lots;
pub(crate) mod oracle;
mod queries;
pub(crate) mod random;
mod rare;
pub(crate) mod read;
mod sampled;
mod settled;
mod spread;
mod transform;
