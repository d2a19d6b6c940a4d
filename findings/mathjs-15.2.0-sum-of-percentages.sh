#!/usr/bin/env bash
# math.js 15.2.0 computes 10% + 20% as 0. Before a sign, its percent sign means "modulo": what is computed is 10
# modulo +0.2. So too 60% - 15% is 0, and 2 * 30% + 1. Other sums are right, or are meant otherwise: 1 - 30% is
# 0.7, and 0.5 + 10% is 0.55, as a tenth of it is added.
#
# Expected: 0.3, or 0.12 for whoever goes by the page on its syntax, which lists `x + y%` as x and y percent of it. The
# page has the percentage bind more tightly than modulo, and no rule for a percentage before a sign. With brackets the
# sum comes out. (Known there as issue 2851, open since 2022.)
#
# For us: a calculation in percent points that a page or a note leaves to math.js is wrong without an error; ours
# reads `%` as a unit of a number and nothing else.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
echo '{"private": true, "type": "module"}' >package.json
npm install --silent --no-audit --no-fund --ignore-scripts mathjs@15.2.0

cat >probe.js <<'JAVASCRIPT'
import { evaluate, parse } from "mathjs";

for (const text of ["10% + 20%", "60% - 15%", "2 * 30% + 1", "(10%) + (20%)", "1 - 30%", "0.5 + 10%", "30% * 20%"]) {
  console.log(`${text} = ${+evaluate(text).toPrecision(6)}, read as ${parse(text).toString({ parenthesis: "all" })}`);
}
JAVASCRIPT

node probe.js >seen
cat seen
diff seen - <<'SEEN'
10% + 20% = 0, read as 10 % ((+20) / 100)
60% - 15% = 0, read as 60 % ((-15) / 100)
2 * 30% + 1 = 0, read as (2 * 30) % (+1)
(10%) + (20%) = 0.3, read as (10 / 100) + (20 / 100)
1 - 30% = 0.7, read as 1 - (1 * (30 / 100))
0.5 + 10% = 0.55, read as 0.5 + (0.5 * (10 / 100))
30% * 20% = 0.06, read as (30 / 100) * (20 / 100)
SEEN
