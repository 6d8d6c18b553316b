import { readFileSync } from "node:fs";
import path from "node:path";
import { expect, it } from "vitest";
import { fieldReaders, findReader, listDuties } from "./field-readers.ts";
import { lawDocument } from "./law-document.ts";
import { readRuleBook, bundledRuleBook } from "./rule-book.ts";

const readSource = (file: string) =>
  readFileSync(path.join(import.meta.dirname, "../..", file), "utf8");

it("has a reader for every field of every rule: a module, the schema, or a person", () => {
  const unread = bundledRuleBook.rules.flatMap(({ id, type, value }) =>
    Object.keys(value)
      .filter((field) => findReader(type, field) === undefined)
      .map((field) => `${id} ${field}`),
  );
  expect(unread).toEqual([]);
});

it("names only modules that mention the field", () => {
  const idle = Object.entries(fieldReaders).flatMap(([type, fields]) =>
    Object.entries(fields)
      .filter(([field, reader]) => reader.endsWith(".ts") && !readSource(reader).includes(field))
      .map(([field, reader]) => `${type}.${field}: ${reader}`),
  );
  expect(idle).toEqual([]);
});

it("names only fields that some rule has", () => {
  const held = new Set(
    bundledRuleBook.rules.flatMap(({ type, value }) =>
      Object.keys(value).map((field) => `${type}.${field}`),
    ),
  );
  const gone = Object.entries(fieldReaders).flatMap(([type, fields]) =>
    Object.keys(fields).flatMap((field) =>
      held.has(`${type}.${field}`) ? [] : `${type}.${field}`,
    ),
  );
  expect(gone).toEqual([]);
});

const ofRule = (id: string) =>
  listDuties(bundledRuleBook.rules.find((rule) => rule.id === id) ?? noRule());

it("lists as duties what no module judges, and nothing that a module judges", () => {
  expect(ofRule("FR.cap").map(([field]) => field)).toContain("cooldown_after_refusal");
  expect(ofRule("FR.cap").map(([field]) => field)).not.toContain("max");
  expect(ofRule("US-TX.registration").map(([field]) => field)).toContain("bond_usd");
});

const noRule = (): never => {
  throw new Error("no such rule");
};

it.each([
  ["the file", { ...lawDocument, evaluation: {} }],
  [
    "a place",
    { ...lawDocument, jurisdictions: [{ ...lawDocument.jurisdictions[0], merge: "stricter" }] },
  ],
  ["a registry", { ...lawDocument, registries: [{ ...lawDocument.registries[0], url: "" }] }],
])("refuses an unknown field of %s", (_, changed) => {
  expect(() => readRuleBook(changed)).toThrow(/Unrecognized key/);
});
