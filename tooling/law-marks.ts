// `pnpm law:marks`: how well the law is known, by the marks of the rules that may refuse a call.
import { mayRefuse, bundledRuleBook } from "@ringfence/core/people/jurisdiction";

const { jurisdictions, rules, registries, examples, asOf } = bundledRuleBook;
const refusing = rules.filter(mayRefuse);
const withoutQuote = refusing.filter(({ quote }) => quote === undefined);

console.log(
  `Law as of ${asOf}: ${jurisdictions.size} places, ${rules.length} rules, ${registries.length} registries.`,
);
console.log(
  `Rules that may refuse a call: ${refusing.length}; without a quote: ${withoutQuote.length}.`,
);
for (const mark of ["A", "B", "C"]) {
  const count = refusing.filter(({ confidence }) => confidence === mark).length;
  console.log(
    `  ${mark} ${String(count).padStart(4)}  ${Math.round((100 * count) / refusing.length)} %`,
  );
}
console.log(
  `Of them without both examples: ${refusing.filter(({ id }) => !examples.has(id)).length}.`,
);
