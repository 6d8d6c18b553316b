import { expect, it } from "vitest";
import { fileWrapping } from "./key-wrapping.ts";
import { sealWith } from "./seal.ts";

const [old, next] = [new Uint8Array(32).fill(7), new Uint8Array(32).fill(8)];
const noMore = () => Promise.resolve();

it("opens what it sealed in its own context, and nothing else", () => {
  const { seal, open } = sealWith(old);
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
  const before = fileWrapping(() => [old], noMore);
  const dataKey = new Uint8Array(32).fill(1);
  const wrapped = await before.wrap(dataKey);
  const after = fileWrapping(() => [old, next], noMore);
  expect(after.id).not.toBe(before.id);
  expect(await after.unwrap(wrapped, before.id)).toEqual(dataKey);
  const foreign = fileWrapping(() => [next], noMore);
  await expect(foreign.unwrap(wrapped, before.id)).rejects.toThrow(/which is missing/);
});

it("looks once more for a key that another process may have created", async () => {
  const secrets = [old];
  const ring = fileWrapping(
    () => secrets,
    async () => void secrets.push(next),
  );
  const wrapped = await fileWrapping(() => [next], noMore).wrap(old);
  const { id } = fileWrapping(() => [next], noMore);
  expect(await ring.unwrap(wrapped, id)).toEqual(old);
});
