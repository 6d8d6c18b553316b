import { OrganizationId } from "@ringfence/core/ids";
import { expect, it } from "vitest";
import { createFileWrapping, createCipher, createSealing } from "./sealing-keys.ts";

const organizationId = OrganizationId.parse("0190a000-0000-7000-8000-000000000001");

const sealedFor = { organizationId, purpose: "registry US-FTC-DNC" };

const { seal, open } = createSealing(() => [Buffer.alloc(32, 1)]);

const sealed = seal(sealedFor, "пароль");

it("opens what it sealed, and does not reveal the text", () => {
  expect(open(sealedFor, sealed)).toBe("пароль");
  expect(Buffer.from(sealed).includes("пароль")).toBe(false);
  expect(Buffer.from(seal(sealedFor, "пароль"))).not.toEqual(Buffer.from(sealed));
});

it("opens under no other key, for nothing else, and not once it was changed", () => {
  const other = OrganizationId.parse("0190a000-0000-7000-8000-000000000002");
  expect(createSealing(() => [Buffer.alloc(32, 2)]).open(sealedFor, sealed)).toBeNull();
  expect(open({ ...sealedFor, organizationId: other }, sealed)).toBeNull();
  expect(open({ ...sealedFor, purpose: "registry CA-DNCL" }, sealed)).toBeNull();
  for (let at = 0; at < sealed.length; at++) {
    expect(open(sealedFor, sealed.with(at, (sealed[at] ?? 0) ^ 1))).toBeNull();
  }
  expect(open(sealedFor, sealed.subarray(0, 27))).toBeNull();
});

it("opens what an earlier key sealed, and seals with the latest", () => {
  const [old, latest] = [Buffer.alloc(32, 1), Buffer.alloc(32, 2)];
  const ring = createSealing(() => [old, latest]);
  expect(ring.open(sealedFor, sealed)).toBe("пароль");
  const resealed = ring.seal(sealedFor, "пароль");
  expect(open(sealedFor, resealed)).toBeNull();
  expect(createSealing(() => [latest]).open(sealedFor, resealed)).toBe("пароль");
});

const [old, next] = [new Uint8Array(32).fill(7), new Uint8Array(32).fill(8)];

const noMore = () => Promise.resolve();

it("opens what it sealed in its own context, and nothing else", () => {
  const { seal, open } = createCipher(old);
  const bytes = new TextEncoder().encode("+12015550123");
  const sealed = seal(bytes, "one");

  expect(open(sealed, "one")).toEqual(bytes);
  expect(seal(bytes, "one")).not.toEqual(sealed);
  expect(() => open(sealed, "two")).toThrow(/authenticate/);
  for (const place of sealed.keys()) {
    const changed = sealed.with(place, (sealed[place] ?? 0) ^ 1);
    expect(() => open(changed, "one")).toThrow(/authenticate/);
  }
});

it("unwraps a data key of an earlier key, and none of a foreign key", async () => {
  const before = createFileWrapping(() => [old], noMore);
  const dataKey = new Uint8Array(32).fill(1);
  const wrapped = await before.wrap(dataKey);
  const after = createFileWrapping(() => [old, next], noMore);
  expect(after.id).not.toBe(before.id);
  expect(await after.unwrap(wrapped, before.id)).toEqual(dataKey);
  const foreign = createFileWrapping(() => [next], noMore);
  await expect(foreign.unwrap(wrapped, before.id)).rejects.toThrow(/which is missing/);
});

it("looks once more for a key that another process may have created", async () => {
  const secrets = [old];
  const ring = createFileWrapping(
    () => secrets,
    async () => void secrets.push(next),
  );
  const wrapped = await createFileWrapping(() => [next], noMore).wrap(old);
  const { id } = createFileWrapping(() => [next], noMore);
  expect(await ring.unwrap(wrapped, id)).toEqual(old);
});
