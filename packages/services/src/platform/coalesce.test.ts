import { setImmediate as nextTurn } from "node:timers/promises";
import { expect, it } from "vitest";
import { coalesce } from "./coalesce.ts";

/** A load that doubles what it is asked, and what it was asked. */
function doubling() {
  const loads: (readonly number[])[] = [];
  const load = async (keys: readonly number[]) => {
    loads.push(keys);
    return keys.map((key) => key * 2);
  };
  return { load, loads };
}

it("asks once for all requests of a turn, and answers each its own", async () => {
  const { load, loads } = doubling();
  const double = coalesce(load);

  expect(await Promise.all([double(1), double(2), double(1)])).toEqual([2, 4, 2]);
  expect(loads).toEqual([[1, 2, 1]]);
});

it("never lets a request join a load that was already sent", async () => {
  const sent = Promise.withResolvers<readonly string[]>();
  const loads = [() => sent.promise, async () => ["after"]];
  const read = coalesce<string, string>(() => loads.shift()?.() ?? Promise.reject());

  const early = read("phone");
  await nextTurn();
  expect(loads).toHaveLength(1);

  expect(await read("phone")).toBe("after");
  sent.resolve(["before"]);
  expect(await early).toBe("before");
});

it("splits requests that are too many for one load", async () => {
  const { load, loads } = doubling();
  const double = coalesce(load, { maxKeys: 2 });

  expect(await Promise.all([1, 2, 3, 4, 5].map(double))).toEqual([2, 4, 6, 8, 10]);
  expect(loads).toEqual([[1, 2], [3, 4], [5]]);
});

it("fails for the requests of a load that failed, and for no others", async () => {
  const loads = [() => Promise.reject(new Error("away")), async () => ["back"]];
  const read = coalesce<string, string>(() => loads.shift()?.() ?? Promise.reject());

  const outcomes = await Promise.allSettled([read("a"), read("b")]);
  expect(outcomes.map(({ status }) => status)).toEqual(["rejected", "rejected"]);
  expect(await read("a")).toBe("back");
});

it("does not answer one request with the value of another", async () => {
  const read = coalesce<string, string>(async () => ["one"]);
  const outcomes = await Promise.allSettled([read("a"), read("b")]);
  expect(outcomes.map(({ status }) => status)).toEqual(["rejected", "rejected"]);
});

it("has one load under way at most, and gathers for the next those who come meanwhile", async () => {
  const loads: { keys: readonly string[]; end: (fails?: boolean) => void }[] = [];
  const write = coalesce<string, string>(
    (keys) =>
      new Promise((resolve, reject) => {
        const end = (fails = false) => (fails ? reject(new Error("away")) : resolve(keys));
        loads.push({ keys, end });
      }),
    { maxLoads: 1 },
  );

  const first = write("a");
  await nextTurn();
  const later = ["b", "c"].map((key) => write(key));
  await nextTurn();
  expect(loads.map(({ keys }) => keys)).toEqual([["a"]]);

  loads[0]?.end(true);
  await expect(first).rejects.toThrow("away");
  await nextTurn();
  expect(loads.map(({ keys }) => keys)).toEqual([["a"], ["b", "c"]]);

  loads[1]?.end();
  expect(await Promise.all(later)).toEqual(["b", "c"]);
  const last = write("d");
  await nextTurn();
  loads[2]?.end();
  expect(await last).toBe("d");
});

it("splits what gathered, and still sends no more loads at once", async () => {
  let underWay = 0;
  let most = 0;
  const write = coalesce<number, number>(
    async (keys) => {
      most = Math.max(most, ++underWay);
      await nextTurn();
      underWay--;
      return keys;
    },
    { maxKeys: 2, maxLoads: 2 },
  );
  const numbers = Array.from({ length: 9 }, (_, number) => number);
  expect(await Promise.all(numbers.map(write))).toEqual(numbers);
  expect(most).toBe(2);
});

it("is not held up by a load that takes too long", async () => {
  const loads = [() => new Promise<string[]>(() => {}), () => Promise.resolve(["answer"])];
  const read = coalesce<string, string>(() => loads.shift()?.() ?? Promise.reject(), {
    maxLoads: 1,
    maxKeys: 1,
    lateMs: 1,
  });
  void read("never");
  expect(await read("next")).toBe("answer");
});

it("takes at most so many of one group into a load", async () => {
  const { load, loads } = doubling();
  const double = coalesce(load, { maxLoads: 1, share: { by: String, most: 2 } });
  expect(await Promise.all([1, 1, 1, 1, 2].map(double))).toEqual([2, 2, 2, 2, 4]);
  expect(loads).toEqual([
    [1, 1, 2],
    [1, 1],
  ]);
});

it("lets groups take turns in a load that has no room for all", async () => {
  const { load, loads } = doubling();
  const double = coalesce(load, { maxKeys: 3, maxLoads: 1, share: { by: String, most: 3 } });
  await Promise.all([1, 1, 1, 2, 3].map(double));
  expect(loads).toEqual([
    [1, 2, 3],
    [1, 1],
  ]);
});
