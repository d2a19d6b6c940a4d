"""The tree of tree-sitter over every file that the project's own parser accepts: no error in any.

Usage: test.py FOLDER…, with the shared library of the grammar named by GRAMMAR and `assess` in PATH. Of
mutants of these files those count that `assess` has no errors in; MUTANTS says how many are made.
Highlights are tried on a text that holds one of each kind of piece.
"""

import ctypes
import json
import os
import pathlib
import random
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


def refused(folder):
    """The files below a folder that `assess` finds errors in."""
    run = subprocess.run(
        ["assess", "check", "--no-cache", "--allow-empty", "--format", "json", str(folder)], capture_output=True
    )
    found = json.loads(run.stdout)["diagnostics"]
    return {pathlib.Path(d["file"]).resolve() for d in found if d["severity"] == "error"}


def mutant(dice, text):
    """A text with a line or a few characters taken away, doubled, moved or put in."""
    lines = text.split("\n")
    i, j = dice.randrange(len(lines)), dice.randrange(len(lines))
    match dice.randrange(6):
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
    return "\n".join(lines)


paths = []
for folder in map(pathlib.Path, sys.argv[1:]):
    bad = refused(folder)
    paths += sorted(p for p in folder.rglob("*.assess") if p.resolve() not in bad)
assert len(paths) > 20, "the files are not there"
texts = {str(path): path.read_bytes() for path in paths}
dice = random.Random(7)
with tempfile.TemporaryDirectory() as folder:
    folder = pathlib.Path(folder).resolve()
    originals = [t.decode() for t in texts.values()]
    for i in range(int(os.environ.get("MUTANTS", "400"))):
        (folder / f"{i}.assess").write_bytes(mutant(dice, dice.choice(originals)).encode())
    bad = refused(folder)
    sound = [p for p in folder.iterdir() if p not in bad]
    for path in sound:
        texts[f"mutant {path.name}"] = path.read_bytes()
    assert len(sound) > 50, "too few mutants are sound"
wrong = 0
for name, text in texts.items():
    if parser.parse(text).root_node.has_error:
        print(f"{name}: the tree has an error")
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
  note: \"\"\"so {exit by long: unlikely}
  and so\"\"\"
}
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
    ("{exit by long: unlikely}", "string.special"),
]:
    assert wanted in found, f"{wanted} is not among {sorted(found)}"
print(f"tree-sitter: {len(texts)} files and mutants, and the highlights")
