; Items and clauses: their first word, whatever it is.
(item . (word) @keyword)
((item . (word) @keyword.modifier . (word) @keyword) (#eq? @keyword.modifier "final"))
((item . (word) @_item . (word) @type) (#any-of? @_item "event" "factor" "change" "assumption" "scenario" "outcome" "horizon" "scale" "view" "pool" "quantity" "question" "condition"))
(clause . (word) @property . ":")
((clause . (word) @keyword)
 (#any-of? @keyword "weight" "chance" "holds" "count" "evidence" "likelihood" "when" "rated" "dated" "source" "note" "resolves" "context" "confidence" "set" "on" "price" "author" "scale" "strengths" "tags" "marking" "lang" "as" "says" "rests" "without" "weights" "method" "extremise" "move" "unit" "shape" "cuts" "value" "impact" "in" "is" "counts"))

((word) @keyword.operator
 (#any-of? @keyword.operator "and" "or" "not" "by" "in" "given" "under" "otherwise" "for" "against" "if" "wrong" "at" "least" "most" "leads" "above" "below" "between" "mean" "median" "percentile" "rest" "of" "to" "per" "until" "once" "within" "any" "every"))
((word) @constant.builtin
 (#any-of? @constant.builtin "likely" "unlikely" "certain" "probable" "improbable" "remote" "slight" "weak" "moderate" "strong" "decisive" "low" "high"))
((word) @type.builtin
 (#any-of? @type.builtin "day" "days" "week" "weeks" "month" "months" "quarter" "quarters" "year" "years" "dB"))

(comment) @comment
(string) @string
(text) @string
(placeholder) @string.special
(escape) @string.escape
(date) @number
(number) @number
(rating) @constant
"%" @number
["{" "}" "(" ")"] @punctuation.bracket
[":" ","] @punctuation.delimiter
