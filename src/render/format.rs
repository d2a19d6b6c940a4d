//! One way to write a result, and how one is chosen.

/// One way to write a result: `W` writes it, `M` is what its command asks of it besides.
pub struct Format<W, M = ()> {
    /// What `--format` takes.
    pub name: &'static str,
    /// Whether whoever reads it looks for files from the top of their repository, not from the
    /// folder that `assess` ran in.
    pub from_the_top: bool,
    /// What its command asks of it.
    pub more: M,
    /// Writes it.
    pub write: W,
}

impl<W> Format<W> {
    /// The format of that name.
    pub(crate) const fn new(name: &'static str, write: W) -> Self {
        Format::with(name, (), write)
    }

    /// The format of that name, for readers who look for files from the top of their repository.
    pub(crate) const fn from_the_top(name: &'static str, write: W) -> Self {
        let from_the_top = true;
        Format {
            name,
            from_the_top,
            more: (),
            write,
        }
    }
}

impl<W, M> Format<W, M> {
    /// The format of that name, with what its command asks of it.
    pub(crate) const fn with(name: &'static str, more: M, write: W) -> Self {
        let from_the_top = false;
        Format {
            name,
            from_the_top,
            more,
            write,
        }
    }
}

/// The format of a name.
pub fn find<W, M>(formats: &'static [Format<W, M>], name: &str) -> Option<&'static Format<W, M>> {
    formats.iter().find(|format| format.name == name)
}

/// The format of a name; the first, which is the default, where it has none.
pub fn pick<W, M>(formats: &'static [Format<W, M>], name: &str) -> &'static Format<W, M> {
    find(formats, name).unwrap_or(&formats[0])
}
