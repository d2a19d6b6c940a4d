// The shape of `.assess` files: items, blocks and clauses, whatever their words are, so that what the
// language comes to say is read as it is. What a clause may say is for `assess` to judge.

/// <reference types="tree-sitter-cli/dsl" />

module.exports = grammar({
  name: "assess",

  extras: ($) => [/[ \t\r\u00A0\uFEFF]/, $.comment],

  rules: {
    source_file: ($) => repeat(choice($.item, ",", "\n")),

    // event drift "Major members drift" { … }
    item: ($) => choice(prec.right(seq(repeat1($._part), optional($.block))), $.block),

    // { chance: 15% by short, 35% by medium }
    block: ($) => seq("{", repeat(choice($.clause, ",", "\n")), "}"),

    // A comma ends it: a list is as many clauses as it has values.
    clause: ($) => choice(prec.right(seq(repeat1($._part), optional($.block))), $.block),

    _part: ($) =>
      choice($.string, $.text, $.date, $.number, $.rating, $.word, ":", "(", ")", "%", $.operator),

    // "Full U.S. exit"
    string: ($) =>
      seq('"', repeat(choice($.placeholder, $.escape, $._line_text, alias($._open, "{"))), token.immediate('"')),
    // """ A full exit is {exit by long: unlikely}. """
    text: ($) =>
      seq(
        '"""',
        repeat(choice($.placeholder, $.escape, $._block_text, alias($._open, "{"), alias($._quote, '"'))),
        token.immediate('"""'),
      ),
    _line_text: (_) => token.immediate(prec(1, /[^"\n{]+/)),
    _block_text: (_) => token.immediate(prec(1, /[^"{]+/)),
    _open: (_) => token.immediate("{"),
    _quote: (_) => token.immediate(/""?/),
    escape: (_) => token.immediate("{{"),
    placeholder: (_) => token.immediate(/\{[^{}"\n]*\}/),

    comment: (_) => /#[^\n]*/,
    date: (_) => token(prec(2, /[0-9]{4}-[0-9]{1,2}(-[0-9]{1,2})?/)),
    number: (_) => token(prec(1, /[-+]?[0-9]+(\.[0-9]+)?([eE][-+]?[0-9]+)?/)),
    rating: (_) => token(prec(3, /[A-F][1-6]/)),
    word: (_) => /[\p{XID_Continue}]([\p{XID_Continue}]|[-'’][\p{XID_Continue}])*/u,
    operator: (_) => token(prec(-1, /[^\s{}"#,:()%]/)),
  },
});
