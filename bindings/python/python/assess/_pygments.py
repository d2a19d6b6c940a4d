"""Colours for the language, wherever Pygments draws."""

from pygments.lexer import RegexLexer, words
from pygments.token import Comment, Keyword, Name, Number, Operator, Punctuation, String, Text

ITEMS = (
    "assessment horizon outcome final prior factor event change assumption scenario expect bet section exclusive "
    "overlap use scale strengths resolved question condition implies view pool judgement quantity impacts risk"
).split()
CLAUSES = (
    "author as of tags marking lang resolves context note source chance holds weight likelihood evidence rated dated "
    "when count set confidence until price on says rests without weights method extremise move unit shape cuts value impact is counts"
).split()
WORDS = (
    "for against given otherwise by in and or not at least most rest now under above below leads if wrong to per "
    "once within any every between mean median percentile of"
).split()


class AssessLexer(RegexLexer):
    """Files that end in ``.assess``."""

    name = "Assess"
    aliases = ["assess"]
    filenames = ["*.assess"]
    tokens = {
        "root": [
            (r"#.*", Comment.Single),
            (r'"""[^"]*(?:"{1,2}[^"]+)*"""', String.Doc),
            # A text has no escapes, and ends with its line at the latest.
            (r'"[^"\n]*"?', String),
            (r"\d[\d.,:-]*\s*(?:%|dB\b)?", Number),
            (words(ITEMS, suffix=r"\b"), Keyword.Declaration),
            (words(CLAUSES, suffix=r"\b"), Keyword),
            (words(WORDS, suffix=r"\b"), Operator.Word),
            (r"[A-Za-z_]\w*", Name),
            (r"[{}():,]", Punctuation),
            (r"\s+", Text),
            (r".", Text),
        ]
    }
