//! The rule `files-disagree`; what finds it is in `lint::across`, since it takes two files.

rule! {
    /// Two files of one run give one thing yearly hazards more than three times apart.
    ///
    /// Who writes several files says the same things in them again, and updates one. Events, and the priors of final outcomes, that have
    /// one name and one `resolves` are compared at the horizons that are of nearest length, by the yearly
    /// hazard, so that half a year and three years can be held against each other: `4% by year` in `airline.assess` and `20% by year` in
    /// `airport.assess` are 5.5 times apart. It is reported in the file that comes later in order of path, with the other file named.
    ///
    /// An outcome without a `resolves` has that of its assessment. What is stated `given` something is not compared, nor what
    /// two files take from a third by `use`.
    ///
    /// Instead: state it once, in a file that both `use`; or, where the two differ in what they count, say so in
    /// `resolves`. The threshold is `factor`.
    FILES_DISAGREE = "files-disagree", Probability, Warning, fix: None,
    bad: [],
    good: [],
    needs: Others,
}
