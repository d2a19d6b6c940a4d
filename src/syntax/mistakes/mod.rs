//! Mistakes that are explained: one file for each, with all that is known of it.
//!
//! In: a piece of the text that cannot be read, and what it should have been. Out: what to write, as a repair that is
//! tried by reading the piece again, or as the one diagnostic where no doubt is left. A mistake is a static: what is
//! written and what should have been, and the look at each place where it is made. To add one, add its file and one
//! word to the list below; what stands further up in the list is tried first.

mod looks;
mod piece;
#[cfg(test)]
mod tests;

pub(super) use looks::*;
pub(super) use piece::{Head, Key, Piece};

use super::broken_values::Want;
use super::grammar::Kind;
use super::recover::Repair;
use super::words::Clause;
use crate::diag::Diagnostic;
use piece::Gap;

/// A mistake that has an explanation of its own.
pub(super) struct Mistake {
    /// An item that makes it, and the same item as it is proposed.
    #[cfg_attr(not(test), allow(dead_code))]
    pub(super) pair: (&'static str, &'static str),
    /// Where it is made, and what finds it there.
    pub(super) made: &'static [Made],
}

/// A place, and what looks there for a mistake.
pub(super) enum Made {
    /// In an item whose keyword is right.
    Item(fn(&Piece<'_, '_>, &Head<'_>) -> Option<Repair>),
    /// In an item by its keyword, which is none.
    Keyword(fn(&Piece<'_, '_>, &str) -> Option<Repair>),
    /// In a clause whose key is right.
    Clause(fn(&Piece<'_, '_>, &Clause) -> Option<Repair>),
    /// In a clause by its key, which its block has not.
    Key(fn(&Piece<'_, '_>, &Key<'_>) -> Option<Repair>),
    /// In a value, where it leaves no doubt: nothing is read again.
    Said(fn(&Piece<'_, '_>, Want) -> Option<Diagnostic>),
    /// In a value.
    Value(fn(&Piece<'_, '_>, Want) -> Option<Repair>),
    /// Between a value and its horizon, or between two values.
    Between(fn(&Piece<'_, '_>, &Gap<'_>) -> Option<Repair>),
    /// In a condition.
    Condition(fn(&Piece<'_, '_>) -> Option<Repair>),
    /// In a condition that is looked at in each horizon by itself.
    Timeless(fn(&Piece<'_, '_>) -> Option<Repair>),
    /// In a query.
    Query(fn(&Piece<'_, '_>) -> Option<Repair>),
    /// In the query of an expectation that cannot be read as a whole.
    Asked(fn(&Piece<'_, '_>) -> Option<Repair>),
    /// In what an expectation demands.
    Demand(fn(&Piece<'_, '_>) -> Option<Repair>),
    /// In a price.
    Price(fn(&Piece<'_, '_>) -> Option<Repair>),
    /// In the extent of a horizon.
    Extent(fn(&Piece<'_, '_>) -> Option<Repair>),
    /// In what is stated of a quantity, or a move of it.
    Figures(fn(&Piece<'_, '_>, Kind) -> Option<Repair>),
    /// In a text.
    Text(fn(&Piece<'_, '_>, Kind) -> Option<Repair>),
    /// In a date.
    Date(fn(&Piece<'_, '_>) -> Option<Repair>),
    /// In what a clause says, where several readings are left: nothing is read again.
    Unsure(fn(&Piece<'_, '_>, Kind) -> Option<Diagnostic>),
    /// In one word of several that are possible.
    Option(fn(&Piece<'_, '_>, Kind) -> Option<Repair>),
}

/// Declares the modules, and the list in which they stand.
macro_rules! mistakes {
    ($($name:ident),* $(,)?) => {
        $(mod $name;)*

        /// Every mistake, in the order in which they are looked for.
        static ALL: &[&Mistake] = &[$(&$name::MISTAKE),*];
    };
}

mistakes! {
    // Items, and the query of an expectation.
    final_alone, plural_item, question_with_date, prior_if, decided, misspelt_item, chain, key_judgement, section_by_title, item_called_otherwise, title_first, condition_in_block, colon_for_block, nameless, only_titled,
    name_of_words, untitled, unquoted_title, titled_by_name, head_colon, leads_where, sign_for_colon, query_end, query_day, query_over, given_first, statistic,
    spoken_bound, query_preposition,
    // Clauses; a missing colon is one of items too.
    weight_unsaid, weight_order, weight_not, weight_way, weight_of_nothing, weight_without_way, joined_outcomes, if_false, guard, time_before_colon,
    evidence_colon, unquoted_evidence, missing_colon,
    stated_without_in, unknown_key,
    // Items again: what is tried last.
    overlap_order, overlap_amount, after_name,
    // Values that leave no doubt.
    recurrence, even_chance, odds, time_from_now, which_day, bound, rate, word_range, end_of, no_such_time, slip, within,
    // Expectations and prices, which then are values.
    odds_demanded, sign_of_bound,
    // Extents, which then are values.
    extent, spoken_dates, open_extent, open_above, until_spoken, from_now,
    // Figures of quantities, and values.
    told_move, plus_minus, dash, bracketed, range_from, equals, roughly, one_sided, per_cent, bare_point, quoted,
    ratio_told, horizon_first, onwards, time_first, fraction, vague_date, spoken_date, other_preposition, missing_by, missing_comma,
    // Conditions.
    counted_of, spoken_condition, signs, needless_if, list, dangling, parentheses, timed,
    // Texts, dates, words.
    unquoted_text, inner_quotes, spoken_day, spelt_option,
}
