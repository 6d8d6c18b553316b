import { OrganizationId } from "@ringfence/core/ids";
import { expect, it } from "vitest";
import { sealingKeys } from "./sealing-keys.ts";

const organizationId = OrganizationId.parse("0190a000-0000-7000-8000-000000000001");
const sealedFor = { organizationId, purpose: "registry US-FTC-DNC" };
const { seal, open } = sealingKeys(() => [Buffer.alloc(32, 1)]);
const sealed = seal(sealedFor, "пароль");

it("gives back what was sealed, which does not show", () => {
  expect(open(sealedFor, sealed)).toBe("пароль");
  expect(Buffer.from(sealed).includes("пароль")).toBe(false);
  expect(Buffer.from(seal(sealedFor, "пароль"))).not.toEqual(Buffer.from(sealed));
});

it("opens under no other key, for nothing else, and not once it was changed", () => {
  const other = OrganizationId.parse("0190a000-0000-7000-8000-000000000002");
  expect(sealingKeys(() => [Buffer.alloc(32, 2)]).open(sealedFor, sealed)).toBeNull();
  expect(open({ ...sealedFor, organizationId: other }, sealed)).toBeNull();
  expect(open({ ...sealedFor, purpose: "registry CA-DNCL" }, sealed)).toBeNull();
  for (let at = 0; at < sealed.length; at++) {
    expect(open(sealedFor, sealed.with(at, (sealed[at] ?? 0) ^ 1))).toBeNull();
  }
  expect(open(sealedFor, sealed.subarray(0, 27))).toBeNull();
});

it("opens what an earlier key sealed, and seals with the latest", () => {
  const [old, latest] = [Buffer.alloc(32, 1), Buffer.alloc(32, 2)];
  const ring = sealingKeys(() => [old, latest]);
  expect(ring.open(sealedFor, sealed)).toBe("пароль");
  const resealed = ring.seal(sealedFor, "пароль");
  expect(open(sealedFor, resealed)).toBeNull();
  expect(sealingKeys(() => [latest]).open(sealedFor, resealed)).toBe("пароль");
});
