import { randomUUID } from "node:crypto";
import { expect, it } from "vitest";
import { aContext } from "../../../testing/scenes.ts";
import { inTransaction } from "../../platform/context.ts";
import { lockSubjects } from "./subject-vault.ts";

it("lets transactions that add and lock the same subjects wait for each other, never in a circle", async () => {
  const ctx = await aContext();
  for (let round = 0; round < 25; round++) {
    const ids = Array.from({ length: 6 }, () => randomUUID()).toSorted();
    // The first adds one in the middle while others are between reading what is there and adding the rest.
    const wanted = [[ids[3]], ids, [ids[1], ids[3]], ids.toReversed(), [ids[0], ids[5]], ids, ids];
    const locked = await Promise.all(
      wanted.map((some) =>
        inTransaction(ctx, async (ctx) => {
          const subjects = await lockSubjects(
            ctx,
            some.filter((id) => id !== undefined),
          );
          return [...subjects].map(([id, { key }]) => `${id} ${Buffer.from(key).toString("hex")}`);
        }),
      ),
    );
    expect(locked.map((subjects) => subjects.length)).toEqual(wanted.map(({ length }) => length));
    // All of them have the same key of a subject.
    expect(new Set(locked.flat()).size).toBe(ids.length);
  }
});
