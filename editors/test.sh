#!/usr/bin/env bash
# The editors against the server: what cannot be had is skipped with a word.
set -euo pipefail
cd "$(dirname "$0")/.."
root=$PWD

cargo build --locked --quiet --features lsp
export PATH="${CARGO_TARGET_DIR:-$root/target}/debug:$PATH"
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

# The last block of a language in the page on editors.
block() {
  awk -v tag="\`\`\`$1" '$0 == tag { on = 1; text = ""; next } /^```$/ { on = 0 } on { text = text $0 "\n" } END { printf "%s", text }' \
    docs/editors.md
}
block lua >"$folder/config.lua"
block elisp >"$folder/config.el"

# A part, where its program can be had.
part() {
  local name=$1 program=$2
  if command -v "$program" >/dev/null; then
    mkdir -p "$folder/$name" && return 0
  fi
  echo "$name: $program cannot be had, skipped"
  return 1
}

if part neovim nvim; then
  (cd "$folder/neovim" && CONFIG="$folder/config.lua" timeout 300 nvim --headless -u NONE -c "luafile $root/editors/nvim/test.lua")
fi
if part emacs emacs; then
  if emacs --batch --eval '(progn (package-initialize) (require (quote eglot)))' 2>/dev/null; then
    (cd "$folder/emacs" && CONFIG="$folder/config.el" timeout 300 emacs --batch -l "$root/editors/emacs/test.el" 2>"$folder/emacs.log") ||
      { tail -20 "$folder/emacs.log" >&2; exit 1; }
  else
    echo "emacs: eglot cannot be had, skipped"
  fi
fi
if part vscode npm; then
  if (cd editors/vscode && npm ci --no-audit --no-fund) >"$folder/npm.log" 2>&1; then
    (cd editors/vscode && npm run --silent check && npm run --silent build && npm test --silent)
  else
    echo "vscode: its packages cannot be had, skipped"
  fi
fi
if part tree-sitter cc; then
  grammar=$root/editors/tree-sitter-assess
  cc -shared -fPIC -O1 -I "$grammar/src" "$grammar/src/parser.c" -o "$folder/assess.so"
  if python3 -m venv "$folder/venv" && "$folder/venv/bin/pip" install -q 'tree-sitter==0.25.*' >"$folder/pip.log" 2>&1; then
    # MUTANTS=10000 for all.
    MUTANTS="${MUTANTS:-2000}" GRAMMAR="$folder/assess.so" "$folder/venv/bin/python" "$grammar/test.py" assessments examples tests/suite
  else
    echo "tree-sitter: its Python package cannot be had, skipped"
  fi
fi

# Kate's own program for highlighting, and what the page says of Kate, Helix and Zed.
if part kate kate-syntax-highlighter; then
  mkdir -p "$folder/share/org.kde.syntax-highlighting/syntax"
  cp editors/kate/assess.xml "$folder/share/org.kde.syntax-highlighting/syntax/"
  for file in assessments/nato.assess assessments/oil-2023.assess editors/vscode/test/files/port.assess; do
    QT_QPA_PLATFORM=offscreen XDG_DATA_HOME="$folder/share" kate-syntax-highlighter -s Assess -f html "$file" >"$folder/kate.html"
  done
  for wanted in 'font-weight:bold;">change</span> walkout' '>weight</span>' '>strong</span>'; do
    grep -q -- "$wanted" "$folder/kate.html" || { echo "kate: no $wanted in the highlighted text" >&2; exit 1; }
  done
  echo "kate: three files are highlighted"
fi
if part blocks python3; then
  python3 editors/blocks.py
fi
if part helix hx; then
  mkdir -p "$folder/config/helix"
  block toml | sed "s|PROJECT|$root|" >"$folder/config/helix/languages.toml"
  XDG_CONFIG_HOME="$folder/config" hx --health assess | tee "$folder/health"
  grep -q 'assess' "$folder/health"
fi
