import { createHash } from "node:crypto";
import { expect, it } from "vitest";
import {
  type AuditDigestClaims,
  checkAuditFile,
  computeAuditDigest,
  formatRemovedEntries,
  formatRoot,
  hashAuditRecord,
} from "./digest.ts";

const entry = (id: string, at: string) => ({
  id,
  at: new Date(at),
  actor: { type: "member", id: "0195a000-0000-7000-8000-000000000001" },
  action: "opt-out.record",
  phoneId: null,
  details: { repeated: false, count: 2 },
});

const entries = [
  entry("0195a000-0000-7000-8000-00000000000b", "2026-12-01T00:00:00.000Z"),
  entry("0195a000-0000-7000-8000-00000000000a", "2026-12-01T00:00:00.000Z"),
  entry("0195a000-0000-7000-8000-000000000001", "2026-12-01T23:59:59.999Z"),
];
const leaves = entries.map((one) => ({ id: one.id, at: one.at, leaf: hashAuditRecord(one) }));
const { root } = computeAuditDigest(leaves);
const stated: AuditDigestClaims = {
  kind: "audit.digest",
  day: "2026-12-01",
  entries: 3,
  root: formatRoot(root),
};
const toLine = (one: (typeof entries)[number]) =>
  JSON.stringify({
    ...one,
    actor: { ...one.actor, name: "Ada" },
    kind: "done",
    phone: "+1…",
    reason: null,
  });
const check = (lines: readonly string[], removed = leaves.slice(0, 0)) =>
  checkAuditFile(lines.join("\n"), [stated], removed);

it("hashes the bytes that the docs describe", () => {
  const text =
    '{"action":"opt-out.record","actor":{"id":"0195a000-0000-7000-8000-000000000001","type":"member"},"at":"2026-12-01T00:00:00.000Z","details":{"count":2,"repeated":false},"id":"0195a000-0000-7000-8000-00000000000b","phone_id":null,"s":"ringfence/audit-entry@v1"}';
  const sha256 = createHash("sha256").update("\0").update(text).digest("hex");
  expect(Buffer.from(leaves[0]?.leaf ?? []).toString("hex")).toBe(sha256);
  expect(formatRoot(computeAuditDigest([]).root)).toBe(createHash("sha256").digest("base64url"));
});

it("formats removed entries in one order, each with its time and hash", () => {
  const text = formatRemovedEntries(leaves);
  expect(text.split("\n").map((line) => line.slice(0, 61))).toEqual([
    "0195a000-0000-7000-8000-000000000001 2026-12-01T23:59:59.999Z",
    "0195a000-0000-7000-8000-00000000000a 2026-12-01T00:00:00.000Z",
    "0195a000-0000-7000-8000-00000000000b 2026-12-01T00:00:00.000Z",
  ]);
  expect(text.endsWith(` ${Buffer.from(leaves[0]?.leaf ?? []).toString("base64url")}`)).toBe(true);
  expect(formatRemovedEntries(leaves.toReversed())).toBe(text);
});

it("finds a file the same in any order, with other days in it", () => {
  const other = entry("0195a000-0000-7000-8000-00000000000c", "2026-12-02T00:00:00.000Z");
  const lines = [other, ...entries].map(toLine);
  expect(check(lines)).toEqual([
    { day: "2026-12-01", result: "same", stated: 3, found: 3, removed: 0 },
  ]);
  expect(check(lines.toReversed())[0]?.result).toBe("same");
});

it.each([
  ["a line is missing", entries.slice(1).map(toLine)],
  ["a line is there twice", [...entries, ...entries.slice(0, 1)].map(toLine)],
  [
    "details were changed",
    entries.map(toLine).map((line) => line.replace('"count":2', '"count":3')),
  ],
  ["the actor was changed", entries.map(toLine).map((line) => line.replace('"member"', '"key"'))],
  ["a time was changed", entries.map(toLine).map((line) => line.replace("59.999", "59.998"))],
])("finds that %s", (_, lines) => {
  expect(check(lines)[0]?.result).toBe("differs");
});

it("accepts that a sweep removed an entry, if its hash is the one that was stated", () => {
  const lines = entries.slice(1).map(toLine);
  expect(check(lines, leaves.slice(0, 1))).toEqual([
    { day: "2026-12-01", result: "same", stated: 3, found: 2, removed: 1 },
  ]);
  const forged = leaves.slice(0, 1).map((leaf) => ({ ...leaf, leaf: new Uint8Array(32) }));
  expect(check(lines, forged)[0]?.result).toBe("differs");
});
