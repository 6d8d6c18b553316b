import { createHash } from "node:crypto";
import { expect, it } from "vitest";
import document from "../../../data/jurisdictions.json" with { type: "json" };
import { ruleSetHash } from "./rule-set-hash.ts";

/** As `jq -cS` writes it: whoever has the file can hash it. */
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

it("is the SHA-256 of the data file with its keys in order", () => {
  const text = JSON.stringify(inOrder(document));
  expect(ruleSetHash).toBe(createHash("sha256").update(text).digest("hex"));
});
