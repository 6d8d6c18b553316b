import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { expect, it } from "vitest";
import {
  type StoredTable,
  reportSectionNames,
  storedTables,
} from "@ringfence/core/desk/access-report";

const schemaFolder = path.resolve(import.meta.dirname, "../../../../db/prisma/schema");

type Column = { name: string; isText: boolean };

/** The columns of each model that are no ids. */
function readModels(schema: string): Map<string, Column[]> {
  const models = [...schema.matchAll(/^model (\w+) \{([^]*?)^\}/gm)];
  const names = new Set(models.map(([, name = ""]) => name));
  return new Map(
    models.map(([, name = "", body = ""]) => {
      const columns = [...body.matchAll(/^ {2}(\w+) +(\w+)(.*)$/gm)].flatMap(
        ([, column = "", type = "", rest = ""]) =>
          names.has(type) || column === "id" || isReference(column, rest)
            ? []
            : { name: column, isText: /^(String|Json)$/.test(type) && !rest.includes("@db.Uuid") },
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
function findGaps(models: Map<string, Column[]>, tables: Readonly<Record<string, StoredTable>>) {
  const gaps = [...models].flatMap(([model, columns]) => {
    const table = tables[model];
    if (table === undefined) return [`${model} is not listed`];
    const isSilent = "not" in table;
    const listed = isSilent ? table.texts : [...table.columns, ...table.internal];
    const wanted = columns.flatMap(({ name, isText }) => (isSilent && !isText ? [] : name));
    return [
      ...wanted
        .filter((name) => !listed.includes(name))
        .map((name) => `${model}.${name} is not listed`),
      ...listed
        .filter((name) => !wanted.includes(name))
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

it("knows every table, every column about people, and every text and JSON of other tables", () => {
  expect(findGaps(readModels(schema), storedTables)).toEqual([]);
});

it("finds a table, a column and a free text that are new", () => {
  const changed = `${schema
    .replace("model Contact {", "model Contact {\n  nickname       String?")
    .replace(
      "model CampaignNote {",
      "model CampaignNote {\n  remark         String?\n  length         Int",
    )}
model Diary {
  organizationId String @db.Uuid
  phoneId        String @db.Uuid
  text           String
}
`;
  expect(findGaps(readModels(changed), storedTables).toSorted()).toEqual([
    "CampaignNote.remark is not listed",
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

it("knows no table of settings, law or figures that points to a called person", () => {
  const pointing = /^ {2}(phoneId|phoneIds|contactId|contactOrdinal|optOutIds|consentIds)\b/m;
  const silent = [...schema.matchAll(/^model (\w+) \{([^]*?)^\}/gm)].flatMap(
    ([, name = "", body = ""]) => {
      const table = storedTables[name];
      return table && "not" in table && pointing.test(body) ? name : [];
    },
  );
  expect(silent).toEqual([]);
});
