#!/usr/bin/env bash
# VS Code itself in Chromium, with the extension as it is packed: code-server from npm, installed into a temporary folder,
# or into the one that CODE_SERVER names, where a later run finds it. SCREENSHOTS names a folder for pictures. Wants Chromium
# and npm; where something cannot be had, it says what and is skipped.
set -euo pipefail
cd "$(dirname "$0")/../../.."
root=$PWD
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
server=${CODE_SERVER:-$folder/server}
export SCREENSHOTS=${SCREENSHOTS:-$root/target/screenshots/vscode}

skip() {
  echo "vscode in a browser: $1, skipped"
  exit 0
}
command -v npm >/dev/null || skip "npm cannot be had"
chromium=$(command -v chromium) || skip "chromium cannot be had"
cargo build --locked --quiet --features lsp
export PATH="${CARGO_TARGET_DIR:-$root/target}/debug:$PATH"
[ -d tests/browser/node_modules/playwright-core ] ||
  (cd tests/browser && npm ci --ignore-scripts --no-audit --no-fund) >"$folder/npm.log" 2>&1 ||
  skip "playwright-core cannot be had"

# Programs come without their run bit where install scripts did not run.
runnable() { find . -path '*/bin/*' -type f -exec chmod +x {} +; }

install() {
  local apt=(libkrb5-dev libxkbfile-dev libsecret-1-dev)
  dpkg -s "${apt[@]}" >/dev/null 2>&1 || apt-get install -y --no-install-recommends "${apt[@]}"
  mkdir -p "$server" && cd "$server"
  echo '{"private": true}' >package.json
  # The server wants Node 24, which npm has as a package. Its own install script asks for what only its authors have.
  npm install --no-audit --no-fund node@24
  export PATH="$server/node_modules/.bin:$PATH"
  npm install --ignore-scripts --no-audit --no-fund code-server@4.139
  cd node_modules/code-server
  runnable
  npm rebuild argon2
  cd lib/vscode
  npm install --omit=dev --ignore-scripts --no-audit --no-fund
  runnable
  npm rebuild
  cd extensions
  npm install --omit=dev --ignore-scripts --no-audit --no-fund
  runnable
  npm rebuild
  touch "$server/installed"
}
if [ ! -e "$server/installed" ]; then
  begin=$SECONDS
  (install) >"$folder/install.log" 2>&1 || { tail -5 "$folder/install.log"; skip "code-server cannot be had"; }
  echo "vscode in a browser: code-server installed in $((SECONDS - begin)) s"
fi

(cd editors/vscode && { [ -d node_modules ] || npm ci --no-audit --no-fund; } && npm run --silent package) >"$folder/package.log" 2>&1 ||
  { tail -20 "$folder/package.log" >&2; exit 1; }

mkdir -p "$folder/files" "$folder/data/User" "$SCREENSHOTS"
cp assessments/nato.assess assessments/bundestag-2025.assess editors/vscode/test/files/*.assess "$folder/files"
cat >"$folder/data/User/settings.json" <<JSON
{
  "security.workspace.trust.enabled": false,
  "workbench.startupEditor": "none",
  "workbench.secondarySideBar.defaultVisibility": "hidden",
  "workbench.colorTheme": "Default Light Modern",
  "window.autoDetectColorScheme": false,
  "telemetry.telemetryLevel": "off",
  "chat.disableAIFeatures": true,
  "editor.minimap.enabled": false,
  "files.autoSave": "off"
}
JSON
# A program's path is a setting of the machine that the server runs on.
mkdir -p "$folder/data/Machine"
printf '{ "assess.path": "%s" }\n' "$(command -v assess)" >"$folder/data/Machine/settings.json"
export PATH="$server/node_modules/.bin:$PATH"
node "$server/node_modules/code-server/out/node/entry.js" --user-data-dir "$folder/data" --extensions-dir "$folder/extensions" \
  --install-extension editors/vscode/assess.vsix >"$folder/extension.log" 2>&1 || { cat "$folder/extension.log" >&2; exit 1; }
node editors/vscode/test/browser.mjs "$chromium" "$server/node_modules/code-server" "$folder" || {
  # What the extension and its host said.
  find "$folder/data" -path '*exthost*' -name '*.log' -size +0 -exec sh -c 'echo "== $1"; tail -40 "$1"' _ {} \; >&2
  exit 1
}
