// Every pair of tokens that may meet, both themes, against WCAG 2.2 AA. Exit 1 on a miss.
import { readFileSync } from "node:fs";

const css = readFileSync(new URL("../apps/web/src/styles/tokens.css", import.meta.url), "utf8");
const tokens = Object.fromEntries(
  [...css.matchAll(/--([\w-]+): light-dark\(oklch\(([\d. ]+)\), oklch\(([\d. ]+)\)\)/g)].map(
    ([, name, light, dark]) => [
      name,
      [light, dark].map((value) => luminance(value.split(" ").map(Number))),
    ],
  ),
);

function luminance([l, c, h]) {
  const [a, b] = [c * Math.cos((h * Math.PI) / 180), c * Math.sin((h * Math.PI) / 180)];
  const x = (l + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const y = (l - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const z = (l - 0.0894841775 * a - 1.291485548 * b) ** 3;
  const rgb = [
    4.0767416621 * x - 3.3077115913 * y + 0.2309699292 * z,
    -1.2684380046 * x + 2.6097574011 * y - 0.3413193965 * z,
    -0.0041960863 * x - 0.7034186147 * y + 1.707614701 * z,
  ].map((v) => Math.min(1, Math.max(0, v)));
  return 0.2126 * rgb[0] + 0.7152 * rgb[1] + 0.0722 * rgb[2];
}
const ratio = (a, b) => (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);

const grounds = [
  "surface",
  "surface-sunken",
  "surface-raised",
  "surface-hover",
  "surface-selected",
];
const text = ["ink", "muted", "accent", "allow", "refuse", "warn"];
const pairs = [
  ...grounds.flatMap((ground) => text.map((ink) => [ink, ground, 4.5])),
  ...["allow", "refuse", "warn"].flatMap((s) => [
    [s, `${s}-wash`, 4.5],
    ["ink", `${s}-wash`, 4.5],
    ["muted", `${s}-wash`, 4.5],
  ]),
  ["on-accent", "accent", 4.5],
  ["on-refuse", "refuse", 4.5],
  ["surface", "ink", 4.5],
  ...grounds.flatMap((ground) => ["focus", "line-strong"].map((edge) => [edge, ground, 3])),
  ...["surface", "surface-raised"].flatMap((g) =>
    [1, 2, 3, 4, 5, 6].map((n) => [`chart-${n}`, g, 3]),
  ),
];
let misses = 0;
for (const [theme, i] of [
  ["light", 0],
  ["dark", 1],
]) {
  const rows = pairs.map(([a, b, min]) => ({ a, b, min, got: ratio(tokens[a][i], tokens[b][i]) }));
  const bad = rows.filter((row) => row.got < row.min);
  const low = (min) => rows.filter((row) => row.min === min).toSorted((p, q) => p.got - q.got)[0];
  for (const row of bad)
    console.log(`MISS ${theme} ${row.a} on ${row.b}: ${row.got.toFixed(2)} < ${row.min}`);
  for (const min of [4.5, 3])
    console.log(
      `${theme} lowest of ${min}: ${low(min).a} on ${low(min).b} ${low(min).got.toFixed(2)}`,
    );
  misses += bad.length;
}
console.log(`${pairs.length * 2} pairs, ${misses} misses`);
process.exitCode = misses ? 1 : 0;
