import { readFileSync, readdirSync } from "node:fs";
import path from "node:path";
import { expect, it } from "vitest";

/*
 * During a rolling upgrade the version before works on the migrated database. So a migration only adds (expand), and what
 * is no longer used is removed by the next release (contract), with a line that names the release that stopped using it:
 *
 *   -- contract: not used since v1.4
 */

/** The last migration from before this rule. */
const LAST_FREE = "0507_consents_of_a_form";

const CONTRACT = /^-- contract: not used since \S+$/m;

const contractions: readonly [what: string, pattern: RegExp][] = [
  ["DROP COLUMN", /\bDROP\s+COLUMN\b/i],
  ["DROP of a table, view, type or function", /\bDROP\s+(TABLE|VIEW|TYPE|FUNCTION|SCHEMA)\b/i],
  ["RENAME", /\bRENAME\b/i],
  ["SET NOT NULL", /\bSET\s+NOT\s+NULL\b/i],
  ["DROP DEFAULT", /\bDROP\s+DEFAULT\b/i],
  ["another type of a column", /\bALTER\s+COLUMN\s+\S+\s+(SET\s+DATA\s+)?TYPE\b/i],
  [
    "a new column without a default that has to be filled in",
    /\bADD\s+COLUMN\b(?![^,;]*\b(DEFAULT|GENERATED)\b)[^,;]*\bNOT\s+NULL\b/i,
  ],
];

/** Finds what the version before could not work with. Empty if the script says since when it is not used. */
function findContractions(script: string): string[] {
  if (CONTRACT.test(script)) return [];
  const statements = script.replaceAll(/--.*$/gm, "");
  return contractions.flatMap(([what, pattern]) => (pattern.test(statements) ? [what] : []));
}

const folder = path.resolve(import.meta.dirname, "../prisma/migrations");
const allMigrations = readdirSync(folder, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name);
const migrations = allMigrations.filter((name) => name > LAST_FREE);
const readScript = (name: string) => readFileSync(path.join(folder, name, "migration.sql"), "utf8");

it.each(migrations)("%s takes nothing away that the version before uses", (name) => {
  expect(findContractions(readScript(name))).toEqual([]);
});

/** Statements that end the script's transaction, or cannot be in one. A failed script would leave a part of itself. */
const ownTransaction =
  /^\s*(BEGIN|COMMIT|END|START\s+TRANSACTION)\s*;|\bCONCURRENTLY\b|^\s*VACUUM\b/im;

it("has no migration that could fail and leave a part of itself", () => {
  const inParts = allMigrations.filter((name) =>
    ownTransaction.test(
      readScript(name)
        .replaceAll(/--.*$/gm, "")
        .replaceAll(/\$\$[^]*?\$\$/g, ""),
    ),
  );
  expect(inParts).toEqual([]);
  expect(ownTransaction.test("CREATE INDEX CONCURRENTLY a ON phone (id);")).toBe(true);
  expect(ownTransaction.test("COMMIT;")).toBe(true);
});

it.each([
  ['ALTER TABLE "phone" DROP COLUMN "line_type";', "DROP COLUMN"],
  ["drop table phone;", "DROP of a table, view, type or function"],
  ["ALTER TABLE phone RENAME COLUMN e164 TO number;", "RENAME"],
  ["ALTER TABLE phone ALTER COLUMN e164 SET NOT NULL;", "SET NOT NULL"],
  ["ALTER TABLE phone ALTER COLUMN e164 DROP DEFAULT;", "DROP DEFAULT"],
  ["ALTER TABLE phone ALTER COLUMN e164 TYPE bigint;", "another type of a column"],
  [
    "ALTER TABLE phone ADD COLUMN a text, ADD COLUMN b text NOT NULL;",
    "a new column without a default that has to be filled in",
  ],
])("refuses %s", (script, what) => {
  expect(findContractions(script)).toEqual([what]);
  expect(findContractions(`-- contract: not used since v1.4\n${script}`)).toEqual([]);
});

it.each([
  "-- Nothing here would DROP TABLE phone.\nCREATE TABLE partner (id uuid NOT NULL);",
  "ALTER TABLE phone ADD COLUMN seen BIGINT NOT NULL DEFAULT 0, ADD COLUMN b text;",
  "DROP INDEX phone_index; CREATE INDEX phone_index ON phone (id);",
])("accepts %s", (script) => {
  expect(findContractions(script)).toEqual([]);
});
