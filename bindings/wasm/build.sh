#!/usr/bin/env bash
# Makes the WebAssembly module and its JavaScript: pkg/web for browsers, pkg/node for Node, and an npm package of both.
# Needs rustup or, on Debian, the packages rustc-web, rust-web-src and lld.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
target=${CARGO_TARGET_DIR:-$here/../../target}
export CARGO_TARGET_DIR=$target
cd "$here"
# What is fetched is measured as it is shipped, whatever other builds leave out.
unset CARGO_PROFILE_RELEASE_LTO CARGO_PROFILE_RELEASE_CODEGEN_UNITS
flags=(--release --locked --target wasm32-unknown-unknown)
# SIMD for the eight settings that are evaluated side by side; every browser since 2023 has it.
# Functions that ask to be inlined are so only where they are small.
export RUSTFLAGS="-C target-feature=+simd128 -C llvm-args=-inlinehint-threshold=75"
# The standard library is built along, for size: its sorts, and no texts of panics, which nobody would see. Only
# unstable options do this.
small() {
  export RUSTFLAGS="$RUSTFLAGS -Zunstable-options -Cpanic=immediate-abort" RUSTC_BOOTSTRAP=1
  cargo build "${flags[@]}" -Z build-std=std,panic_abort -Z build-std-features=optimize_for_size
}
if rustup target add wasm32-unknown-unknown >/dev/null 2>&1; then
  if rustup component add rust-src >/dev/null 2>&1; then
    small
  else
    echo "the source of the standard library is not to be had: the module will be larger" >&2
    cargo build "${flags[@]}"
  fi
elif rustc=$(dpkg -L rustc-web 2>/dev/null | grep -m1 'bin/rustc$'); then
  export RUSTC=$rustc CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_LINKER=wasm-ld
  small
  unset RUSTC
else
  echo "there is no compiler for WebAssembly" >&2
  exit 1
fi
unset RUSTC_BOOTSTRAP
unset RUSTFLAGS
module=$target/wasm32-unknown-unknown/release/assess_wasm.wasm
rm -rf pkg
for kind in web nodejs; do
  cargo run --quiet --locked --manifest-path bind/Cargo.toml --target-dir "$target/bind" -- "$module" "$kind" "pkg/${kind%js}"
done
cp npm/* pkg/
cp ../../LICENSE-MIT ../../LICENSE-APACHE pkg/
printf '{"type":"commonjs"}\n' >pkg/node/package.json
echo "assess_bg.wasm: $(wc -c <pkg/web/assess_bg.wasm) bytes, $(gzip -9c pkg/web/assess_bg.wasm | wc -c) packed"
