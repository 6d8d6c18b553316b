import { aNumber } from "@ringfence/db/testing";
import { expect, it } from "vitest";
import { recorded } from "../../../testing/opt-outs.ts";
import { aContext, as, db } from "../../../testing/scenes.ts";
import { recordDialerList } from "./dialer-list.ts";

const count = ({ organizationId }: Awaited<ReturnType<typeof aContext>>) =>
  db.prisma.optOut.count({ where: { organizationId } });

it("records each number once, however often it is listed, and counts unreadable ones", async () => {
  const ctx = await aContext();
  const phones = [aNumber(), aNumber()];
  const isOurs = false;
  expect(await recordDialerList(ctx, { phones: [...phones, "+1999"], isOurs })).toEqual({
    added: 2,
    unreadable: 1,
  });
  expect(await recordDialerList(ctx, { phones, isOurs })).toEqual({ added: 0, unreadable: 0 });
  await recordDialerList(ctx, { phones: ["+1999"], isOurs });
  const { organizationId } = ctx;
  expect(await db.prisma.misreadOptOut.findMany({ where: { organizationId } })).toMatchObject([
    { input: "+1999", channel: "disposition" },
  ]);
  expect(await count(ctx)).toBe(2);
});

it("records a list that is longer than one transaction, in transactions of 250 numbers", async () => {
  const ctx = await aContext();
  const phones = Array.from({ length: 600 }, (_, n) => `+1212${5_550_000 + n}`);
  const { added, unreadable } = await recordDialerList(ctx, { phones, isOurs: false });
  expect([added + unreadable, added]).toEqual([600, await count(ctx)]);
  const { organizationId } = ctx;
  const audited = await db.prisma.auditEntry.findMany({
    where: { organizationId },
    orderBy: { id: "asc" },
  });
  expect(audited.map(({ details }) => details)).toEqual([
    { listed: 250 },
    { listed: 250 },
    { listed: 100 },
  ]);
});

it("does not widen an opt-out of one purpose that came back from our own list", async () => {
  const ctx = await aContext();
  const phone = aNumber();
  await recorded(ctx, { phone, channel: "agent", scope: { purpose: "marketing.loans" } });
  expect(await recordDialerList(ctx, { phones: [phone], isOurs: true })).toMatchObject({
    added: 0,
  });
  expect(await recordDialerList(ctx, { phones: [phone], isOurs: false })).toMatchObject({
    added: 1,
  });
});

it("reveals nothing of another organization, and refuses auditors", async () => {
  const [mine, theirs] = [await aContext(), await aContext()];
  const listed = { phones: [aNumber()], isOurs: true };
  await recordDialerList(mine, listed);
  expect([await count(mine), await count(theirs)]).toEqual([1, 0]);
  expect(await recordDialerList(theirs, listed)).toMatchObject({ added: 1 });
  await expect(recordDialerList(as(mine, "auditor"), listed)).rejects.toMatchObject({
    code: "forbidden",
  });
});
