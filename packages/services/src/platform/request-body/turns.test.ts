import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { createTurns } from "./limit-bodies.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

it("lets one of many loops go on at a time, in the order in which they asked", async () => {
  const turn = createTurns(4);
  const steps: string[] = [];
  const loop = async (name: string) => {
    for (const step of [1, 2]) {
      await turn();
      steps.push(`${name}${step}`);
    }
  };
  const done = Promise.all([loop("a"), loop("b"), loop("c")]);
  const counts: number[] = [];
  for (let round = 0; round < 6; round++) {
    await vi.advanceTimersByTimeAsync(round === 0 ? 0 : 4);
    counts.push(steps.length);
  }
  await done;
  expect(steps).toEqual(["a1", "b1", "c1", "a2", "b2", "c2"]);
  expect(counts).toEqual([1, 2, 3, 4, 5, 6]);
});

it("lets a single one continue at once, and again only after a pause", async () => {
  const turn = createTurns(4);
  await turn();
  await vi.advanceTimersByTimeAsync(4);
  await turn();
  let isOn = false;
  const again = turn().then(() => (isOn = true));
  await vi.advanceTimersByTimeAsync(3);
  expect(isOn).toBe(false);
  await vi.advanceTimersByTimeAsync(1);
  await again;
  expect(isOn).toBe(true);
});
