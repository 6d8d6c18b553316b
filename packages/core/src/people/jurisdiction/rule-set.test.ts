import { createHash } from "node:crypto";
import { expect, it } from "vitest";
import { compareRuleBooks, bundledRuleSetHash, serializeRuleSet } from "./rule-set.ts";
import { lawDocument } from "./law-document.ts";
import { bundledRuleBook } from "./rule-book.ts";

/** Sorts keys like `jq -cS`, so that anyone with the file can compute the hash. */
const inOrder = (value: unknown): unknown =>
  Array.isArray(value)
    ? value.map(inOrder)
    : value !== null && typeof value === "object"
      ? Object.fromEntries(
          Object.entries(value)
            .map(([key, part]) => [key, inOrder(part)] as const)
            .toSorted(([a], [b]) => (a < b ? -1 : 1)),
        )
      : value;

it("is the SHA-256 of the data files without examples, with their keys in order", () => {
  const text = JSON.stringify(inOrder(lawDocument), (key, value: unknown) =>
    key === "examples" ? undefined : value,
  );
  expect(serializeRuleSet()).toBe(text);
  expect(bundledRuleSetHash).toBe(createHash("sha256").update(text).digest("hex"));
});

const [first, second] = bundledRuleBook.rules;

if (first === undefined || second === undefined) throw new Error("no rules");

it("lists added and removed rules", () => {
  const [before, after] = [{ rules: [first] }, { rules: [second] }];
  expect(compareRuleBooks(before, after)).toEqual({
    added: [second],
    removed: [first],
    changed: [],
  });
});

it("lists the changed fields of a rule, including those of its value and conditions", () => {
  const after = {
    ...first,
    citation: "Another law",
    note: "New.",
    when: { ...first.when, sector: ["loans"] },
  };
  const { changed } = compareRuleBooks({ rules: [first] }, { rules: [after as typeof first] });
  expect(changed).toMatchObject([{ rule: { id: first.id } }]);
  const fields = new Map(changed[0]?.fields.map((change) => [change.field, change]));
  expect(fields.get("citation")).toEqual({
    field: "citation",
    before: first.citation,
    after: "Another law",
  });
  expect(fields.get("when.sector")).toMatchObject({ after: ["loans"] });
  expect([...fields.keys()].toSorted()).toEqual(["citation", "note", "when.sector"]);
});

it("finds no difference between a rule book and itself", () => {
  expect(compareRuleBooks(bundledRuleBook, bundledRuleBook)).toEqual({
    added: [],
    removed: [],
    changed: [],
  });
});
