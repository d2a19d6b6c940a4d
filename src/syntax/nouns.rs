//! What every rule of the grammar is called when it is expected, in the reader's terms.
//!
//! In: kinds of nodes. Out: "a name or `(`". The table is exhaustive: a new rule of the grammar does not
//! compile without its words.

use super::grammar::Kind;

/// What might have stood where reading stopped, in the reader's terms: "a name or `(`".
pub(super) fn expected(kinds: &[Kind]) -> Option<String> {
    let mut nouns: Vec<&str> = Vec::new();
    for noun in kinds.iter().filter_map(|kind| noun(*kind)) {
        if !nouns.contains(&noun) {
            nouns.push(noun);
        }
    }
    let (last, rest) = nouns.split_last()?;
    Some(match rest {
        [] => (*last).to_owned(),
        rest => format!("{} or {last}", rest.join(", ")),
    })
}

/// What every clause is called.
const CLAUSE: &str = "a clause";

/// Whether a kind of node is a clause.
pub(crate) fn is_clause(kind: Kind) -> bool {
    noun(kind) == Some(CLAUSE)
}

/// What a rule of the grammar is called where it is expected; nothing where no reader needs it.
fn noun(kind: Kind) -> Option<&'static str> {
    Some(match kind {
        Kind::string => "a text in quotes",
        Kind::prose => "a text in quotes",
        Kind::name => "a name",
        Kind::option => "a word",
        Kind::head_names | Kind::names => "a name",
        Kind::value | Kind::values => "a value",
        Kind::number => "a number",
        Kind::percent => "`%`",
        Kind::ratio => "a ratio such as `10:1`",
        Kind::of => "`of` and a number",
        Kind::times => "`times in … years`",
        Kind::plus => "`+`",
        Kind::unit => "a unit",
        Kind::date => "a date such as `2025-03-01`",
        Kind::share => "a percentage",
        Kind::settled => "`on` and a date",
        Kind::at_by => "`by` and a horizon",
        Kind::at_in => "`in` and a horizon",
        Kind::term => "a word such as `likely`",
        Kind::prop => "a condition",
        Kind::group => "`(`",
        Kind::and_op => "`and`",
        Kind::or_op => "`or`",
        Kind::and_word => "a comma",
        Kind::not_op => "`not`",
        Kind::at_least => "`at least … of (…)`",
        Kind::query => "a query such as `exit by long`",
        Kind::given => "`given` and a condition",
        Kind::under => "`under` and a scenario or view",
        Kind::otherwise => "`otherwise`",
        Kind::until => "`until` and a date",
        Kind::floor => "`at least`",
        Kind::ceiling => "`at most`",
        Kind::no_less => "`>=`",
        Kind::no_more => "`<=`",
        Kind::target => "`=`",
        Kind::leads => "`leads`",
        Kind::above => "`above`",
        Kind::below => "`below`",
        Kind::against => "`for` or `against`",
        Kind::if_wrong => "`if wrong`",
        Kind::one_setting => "a name, with or without `not`",
        Kind::block | Kind::rows | Kind::asked | Kind::viewed => "`{`",
        Kind::wide => "a range",
        Kind::level => "`at` and a percentage",
        Kind::per => "`per year`",
        Kind::within => "`within` and a length of time",
        Kind::at_over => "`in any horizon` or `in every horizon`",
        Kind::any_of | Kind::every_of => "`any` or `every`",
        Kind::steps => "a value",
        Kind::row => "a word and a colon",
        Kind::final_word => "`final`",
        Kind::placeholder => "a placeholder",
        Kind::day_as_of => "`as of`",
        Kind::day_of => "`date of` and a name",
        Kind::day_when => "`when` and a name",
        Kind::figure | Kind::spread | Kind::points | Kind::shifts => "a number",
        Kind::measure => "a unit",
        Kind::share_beyond => "a share such as `15% below 2.0`",
        Kind::compared => "a comparison such as `below 2.0`",
        Kind::cmp_below | Kind::below_figure => "`below`",
        Kind::cmp_above | Kind::above_figure => "`above`",
        Kind::cmp_least => "`at least`",
        Kind::cmp_most => "`at most`",
        Kind::cmp_between => "`between`",
        Kind::statistic => "`mean of` or `median of`",
        Kind::always => "`is`",
        Kind::risk_cell => "a word, `and` and an impact",
        Kind::assessment
        | Kind::horizon
        | Kind::outcome
        | Kind::prior
        | Kind::event
        | Kind::factor
        | Kind::change
        | Kind::assumption
        | Kind::scenario
        | Kind::bet
        | Kind::expect
        | Kind::section
        | Kind::use_item
        | Kind::exclusive
        | Kind::overlap
        | Kind::scale
        | Kind::strengths
        | Kind::resolved
        | Kind::question
        | Kind::condition
        | Kind::implies
        | Kind::view
        | Kind::pool
        | Kind::judgement
        | Kind::quantity
        | Kind::impacts
        | Kind::risk
        | Kind::asked_outcome
        | Kind::item
        | Kind::nested => "an item",
        Kind::weight
        | Kind::chance
        | Kind::holds
        | Kind::evidence
        | Kind::count
        | Kind::likelihood
        | Kind::when
        | Kind::set
        | Kind::on
        | Kind::price
        | Kind::confidence
        | Kind::rated
        | Kind::dated
        | Kind::as_of
        | Kind::scale_clause
        | Kind::strengths_clause
        | Kind::tags
        | Kind::author
        | Kind::marking
        | Kind::lang
        | Kind::source
        | Kind::note
        | Kind::resolves
        | Kind::context
        | Kind::once
        | Kind::counts_in
        | Kind::says
        | Kind::rests_on
        | Kind::left_out
        | Kind::pool_of
        | Kind::pool_weights
        | Kind::pool_method
        | Kind::extremise
        | Kind::move_clause
        | Kind::stated
        | Kind::unit_clause
        | Kind::shape
        | Kind::cuts
        | Kind::value_clause
        | Kind::impact
        | Kind::clause
        | Kind::view_clause
        | Kind::row_clause => CLAUSE,
        // Blanks, lists' inner rules, entries and what broke: nobody is told to write those.
        Kind::EOI
        | Kind::file
        | Kind::s
        | Kind::w
        | Kind::q
        | Kind::comment
        | Kind::head
        | Kind::head_end
        | Kind::asked_end
        | Kind::step
        | Kind::point
        | Kind::shift
        | Kind::resolution
        | Kind::item_start
        | Kind::missing_brace
        | Kind::clause_start
        | Kind::colon
        | Kind::plain
        | Kind::clause_end
        | Kind::list_sep
        | Kind::value_end
        | Kind::timed
        | Kind::one_name
        | Kind::plain_number
        | Kind::pair
        | Kind::setting
        | Kind::amount
        | Kind::at
        | Kind::stop
        | Kind::more_unit
        | Kind::per_what
        | Kind::operand
        | Kind::test
        | Kind::prose_value
        | Kind::block_text
        | Kind::line_text
        | Kind::broken_placeholder
        | Kind::word_char
        | Kind::word_part
        | Kind::word_start
        | Kind::quoted
        | Kind::braced
        | Kind::next_line
        | Kind::broken_value
        | Kind::broken_rest
        | Kind::broken_clause
        | Kind::broken_item
        | Kind::stray
        | Kind::only_item
        | Kind::only_clause
        | Kind::only_row
        | Kind::only_values
        | Kind::only_value
        | Kind::only_names
        | Kind::only_prop
        | Kind::only_query
        | Kind::only_set
        | Kind::only_expect
        | Kind::only_until
        | Kind::goal
        | Kind::only_placeholder => return None,
    })
}
