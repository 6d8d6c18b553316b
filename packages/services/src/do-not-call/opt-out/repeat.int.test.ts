import { expect, it } from "vitest";
import { recorded } from "../../../testing/opt-outs.ts";
import { aCallablePhone, addAnotherPhone, sayOfCalls } from "../../../testing/phones.ts";
import { aContext, db } from "../../../testing/scenes.ts";
import { findExisting } from "./repeat.ts";
import type { NewOptOut } from "./opt-out.ts";

it("records a new opt-out after a proven consent, from any phone of the person", async () => {
  const ctx = await aContext();
  const known = await aCallablePhone(ctx);
  const other = await addAnotherPhone(ctx, known.contactId);
  const day = new Date("2026-03-01T00:00:00Z"); // of a system that tells the day alone
  const input = { phone: known.phone, channel: "agent", at: day } as const;
  const listed: NewOptOut[] = [
    { phoneId: known.phoneId, scope: { scope: "all" }, channel: "agent", at: null },
  ];
  const again = () =>
    db.prisma.$transaction((db) => findExisting({ ...ctx, db, now: day }, listed));
  const first = await recorded(ctx, input);
  expect((await recorded(ctx, input)).id).toBe(first.id);
  expect(await again()).toMatchObject([{ id: first.id }]);

  const inTheMorning = new Date("2026-03-01T09:00:00Z");
  const since = { isProven: true, recordedAt: new Date("2100-01-01T00:00:00Z") };
  await sayOfCalls(ctx, { ...known, phoneId: other.phoneId }, "granted", inTheMorning, since);

  expect(await again()).toEqual([undefined]);
  expect((await recorded(ctx, input)).id).not.toBe(first.id);
  const old = await recorded(ctx, { ...input, at: new Date("2026-02-01T00:00:00Z") });
  expect((await recorded(ctx, { ...input, at: new Date("2026-02-01T00:00:00Z") })).id).toBe(old.id);
});
