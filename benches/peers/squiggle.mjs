// The same models in Squiggle: states by doubling a list; ranges as distributions of samples.
// `squiggle.mjs MODEL.json TIMES` prints the median time of a solve and the last verdict.
import { readFileSync } from "node:fs";
import { run } from "@quri/squiggle-lang";

const DRAWS = 100_000;
const model = JSON.parse(readFileSync(process.argv[2], "utf8"));
const times = Number(process.argv[3]);

const events = (m) => `
chances = ${JSON.stringify(m.chances)}
weights = ${JSON.stringify(m.weights)}
start = { mass: [1, 1, 1], w: [${m.prior.map(Math.log)}] }
double(states, i) = List.concat(
  List.map(states, {|s| { mass: List.map([0, 1, 2], {|h| s.mass[h] * (1 - chances[i][h])}), w: s.w }}),
  List.map(states, {|s| { mass: List.map([0, 1, 2], {|h| s.mass[h] * chances[i][h]}), w: List.map([0, 1, 2], {|o| s.w[o] + weights[i][o]}) }})
)
states = List.reduce(List.upTo(0, ${m.weights.length - 1}), [start], double)
shares = List.map(states, {|s|
  e = List.map(s.w, exp)
  total = e[0] + e[1] + e[2]
  List.map(e, {|x| x / total})
})
List.map([0, 1, 2], {|h| List.map([0, 1, 2], {|o|
  List.reduce(List.upTo(0, List.length(states) - 1), 0, {|sum, i| sum + states[i].mass[h] * shares[i][o]})
})})`;

const ranges = (m) => {
  const terms = [0, 1, 2].map((o) =>
    m.medians
      .map((median, i) => [median, Math.abs(m.spreads[i]), m.outcomes[i]])
      .filter(([, , outcome]) => outcome === o)
      .map(([median, spread]) => `SampleSet(normal(${median}, ${spread}))`)
      .join(" + "),
  );
  return `
${terms.map((t, o) => `e${o} = exp(${Math.log(m.prior[o])} + ${t})`).join("\n")}
total = e0 + e1 + e2
List.map([e0 / total, e1 / total, e2 / total], {|s| [quantile(s, 0.05), quantile(s, 0.95)]})`;
};

const source = "chances" in model ? events(model) : ranges(model);
const environment = { sampleCount: "chances" in model ? 1000 : DRAWS, xyPointLength: 1000 };
const plain = (value) => (value.tag === "Array" ? value.value.map(plain) : value.value);
const seconds = [];
let verdict;
for (let i = 0; i < times; i++) {
  const start = performance.now();
  const output = await run(source, { environment });
  if (!output.result.ok) throw new Error(output.result.value.toString());
  verdict = output.result.value.result.asJS();
  seconds.push((performance.now() - start) / 1000);
}
seconds.sort((a, b) => a - b);
console.log(JSON.stringify({ seconds: seconds[Math.floor(times / 2)], verdict }));
