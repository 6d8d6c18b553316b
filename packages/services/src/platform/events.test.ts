import { expect, it } from "vitest";
import type { TransactionContext } from "./context.ts";
import { defineEvent } from "./events.ts";

const ctx = {} as TransactionContext;

it("hands an event to its handler", async () => {
  const event = defineEvent<number>("counted");
  const seen: number[] = [];
  event.handle(async (_, value) => void seen.push(value));
  await event.raise(ctx, 7);
  expect(seen).toEqual([7]);
});

it("throws when nothing handles the event", async () => {
  await expect(defineEvent<number>("counted").raise(ctx, 7)).rejects.toThrow(
    "Nothing handles counted.",
  );
});

it("throws what its handler throws", async () => {
  const event = defineEvent<number>("counted");
  event.handle(async () => {
    throw new Error("too many");
  });
  await expect(event.raise(ctx, 7)).rejects.toThrow("too many");
});
