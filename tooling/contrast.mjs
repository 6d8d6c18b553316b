// Checks the contrast of every pair of color tokens that may meet, in both themes, against WCAG 2.2 AA.
// Exits with 1 if a pair misses it.
import { readFileSync } from "node:fs";
import { clampRgb, wcagContrast } from "culori";

const css = readFileSync(new URL("../apps/web/src/styles/tokens.css", import.meta.url), "utf8");
const tokens = Object.fromEntries(
  [...css.matchAll(/--([\w-]+): light-dark\((oklch\([\d. ]+\)), (oklch\([\d. ]+\))\)/g)].map(
    ([, name, ...themes]) => [name, themes.map((color) => clampRgb(color))],
  ),
);

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
  const rows = pairs.map(([a, b, min]) => ({
    a,
    b,
    min,
    got: wcagContrast(tokens[a][i], tokens[b][i]),
  }));
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
