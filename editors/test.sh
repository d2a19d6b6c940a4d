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
    GRAMMAR="$folder/assess.so" "$folder/venv/bin/python" "$grammar/test.py" assessments examples tests/suite
  else
    echo "tree-sitter: its Python package cannot be had, skipped"
  fi
fi
