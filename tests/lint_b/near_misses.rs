//! What comes near to a rule and must not fire it.
