"""The tree of tree-sitter over every text that the project's own parser accepts: no error in any.

Usage: test.py FOLDER…, with the shared library of the grammar named by GRAMMAR and `assess` in PATH. Texts are the
files of these folders, the blocks of the documentation, and mutants of both, of which those count that `assess` can
read, whatever they mean: MUTANTS says how many such are wanted. Highlights are tried on a text that holds one of each
kind of piece.
"""

import ctypes
import json
import os
import pathlib
import random
import re
import subprocess
import sys
import tempfile

import tree_sitter

HERE = pathlib.Path(__file__).parent
library = ctypes.cdll.LoadLibrary(os.environ["GRAMMAR"])
library.tree_sitter_assess.restype = ctypes.c_void_p
new = ctypes.pythonapi.PyCapsule_New
new.restype = ctypes.py_object
new.argtypes = [ctypes.c_void_p, ctypes.c_char_p, ctypes.c_void_p]
language = tree_sitter.Language(new(library.tree_sitter_assess(), b"tree_sitter.Language", None))
parser = tree_sitter.Parser(language)


# What is found while a text is read; all else is about what it means.
OF_READING = {"syntax", "limit", "unreadable", "missing-file"}


def refused(folder):
    """The files below a folder that `assess` cannot read without a mistake."""
    run = subprocess.run(
        ["assess", "check", "--no-cache", "--allow-empty", "--select", "syntax", "--format", "json", str(folder)],
        capture_output=True,
    )
    found = json.loads(run.stdout)["diagnostics"]
    return {pathlib.Path(d["file"]).resolve() for d in found if d["rule"] in OF_READING}


def blocks():
    """The blocks of the documentation, each with where it stands."""
    root = HERE.parent.parent
    for page in [root / "README.md", *sorted((root / "docs").glob("*.md"))]:
        for n, found in enumerate(re.findall(r"^```assess[^\n]*\n(.*?)^```$", page.read_text(), re.M | re.S)):
            yield f"{page.name}, block {n}", found


def mutant(dice, text):
    """A text with a line or a few characters taken away, doubled, moved or put in."""
    lines = text.split("\n")
    i, j = dice.randrange(len(lines)), dice.randrange(len(lines))
    match dice.randrange(8):
        case 0:
            del lines[i]
        case 1:
            lines.insert(j, lines[i])
        case 2:
            lines[i] += dice.choice([" # so", ",", " ", "\r", "\t# {\"", "\n"])
        case 3:
            lines[i] = lines[i].replace(" ", dice.choice(["  ", "\u00a0", "\t"]))
        case 4:
            lines[i] = lines[i].replace('"', dice.choice(['"{', '"é🙂', '"#', '"']), 1)
        case 5:
            at = dice.randrange(len(lines[i]) + 1)
            lines[i] = lines[i][:at] + lines[i][at + dice.randrange(4) :]
        case 6:
            words = lines[i].split(" ")
            words[dice.randrange(len(words))] = dice.choice(lines[j].split(" "))
            lines[i] = " ".join(words)
        case 7:
            lines[i] = re.sub(r"\d+", lambda _: dice.choice(["0", "7", "1e5", "2025-01-01", "-3", "12.5"]), lines[i], count=1)
    return "\n".join(lines)


paths = []
for folder in map(pathlib.Path, sys.argv[1:]):
    bad = refused(folder)
    paths += sorted(p for p in folder.rglob("*.assess") if p.resolve() not in bad)
assert len(paths) > 20, "the files are not there"
texts = {str(path): path.read_bytes() for path in paths}
dice = random.Random(7)
wanted = int(os.environ.get("MUTANTS", "400"))
with tempfile.TemporaryDirectory() as folder:
    folder = pathlib.Path(folder).resolve()
    (folder / "blocks").mkdir()
    names = {}
    for n, (name, text) in enumerate(blocks()):
        path = folder / f"blocks/{n}.assess"
        path.write_text(text)
        names[path] = name
    bad = refused(folder / "blocks")
    for path, name in names.items():
        if path not in bad:
            texts[name] = path.read_bytes()
    assert len(texts) > len(paths) + 50, "the blocks are there"
    originals = [t.decode() for t in texts.values()]
    made = 0
    for turn in range(100):
        some = folder / f"mutants{turn}"
        some.mkdir()
        # In portions, until there are as many sound ones as are wanted.
        for i in range(min(2000, 2 * wanted)):
            (some / f"{i}.assess").write_bytes(mutant(dice, dice.choice(originals)).encode())
        bad = refused(some)
        for path in sorted(some.iterdir()):
            if path not in bad and made < wanted:
                texts[f"mutant {made}"] = path.read_bytes()
                made += 1
        if made == wanted:
            break
    assert made == wanted, "too few mutants are sound"
wrong = 0
for name, text in texts.items():
    if parser.parse(text).root_node.has_error:
        print(f"{name}: the tree has an error")
        if keep := os.environ.get("KEEP"):
            pathlib.Path(keep, f"{wrong}.assess").write_bytes(text)
        wrong += 1
assert wrong == 0

TEXT = """assessment "A?" {
  as of: 2025-03-01
}
final outcome exit "Exit"
event drift "Drift" { # allow(stale): so
  chance given ceasefire: very likely by long, 95% in 2030-01
  evidence "Seen" { rated: B2 }
  arriving_clause: whatever
  chance once ceasefire: 40% within 3 months
  note: \"\"\"so {exit by long: unlikely}
  and so\"\"\"
}
question coalition "Who governs?" { outcome pair, outcome trio, prior given both { pair: 40%, trio: rest } }
condition both "Both": a and not b
quantity growth "Growth" { unit: "%", in long: 2.9 (1.8 to 3.9), shape: normal }
view pilots "The pilots" { drift: 70% by long, without: rumour }
pool all "All" { of: own, pilots, weights: 2, 1, method: linear }
judgement "So" { on: exit by long, says: unlikely, confidence: high, rests on: drift }
impacts { limited, severe }
risk { likely and severe: "very high" }
implies: m7, m6
"""
query = tree_sitter.Query(language, (HERE / "queries/highlights.scm").read_text())
for name in ("folds", "indents", "injections"):
    tree_sitter.Query(language, (HERE / f"queries/{name}.scm").read_text())
tree = parser.parse(TEXT.encode())
captures = tree_sitter.QueryCursor(query).captures(tree.root_node)
found = {(node.text.decode(), name) for name, nodes in captures.items() for node in nodes}
for wanted in [
    ("assessment", "keyword"), ("2025-03-01", "number"), ("final", "keyword.modifier"), ("event", "keyword"),
    ("drift", "type"), ("chance", "keyword"), ("given", "keyword.operator"), ("likely", "constant.builtin"),
    ("95", "number"), ("B2", "constant"), ("# allow(stale): so", "comment"), ("arriving_clause", "property"),
    ("{exit by long: unlikely}", "string.special"), ("once", "keyword.operator"), ("within", "keyword.operator"),
    ("coalition", "type"), ("both", "type"), ("growth", "type"), ("pilots", "type"),
]:
    assert wanted in found, f"{wanted} is not among {sorted(found)}"
print(f"tree-sitter: {len(texts)} files and mutants, and the highlights")
