import { expect, it } from "vitest";
import { pacePieces } from "./insert-blocks.ts";

const piece = { bytes: Buffer.alloc(1_000) };

/**
 * Returns the milliseconds at which pieces of 1,000 bytes are passed on, at 100 bytes per millisecond, to a
 * consumer that takes the given time for each.
 */
async function instants(taking: readonly number[], lateBy = 0) {
  let at = 0;
  const clock = {
    now: () => at,
    wait: async (ms: number) => void (at += ms + lateBy),
  };
  const handedOn: number[] = [];
  for await (const _ of pacePieces(
    taking.map(() => piece),
    100,
    clock,
  )) {
    at += taking[handedOn.length] ?? 0;
    handedOn.push(at);
  }
  return handedOn;
}

it("hands on no more than so many bytes in a millisecond", async () => {
  expect(await instants([0, 0, 0, 0])).toEqual([0, 10, 20, 30]);
});

it("makes up for timers that are late", async () => {
  expect(await instants([0, 0, 0, 0], 2)).toEqual([0, 12, 22, 32]);
});

it("waits no longer than a slow sender needs", async () => {
  expect(await instants([15, 15, 15])).toEqual([15, 30, 45]);
});

it("does not hurry after a long stop", async () => {
  const [, , ...after] = await instants([0, 1_000, 0, 0, 0, 0, 0, 0]);
  expect(after).toEqual([1_010, 1_010, 1_020, 1_030, 1_040, 1_050]);
});

it("hands everything on, in its order", async () => {
  const pieces = ["a", "b", "c"].map((text) => ({ bytes: Buffer.from(text) }));
  const handedOn: typeof pieces = [];
  for await (const one of pacePieces(pieces, 1_000)) handedOn.push(one);
  expect(handedOn).toEqual(pieces);
});
