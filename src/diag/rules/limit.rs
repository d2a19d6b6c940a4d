//! The rule `limit`.

rule! {
    /// Something is larger, deeper or more numerous than `assess` takes on.
    ///
    /// No file may make a program hang or run out of memory. So there are limits, far above what an assessment
    /// needs: on a file's size, on nesting, on the number of things of a kind, and on how many uncertain
    /// things may matter together for an exact verdict. Numbers have limits, too: nobody can tell a weight of 300 dB from one
    /// of 400 dB, or a chance of one in a billion billions from none. The report states the limit and what it counted.
    ///
    /// Instead: split the file, leave out what moves nothing, or write a number within the limit.
    LIMIT = "limit", Error, Error, fix: None,
    bad: [],
    good: [],
}
