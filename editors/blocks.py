"""The configuration in `docs/editors.md` of the editors that cannot be run here: it says what it must, in the form it must.

TOML and JSON are read, and what they name is there: the server's command, the grammar's folder, settings that the server
knows. Zed's extension is held against its manifest, its language against the grammar's own queries.
"""

import json
import pathlib
import re
import tomllib
import xml.etree.ElementTree as xml

HERE = pathlib.Path(__file__).parent
ROOT = HERE.parent
PAGE = (ROOT / "docs/editors.md").read_text()


def blocks(language):
    return re.findall(rf"^```{language}\n(.*?)^```$", PAGE, re.M | re.S)


# Helix.
(helix,) = map(tomllib.loads, blocks("toml"))
(language,) = helix["language"]
assert language["language-servers"] == ["assess"] and language["file-types"] == ["assess"]
server = helix["language-server"]["assess"]
assert (server["command"], server["args"]) == ("assess", ["lsp"])
grammar = helix["grammar"][0]["source"]["path"].replace("PROJECT", str(ROOT))
assert (pathlib.Path(grammar) / "src/parser.c").exists()

# Zed: the block of the page is what the manifest has, the commit aside.
(stated,) = map(tomllib.loads, blocks("toml extension"))
manifest = tomllib.loads((HERE / "zed/extension.toml").read_text())
for key in ("repository", "path"):
    assert stated["grammars"]["assess"][key] == manifest["grammars"]["assess"][key]
assert (ROOT / manifest["grammars"]["assess"]["path"] / "grammar.js").exists()
config = tomllib.loads((HERE / "zed/languages/assess/config.toml").read_text())
assert config["grammar"] in manifest["grammars"]
assert config["name"] in manifest["language_servers"]["assess"]["languages"]
for name in ("highlights", "injections"):
    own = (HERE / f"zed/languages/assess/{name}.scm").read_text()
    assert own == (HERE / f"tree-sitter-assess/queries/{name}.scm").read_text(), f"{name} differs from the grammar's"
(settings,) = map(json.loads, blocks("json"))
hints = settings["lsp"]["assess"]["initialization_options"]["inlayHints"]
package = json.loads((HERE / "vscode/package.json").read_text())["contributes"]["configuration"]["properties"]
assert all(f"assess.inlayHints.{name}" in package for name in hints)
assert config["name"] in settings["languages"]

# Kate: the mode that the server is chosen by is the name of the highlighting.
(kate,) = map(json.loads, blocks("json kate"))
definition = xml.parse(HERE / "kate/assess.xml").getroot()
server = kate["servers"]["assess"]
assert re.search(server["highlightingModeRegex"], definition.get("name")) and server["command"] == ["assess", "lsp"]
items = {item.text for item in definition.find("highlighting/list[@name='items']")}
table = (ROOT / "docs/language.md").read_text().split("\n## Every item and clause\n")[1]
# The words that begin an item, by the language's own table.
named = set(re.findall(r"^\| `(?:final )?([a-z]+)", table, re.M)) - {"evidence"}
assert named <= items, f"{named - items} are no items for Kate"
print("blocks: Helix, Zed, Kate")
