import { expect, it } from "vitest";
import { mapInTurns } from "./map-in-turns.ts";

it("maps each in its place", async () => {
  const items = Array.from({ length: 1_000 }, (_, index) => index);
  expect(await mapInTurns(items, (item, index) => [item, index])).toEqual(
    items.map((item) => [item, item]),
  );
});

it("lets others have their turn meanwhile", async () => {
  const order: string[] = [];
  const many = mapInTurns(Array.from({ length: 1_000 }), (_, index) => order.push(`item ${index}`));
  setImmediate(() => order.push("other"));
  await many;
  expect(order.indexOf("other")).toBeLessThan(order.indexOf("item 500"));
});

it("rejects with what the map throws", async () => {
  const failing = mapInTurns([1], () => {
    throw new Error("no");
  });
  await expect(failing).rejects.toThrow("no");
});
