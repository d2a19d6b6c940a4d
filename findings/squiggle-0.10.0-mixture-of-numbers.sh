#!/usr/bin/env bash
# Squiggle 0.10.0 (@quri/squiggle-lang) draws a mixture of plain numbers anew each time its name stands in a
# formula, and a Bernoulli variable or a mixture that holds a distribution once. An event written as
# `mx([0, 1], [0.7, 0.3])` is therefore independent of itself: its square has the mean of 0.09 and not of
# 0.3, and two costs that both hang on it no longer cancel.
#
# Expected: the same variable in both places. Its documentation says that distributions are created as sample
# sets by default, which keep it; it does not say that this mixture alone is a set of points. The mean of the
# mixture itself is exact, and a single use shows nothing.
#
# For us: benches/peers has Squiggle sum over the states of its events, and never draws an event as a mixture of 0 and
# 1. In our language an event is one event wherever it is named.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
echo '{"private": true, "type": "module"}' >package.json
npm install --silent --no-audit --no-fund --ignore-scripts @quri/squiggle-lang@0.10.0

cat >probe.js <<'JAVASCRIPT'
import { run } from "@quri/squiggle-lang";

const EVENTS = [
  "bernoulli(0.3)",
  "mx([0, 1], [0.7, 0.3])",
  "mx([normal(0, 0.0001), 1], [0.7, 0.3])",
];
const FORMULAS = ["mean(event)", "mean(event * event)", "mean(event * (1 - event))", "stdev(10 * event - 10 * event)"];

// To one digit, since the draws decide about the next; they are the same in each run.
for (const event of EVENTS) {
  for (const formula of FORMULAS) {
    const { result } = await run(`event = ${event}\n${formula}`);
    if (!result.ok) throw new Error(result.value.toString());
    console.log(`${event}: ${formula} = ${Math.abs(Number(result.value.result.toString())).toFixed(1)}`);
  }
}
JAVASCRIPT

node probe.js >seen
cat seen
diff seen - <<'SEEN'
bernoulli(0.3): mean(event) = 0.3
bernoulli(0.3): mean(event * event) = 0.3
bernoulli(0.3): mean(event * (1 - event)) = 0.0
bernoulli(0.3): stdev(10 * event - 10 * event) = 0.0
mx([0, 1], [0.7, 0.3]): mean(event) = 0.3
mx([0, 1], [0.7, 0.3]): mean(event * event) = 0.1
mx([0, 1], [0.7, 0.3]): mean(event * (1 - event)) = 0.2
mx([0, 1], [0.7, 0.3]): stdev(10 * event - 10 * event) = 6.7
mx([normal(0, 0.0001), 1], [0.7, 0.3]): mean(event) = 0.3
mx([normal(0, 0.0001), 1], [0.7, 0.3]): mean(event * event) = 0.3
mx([normal(0, 0.0001), 1], [0.7, 0.3]): mean(event * (1 - event)) = 0.0
mx([normal(0, 0.0001), 1], [0.7, 0.3]): stdev(10 * event - 10 * event) = 0.0
SEEN
