// Makes packages/core/data/subdivisions.json: the codes of ISO 3166-1 and 3166-2 that addresses are
// checked against. Run it with `pnpm tables:subdivisions`.
import { writeFileSync } from "node:fs";
import path from "node:path";
import { iso31661, iso31662 } from "iso-3166";
import library from "iso-3166/package.json" with { type: "json" };

export const tablePath = path.resolve(
  import.meta.dirname,
  "../../packages/core/data/subdivisions.json",
);

const withoutCountry = (code: string) => code.slice(3);

/** Lists the codes of a country; after a colon the region that one lies in, if it is not the country. */
const listSubdivisions = (country: string): string =>
  iso31662
    .filter(({ code }) => code.startsWith(`${country}-`))
    .map(({ code, parent }) => [code, parent].map(withoutCountry).filter(Boolean).join(":"))
    .join(" ");

/** Makes the text of the table. */
export function makeSubdivisionTable(): string {
  const table = {
    about:
      "Countries of ISO 3166-1, and their subdivisions of ISO 3166-2, with the one they lie in after a colon. Made by pnpm tables:subdivisions.",
    source: `iso-3166 ${library.version} (MIT), which reads the codes from Wikipedia: the standard itself is sold`,
    subdivisions: Object.fromEntries(
      iso31661.map(({ alpha2 }) => [alpha2, listSubdivisions(alpha2)]),
    ),
  };
  return `${JSON.stringify(table, null, 2)}\n`;
}

if (import.meta.main) writeFileSync(tablePath, makeSubdivisionTable());
