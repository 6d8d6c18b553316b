import { aNumber } from "@ringfence/db/testing";
import { expect, it } from "vitest";
import { recorded } from "../../../testing/opt-outs.ts";
import { aCallablePhone, sayOfCalls } from "../../../testing/phones.ts";
import { aContext, as, db } from "../../../testing/scenes.ts";
import { recordDialerList } from "./dialer-list.ts";

/** Entries of a system that does not say which call each number was called in. */
const listed = (...phones: string[]) => phones.map((phone) => ({ phone, report: null }));

const count = ({ organizationId }: Awaited<ReturnType<typeof aContext>>) =>
  db.prisma.optOut.count({ where: { organizationId } });

it("records each number once, however often it is listed, and counts unreadable ones", async () => {
  const ctx = await aContext();
  const phones = [aNumber(), aNumber()];
  const isOurs = false;
  expect(await recordDialerList(ctx, { entries: listed(...phones, "+1999"), isOurs })).toEqual({
    added: 2,
    unreadable: 1,
  });
  expect(await recordDialerList(ctx, { entries: listed(...phones), isOurs })).toEqual({
    added: 0,
    unreadable: 0,
  });
  await recordDialerList(ctx, { entries: listed("+1999"), isOurs });
  const { organizationId } = ctx;
  expect(await db.prisma.misreadOptOut.findMany({ where: { organizationId } })).toMatchObject([
    { input: "+1999", channel: "disposition" },
  ]);
  expect(await count(ctx)).toBe(2);
});

it("records a list that is longer than one transaction, in transactions of 250 numbers", async () => {
  const ctx = await aContext();
  const phones = Array.from({ length: 600 }, (_, n) => `+1212${5_550_000 + n}`);
  const { added, unreadable } = await recordDialerList(ctx, {
    entries: listed(...phones),
    isOurs: false,
  });
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
  expect(await recordDialerList(ctx, { entries: listed(phone), isOurs: true })).toMatchObject({
    added: 0,
  });
  expect(await recordDialerList(ctx, { entries: listed(phone), isOurs: false })).toMatchObject({
    added: 1,
  });
});

it("does not take an old report for a new opt-out once the person has consented, and takes a new one", async () => {
  const ctx = await aContext();
  const { phone, ...known } = await aCallablePhone(ctx);
  const report = (call: string) =>
    recordDialerList(ctx, { entries: [{ phone, report: call }], isOurs: false });
  expect(await report("lead 7, first call")).toMatchObject({ added: 1 });
  const later = { isProven: true, recordedAt: new Date("2100-01-01T00:00:00Z") };
  await sayOfCalls(ctx, known, "granted", new Date(), later);
  expect(await report("lead 7, first call")).toMatchObject({ added: 0 });
  expect(await report("lead 7, second call")).toMatchObject({ added: 1 });
  // Without a report nobody knows which call it was, so it counts as said now.
  const entries = listed(phone);
  expect(await recordDialerList(ctx, { entries, isOurs: false })).toMatchObject({ added: 1 });
});

it("does not take the report of an opt-out that came from us for a new one once the person has consented", async () => {
  const ctx = await aContext();
  const { phone, ...known } = await aCallablePhone(ctx);
  await recorded(ctx, { phone, channel: "agent" });
  const ours = { entries: [{ phone, report: "lead 7, first call" }], isOurs: true };
  expect(await recordDialerList(ctx, ours)).toMatchObject({ added: 0 });
  const later = { isProven: true, recordedAt: new Date("2100-01-01T00:00:00Z") };
  await sayOfCalls(ctx, known, "granted", new Date(), later);
  const again = { entries: [{ phone, report: "lead 7, first call" }], isOurs: false };
  expect(await recordDialerList(ctx, again)).toMatchObject({ added: 0 });
  const second = { entries: [{ phone, report: "lead 7, second call" }], isOurs: false };
  expect(await recordDialerList(ctx, second)).toMatchObject({ added: 1 });
});

it("reveals nothing of another organization, and refuses auditors", async () => {
  const [mine, theirs] = [await aContext(), await aContext()];
  const list = { entries: [{ phone: aNumber(), report: "lead 7" }], isOurs: true };
  await recordDialerList(mine, list);
  expect([await count(mine), await count(theirs)]).toEqual([1, 0]);
  expect(await recordDialerList(theirs, list)).toMatchObject({ added: 1 });
  await expect(recordDialerList(as(mine, "auditor"), list)).rejects.toMatchObject({
    code: "forbidden",
  });
});
