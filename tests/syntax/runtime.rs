//! What runs the generated parser reads as pest's own runtime does, and expects the same where a text ends too soon.

use sides::{Read, ours, theirs};

/// Rules with every operator that the grammar has: one and the same text, compiled against either runtime.
macro_rules! side {
    ($pest:ident, $read:item) => {
        use $pest::{Atomicity, ParseResult, ParserState};

        type State<'i> = Box<ParserState<'i, Rule>>;

        fn name(state: State<'_>) -> ParseResult<State<'_>> {
            state.rule(Rule::Name, |state| {
                state.atomic(Atomicity::Atomic, |state| {
                    state.sequence(|state| letter(state).and_then(|state| state.repeat(letter)))
                })
            })
        }

        fn letter(state: State<'_>) -> ParseResult<State<'_>> {
            state
                .match_range('a'..'c')
                .or_else(|state| state.match_range('\u{e0}'..'\u{ff}'))
        }

        fn word(state: State<'_>) -> ParseResult<State<'_>> {
            state.rule(Rule::Word, |state| {
                state.match_char_by($pest::unicode::XID_START)
            })
        }

        fn end(state: State<'_>) -> ParseResult<State<'_>> {
            state.rule(Rule::End, |state| state.match_string(";"))
        }

        fn wrap(state: State<'_>) -> ParseResult<State<'_>> {
            state.rule(Rule::Wrap, end)
        }

        fn tail(state: State<'_>) -> ParseResult<State<'_>> {
            state.rule(Rule::Tail, |state| state.match_string("1"))
        }

        fn close(state: State<'_>) -> ParseResult<State<'_>> {
            state.rule(Rule::Close, |state| state.match_string(")"))
        }

        fn group(state: State<'_>) -> ParseResult<State<'_>> {
            state.atomic(Atomicity::CompoundAtomic, |state| {
                state.rule(Rule::Group, |state| {
                    state.sequence(|state| {
                        state
                            .match_string("(")
                            .and_then(|state| state.repeat(|state| item(state)))
                            .and_then(|state| state.lookahead(true, close))
                            .and_then(|state| state.skip(1))
                    })
                })
            })
        }

        fn text(state: State<'_>) -> ParseResult<State<'_>> {
            state.rule(Rule::Text, |state| {
                state.atomic(Atomicity::Atomic, |state| {
                    state.sequence(|state| {
                        state
                            .match_string("\"")
                            .and_then(|state| state.lookahead(false, end))
                            .and_then(|state| state.optional(group))
                            .and_then(|state| state.skip_until(&["\"", "\n"]))
                            .and_then(|state| state.match_string("\""))
                    })
                })
            })
        }

        fn item(state: State<'_>) -> ParseResult<State<'_>> {
            state
                .sequence(|state| {
                    name(state).and_then(|state| {
                        state.lookahead(false, |state| state.lookahead(false, end).and_then(tail))
                    })
                })
                .or_else(|state| group(state))
                .or_else(|state| text(state))
                .or_else(|state| {
                    state.sequence(|state| {
                        word(state)
                            .and_then(|state| state.optional(name))
                            .and_then(wrap)
                    })
                })
        }

        fn file(state: State<'_>) -> ParseResult<State<'_>> {
            state.rule(Rule::File, |state| {
                state.sequence(|state| {
                    state
                        .start_of_input()
                        .and_then(|state| state.repeat(|state| item(state)))
                        .and_then(|state| state.rule(Rule::Eoi, |state| state.end_of_input()))
                })
            })
        }

        $read
    };
}

mod sides {
    /// The rules.
    #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
    pub(super) enum Rule {
        Name,
        Word,
        End,
        Wrap,
        Close,
        Tail,
        Group,
        Text,
        File,
        Eoi,
    }

    /// The nodes in preorder; or how far it went, and what was expected there.
    pub(super) type Read = Result<Vec<(Rule, usize, usize)>, (usize, Vec<Rule>)>;

    pub(super) mod ours {
        use super::{Read, Rule};

        side!(
            pest,
            pub(in super::super) fn read(text: &str) -> Read {
                match pest::state(text, file) {
                    Ok(pairs) => {
                        let each = pairs.nodes.iter();
                        Ok(each
                            .map(|n| (n.kind, n.start as usize, n.end as usize))
                            .collect())
                    }
                    Err(error) => Err((error.at, error.expected)),
                }
            }
        );
    }

    pub(super) mod theirs {
        use super::{Read, Rule};
        use real_pest::error::{ErrorVariant, InputLocation};
        use real_pest::iterators::Pair;

        side!(
            real_pest,
            pub(in super::super) fn read(text: &str) -> Read {
                fn add(pair: Pair<'_, Rule>, nodes: &mut Vec<(Rule, usize, usize)>) {
                    let span = pair.as_span();
                    nodes.push((pair.as_rule(), span.start(), span.end()));
                    pair.into_inner().for_each(|inner| add(inner, nodes));
                }
                match real_pest::state(text, file) {
                    Ok(pairs) => {
                        let mut nodes = Vec::new();
                        pairs.for_each(|pair| add(pair, &mut nodes));
                        Ok(nodes)
                    }
                    Err(error) => {
                        let InputLocation::Pos(at) = error.location else {
                            panic!("a span")
                        };
                        let ErrorVariant::ParsingError { positives, .. } = error.variant else {
                            panic!("a message")
                        };
                        Err((at, positives))
                    }
                }
            }
        );
    }
}

#[test]
fn reads_as_pest_does() {
    const SIGNS: [char; 12] = ['a', 'b', 'c', 'é', 'x', '×', '(', ')', ';', '"', '\n', '1'];
    let (mut read, mut refused) = (0, 0);
    // Every text of up to four signs.
    for length in 0..=4u32 {
        for mut number in 0..SIGNS.len().pow(length) {
            let mut text = String::new();
            for _ in 0..length {
                text.push(SIGNS[number % SIGNS.len()]);
                number /= SIGNS.len();
            }
            let found: Read = ours::read(&text);
            assert_eq!(found, theirs::read(&text), "{text:?}");
            match found {
                Ok(_) => read += 1,
                Err(_) => refused += 1,
            }
        }
    }
    assert!(
        read > 500 && refused > 500,
        "{read} read, {refused} refused"
    );
}
