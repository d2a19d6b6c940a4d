//! Tests of `infer`.

mod agreement;
mod explain;
mod limits;
pub(crate) mod oracle;
mod queries;
pub(crate) mod random;
pub(crate) mod read;
mod sampled;
mod spread;
