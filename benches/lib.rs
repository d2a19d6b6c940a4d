//! Nothing: the benches stand each for itself.
