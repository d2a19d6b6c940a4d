//! Laws of attribution, over random files.
