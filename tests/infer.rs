//! Tests of `infer`.

mod agreement;
mod confidence;
mod explain;
mod limits;
mod lots;
mod late;
pub(crate) mod oracle;
mod queries;
pub(crate) mod random;
mod rare;
pub(crate) mod read;
mod sampled;
mod spread;
