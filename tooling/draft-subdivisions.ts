// Writes the codes of ISO 3166-1 and 3166-2 that addresses are checked against. The standard is sold,
// not published: `iso-3166` (MIT) reads the codes, which are facts, from Wikipedia.
import { writeFileSync } from "node:fs";
import { iso31661, iso31662 } from "iso-3166";

const version = "4.4.0";
const subdivisions = Object.fromEntries(
  iso31661.map(({ alpha2 }) => [
    alpha2,
    iso31662
      .filter(({ code }) => code.startsWith(`${alpha2}-`))
      .map(({ code }) => code.slice(3))
      .join(" "),
  ]),
);
const table = {
  source: `npm iso-3166@${version}, read 2026-11-25 by tooling/draft-subdivisions.ts`,
  subdivisions,
};
writeFileSync(
  new URL("../packages/core/src/contact/subdivisions.json", import.meta.url),
  `${JSON.stringify(table, null, 2)}\n`,
);
