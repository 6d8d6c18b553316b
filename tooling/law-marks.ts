// `pnpm law:marks [--list]` counts the marks of the rules that may refuse a call, and what is missing in them. `--list`
// adds the ids of the rules that lack something.
import { parseArgs } from "node:util";
import { mayRefuse, bundledRuleBook, namesArticle } from "@ringfence/core/people/jurisdiction";

const { jurisdictions, rules: all, registries, examples, asOf } = bundledRuleBook;
const refusing = all.filter(mayRefuse);

console.log(
  `Law as of ${asOf}: ${jurisdictions.size} places, ${all.length} rules, ${registries.length} registries.`,
);
console.log(`Rules that may refuse a call: ${refusing.length}.`);
for (const mark of ["A", "B", "C"]) {
  const count = refusing.filter(({ confidence }) => confidence === mark).length;
  console.log(
    `  ${mark} ${String(count).padStart(4)}  ${Math.round((100 * count) / refusing.length)} %`,
  );
}

const { list } = parseArgs({ options: { list: { type: "boolean", default: false } } }).values;
const lacking = [
  ["both examples", refusing.filter(({ id }) => !examples.has(id))],
  ["a quote", refusing.filter(({ quote }) => quote === undefined)],
  ["an article in the citation", refusing.filter(({ citation }) => !namesArticle(citation))],
  // They refuse calls for every purpose. A lawyer must say which of them can be limited to sales (decision 54).
  ["a purpose of the call", refusing.filter(({ when }) => when.purpose === undefined)],
] as const;
for (const [what, rules] of lacking) {
  console.log(`Without ${what}: ${rules.length}.`);
  if (list) for (const { id, citation } of rules) console.log(`  ${id.padEnd(28)} ${citation}`);
}
