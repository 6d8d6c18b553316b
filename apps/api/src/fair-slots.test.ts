import { setImmediate as nextTurn } from "node:timers/promises";
import { expect, it } from "vitest";
import { createFairSlots } from "./fair-slots.ts";

/** Takes slots, and notes in which order groups got theirs. */
function scene(limits: { total: number; ofOne: number }) {
  const take = createFairSlots(limits);
  const order: string[] = [];
  const releases: (() => void)[] = [];
  const ask = async (group: string, signal = new AbortController().signal) => {
    const release = await take(group, signal);
    if (release === null) return "none";
    order.push(group);
    releases.push(release);
    return "got";
  };
  const releaseFirst = async () => {
    releases.shift()?.();
    await nextTurn();
  };
  return { ask, order, releaseFirst };
}

it("gives one group no more than its share, and another what is left", async () => {
  const { ask } = scene({ total: 3, ofOne: 2 });
  expect(await Promise.all(["a", "a", "a", "b"].map((group) => ask(group)))).toEqual([
    "got",
    "got",
    "none",
    "got",
  ]);
});

it("gives a group fewer than its share if it is told so, and never more", async () => {
  const take = createFairSlots({ total: 6, ofOne: 3 });
  const { signal } = new AbortController();
  const askFour = async (group: string, most: number) => {
    const given = await Promise.all(Array.from({ length: 4 }, () => take(group, signal, most)));
    return given.filter((release) => release !== null).length;
  };
  expect(await askFour("few", 1)).toBe(1);
  expect(await askFour("many", 100)).toBe(3);
});

it("lets the group with the fewest running go first, although it asked last", async () => {
  const { ask, order, releaseFirst } = scene({ total: 2, ofOne: 4 });
  const asked = ["a", "a", "a", "a", "b"].map((group) => ask(group));
  await nextTurn();
  expect(order).toEqual(["a", "a"]);
  for (let released = 0; released < 3; released++) await releaseFirst();
  await Promise.all(asked);
  expect(order).toEqual(["a", "a", "b", "a", "a"]);
});

it("counts a slot once, however often it is released", async () => {
  const take = createFairSlots({ total: 1, ofOne: 3 });
  const { signal } = new AbortController();
  const release = await take("a", signal);
  const [second, third] = [take("a", signal), take("a", signal)];
  release?.();
  release?.();
  await second;
  const isWaiting = await Promise.race([third.then(() => false), nextTurn(true)]);
  expect(isWaiting).toBe(true);
});

it("forgets who gave up while waiting, and whom it refused", async () => {
  const { ask, order, releaseFirst } = scene({ total: 1, ofOne: 2 });
  const leaving = new AbortController();
  await ask("a");
  const left = ask("a", leaving.signal);
  expect(await ask("a")).toBe("none");
  leaving.abort();
  expect(await left).toBe("none");
  const other = ask("a");
  await releaseFirst();
  expect([await other, order]).toEqual(["got", ["a", "a"]]);
  expect(await ask("b", AbortSignal.abort())).toBe("none");
});
