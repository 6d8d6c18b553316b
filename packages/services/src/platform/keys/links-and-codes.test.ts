import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { OrganizationId } from "@ringfence/core/ids";
import { afterAll, expect, it } from "vitest";
import {
  createCode,
  isCode,
  isLink,
  readLink,
  readUnverifiedLink,
  writeLink,
} from "./links-and-codes.ts";
import { keysIn } from "../../../testing/keys.ts";

const folder = mkdtempSync(path.join(tmpdir(), "ringfence-keys-"));
afterAll(() => rmSync(folder, { recursive: true }));
const keys = keysIn(folder);

const organizationId = OrganizationId.parse("01890000-0000-7000-8000-00000000000a");
const parts = { organizationId, id: "01890000-0000-7000-8000-00000000000b" };

it("opens what it wrote, for its own use alone", () => {
  const link = writeLink(keys, "stop link", parts);
  expect(link).toMatch(/^[\w-]{56}$/);
  expect(readLink(keys, "stop link", link)).toEqual(parts);
  expect(readLink(keys, "receipt link", link)).toBeNull();
});

it("opens no link that was changed anywhere", () => {
  const bytes = Buffer.from(writeLink(keys, "stop link", parts), "base64url");
  for (const place of bytes.keys()) {
    const changed = Buffer.from(bytes.with(place, (bytes[place] ?? 0) ^ 1));
    expect(readLink(keys, "stop link", changed.toString("base64url"))).toBeNull();
  }
  expect(readLink(keys, "stop link", "")).toBeNull();
});

it("opens nothing for a row in which a bound value was changed", () => {
  const row = { ...parts, bound: ["phone", "sms"] };
  const changed = [parts, { ...row, bound: ["phone", "spoken"] }, { ...row, bound: ["phone"] }];
  const link = writeLink(keys, "own record link", row);
  const code = createCode(keys, "person code", row);
  expect(readUnverifiedLink(link)).toEqual(parts);
  expect(isLink(keys, "own record link", row, link)).toBe(true);
  expect(isCode(keys, "person code", row, code)).toBe(true);
  expect(readLink(keys, "own record link", link)).toBeNull();
  for (const other of changed) {
    expect(isLink(keys, "own record link", other, link)).toBe(false);
    expect(isCode(keys, "person code", other, code)).toBe(false);
  }
});
