import { expect, it } from "vitest";
import { createLatestOnly } from "./index.ts";

it("hands on the result of the latest work, whichever is done first", async () => {
  const latestOnly = createLatestOnly();
  const slow = Promise.withResolvers<string>();
  const taken: string[] = [];
  const take = (result: string) => void taken.push(result);
  const first = latestOnly(() => slow.promise, take);
  await latestOnly(async () => "certificate", take);
  slow.resolve("large pack");
  await first;
  expect(taken).toEqual(["certificate"]);
});

it("drops the fault of work that was overtaken, and no other", async () => {
  const latestOnly = createLatestOnly();
  const slow = Promise.withResolvers<string>();
  const first = latestOnly(
    () => slow.promise,
    () => {},
  );
  const last = latestOnly(
    () => Promise.reject(new Error("unreadable")),
    () => {},
  );
  await expect(last).rejects.toThrow("unreadable");
  slow.reject(new Error("dropped"));
  await expect(first).resolves.toBeUndefined();
});
