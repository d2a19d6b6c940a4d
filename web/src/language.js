// The language for the editor: colours, and names and words that complete what is typed.
import { HighlightStyle, StreamLanguage, syntaxHighlighting } from "@codemirror/language";
import { tags } from "@lezer/highlight";

const ITEMS = "assessment horizon outcome final prior factor event change assumption scenario expect bet section exclusive overlap use scale strengths resolved question condition implies view pool judgement quantity impacts risk".split(" ");
const CLAUSES = "author as of tags marking lang resolves context note source chance holds weight likelihood evidence rated dated when count set confidence until price on says rests without weights method extremise move unit shape cuts value impact is".split(" ");
const WORDS = "for against given otherwise by in and or not at least most of rest now under above below leads if wrong to per year times".split(" ");
const STRENGTHS = "slight weak moderate strong very".split(" ");
const items = new Set(ITEMS), clauses = new Set(CLAUSES), words = new Set(WORDS), strengths = new Set(STRENGTHS);

const assess = StreamLanguage.define({
  name: "assess",
  startState: () => ({ block: false }),
  token(stream, state) {
    if (state.block) {
      if (stream.match(/^.*?"""/)) state.block = false;
      else stream.skipToEnd();
      return "string";
    }
    if (stream.match('"""')) {
      state.block = true;
      return "string";
    }
    if (stream.match(/^"([^"\\]|\\.)*"?/)) return "string";
    if (stream.match(/^#.*/)) return "comment";
    if (stream.match(/^\d[\d.,:-]*\s*(%|dB)?/)) return "number";
    if (stream.match(/^[A-Za-z_][\w]*/)) {
      const word = stream.current();
      if (items.has(word)) return "keyword";
      if (clauses.has(word)) return "propertyName";
      if (words.has(word)) return "operatorKeyword";
      if (strengths.has(word)) return "atom";
      return "variableName";
    }
    stream.next();
    return null;
  },
  languageData: { commentTokens: { line: "#" }, closeBrackets: { brackets: ["{", '"'] } },
  tokenTable: {},
});

const colours = HighlightStyle.define([
  { tag: tags.keyword, color: "light-dark(#8b1a8b, #e2a3e2)", fontWeight: "600" },
  { tag: tags.propertyName, color: "light-dark(#0b57d0, #8ab4f8)" },
  { tag: tags.operatorKeyword, color: "light-dark(#5a5f66, #aab2ba)" },
  { tag: tags.atom, color: "light-dark(#7a4b00, #f2c166)" },
  { tag: tags.number, color: "light-dark(#0a6640, #7fd6a8)" },
  { tag: tags.string, color: "light-dark(#8a3a00, #f0a878)" },
  { tag: tags.comment, color: "light-dark(#57606a, #98a2ac)", fontStyle: "italic" },
]);

// Names that the text declares, then the words of the language.
const complete = (context) => {
  const word = context.matchBefore(/[A-Za-z_]\w*/);
  if (!word || (word.from === word.to && !context.explicit)) return null;
  const declared = context.state.doc.toString().matchAll(/^\s*(?:final\s+)?(horizon|outcome|factor|event|change|assumption|scenario|view|pool)\s+([A-Za-z_]\w*)/gm);
  const options = [...declared].map(([, kind, name]) => ({ label: name, type: "variable", detail: kind, boost: 1 }));
  for (const label of [...ITEMS, ...CLAUSES, ...STRENGTHS]) options.push({ label, type: "keyword" });
  return { from: word.from, options, validFor: /^\w*$/ };
};

export const language = [assess, syntaxHighlighting(colours), assess.data.of({ autocomplete: complete })];
