import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { expect, it } from "vitest";
import {
  type StoredTable,
  reportSectionNames,
  storedTables,
} from "@ringfence/core/desk/access-report";

const schemaFolder = path.resolve(import.meta.dirname, "../../../../db/prisma/schema");

/** The columns of each model that are no ids. */
function readModels(schema: string): Map<string, string[]> {
  const models = [...schema.matchAll(/^model (\w+) \{([^]*?)^\}/gm)];
  const names = new Set(models.map(([, name = ""]) => name));
  return new Map(
    models.map(([, name = "", body = ""]) => {
      const columns = [...body.matchAll(/^ {2}(\w+) +(\w+)(.*)$/gm)].flatMap(
        ([, column = "", type = "", rest = ""]) =>
          names.has(type) || column === "id" || isReference(column, rest) ? [] : column,
      );
      return [name, columns];
    }),
  );
}

const isReference = (column: string, rest: string) =>
  (rest.includes("@db.Uuid") && /Ids?$/.test(column)) ||
  column === "contactOrdinal" ||
  column === "ordinal" ||
  column === "ruleId" ||
  column === "keyId";

/** Lists what the table in core does not know, or knows wrongly. */
function findGaps(models: Map<string, string[]>, tables: Readonly<Record<string, StoredTable>>) {
  const gaps = [...models].flatMap(([model, columns]) => {
    const table = tables[model];
    if (table === undefined) return [`${model} is not listed`];
    if ("not" in table) return [];
    const listed = [...table.columns, ...table.internal];
    return [
      ...columns
        .filter((name) => !listed.includes(name))
        .map((name) => `${model}.${name} is not listed`),
      ...listed
        .filter((name) => !columns.includes(name))
        .map((name) => `${model}.${name} does not exist`),
    ];
  });
  const gone = Object.keys(tables).filter((model) => !models.has(model));
  return [...gaps, ...gone.map((model) => `${model} does not exist`)];
}

const schema = readdirSync(schemaFolder, { recursive: true, encoding: "utf8" })
  .filter((file) => file.endsWith(".prisma"))
  .map((file) => readFileSync(path.join(schemaFolder, file), "utf8"))
  .join("\n");

it("knows every table and column of the schema", () => {
  expect(findGaps(readModels(schema), storedTables)).toEqual([]);
});

it("finds a table, a column and a free text that are new", () => {
  const changed = `${schema.replace("model Contact {", "model Contact {\n  nickname       String?")}
model Diary {
  organizationId String @db.Uuid
  phoneId        String @db.Uuid
  text           String
}
`;
  expect(findGaps(readModels(changed), storedTables)).toEqual([
    "Contact.nickname is not listed",
    "Diary is not listed",
  ]);
});

it("tells of some table in every section", () => {
  const told = new Set(
    Object.values(storedTables).flatMap((table) =>
      "told" in table && typeof table.told === "string" ? table.told : [],
    ),
  );
  expect(reportSectionNames.filter((section) => !told.has(section))).toEqual([]);
});

it("lists a table without personal data only if it points to no person", () => {
  const pointing =
    /^ {2}(phoneId|phoneIds|contactId|contactOrdinal|memberId|optOutIds|consentIds)\b/m;
  const silent = [...schema.matchAll(/^model (\w+) \{([^]*?)^\}/gm)].flatMap(
    ([, name = "", body = ""]) => {
      const table = storedTables[name];
      return table && "not" in table && pointing.test(body) ? name : [];
    },
  );
  // They say which member set something.
  expect(silent.toSorted()).toEqual([
    "ClosedDay",
    "Emergency",
    "PastRuleOverride",
    "RuleOverride",
    "UnreadReason",
  ]);
});
