import { CallId } from "@ringfence/core/ids";
import { aNumber } from "@ringfence/db/testing";
import { describe, expect, it } from "vitest";
import { aCalledPerson, aComplaint, complain, file } from "../../../testing/complaints.ts";
import { waitForLockWaiter } from "../../../testing/lock-waiter.ts";
import { aContext, as, db } from "../../../testing/scenes.ts";
import { recordCalls } from "../../calling/call/record.ts";
import { recordContacts } from "../../people/contact/index.ts";
import { type RootContext, inTransaction } from "../../platform/context.ts";
import { appealComplaint, decideComplaint } from "./decide-complaint.ts";
import { linkCall, unlinkCall } from "./linked-calls.ts";
import { readComplaint } from "./read-complaint.ts";

const hoursAgo = (hours: number) => new Date(Date.now() - hours * 3_600_000).toISOString();

const log = (
  ctx: RootContext,
  calls: readonly { phone: string; at: string; externalId: string }[],
) =>
  recordCalls(ctx, {
    rows: calls.map((call) => ({ ...call, seller: "acme", purpose: "marketing" })),
  });

const listLinked = async (ctx: RootContext) => {
  const { organizationId } = ctx;
  const rows = await db.prisma.complaintCall.findMany({
    where: { organizationId, unlinkedAt: null },
    include: { call: true },
    orderBy: { call: { externalId: "asc" } },
  });
  return rows.map(({ call }) => call.externalId);
};

describe("the program links", () => {
  it("calls of the last 30 days to any phone of the person if no time is named", async () => {
    const ctx = await aContext();
    const [phone, other, strange] = [aNumber(), aNumber(), aNumber()];
    await recordContacts(ctx, { rows: [{ externalId: "p", phones: [phone, other] }] });
    await log(ctx, [
      { phone, at: hoursAgo(1), externalId: "a" },
      { phone: other, at: hoursAgo(24 * 29), externalId: "b" },
      { phone, at: hoursAgo(24 * 31), externalId: "too-old" },
      { phone: strange, at: hoursAgo(1), externalId: "strange" },
    ]);
    await file(ctx, { phone });
    expect(await listLinked(ctx)).toEqual(["a", "b"]);
  });

  it("calls around the time that the person names", async () => {
    const ctx = await aContext();
    const phone = aNumber();
    await log(ctx, [
      { phone, at: "2026-03-04T08:00:00Z", externalId: "a" },
      { phone, at: "2026-03-05T07:00:00Z", externalId: "b" },
      { phone, at: "2026-03-06T10:00:00Z", externalId: "later" },
    ]);
    await file(ctx, { phone, called: { at: "2026-03-04T09:00:00Z" } });
    expect(await listLinked(ctx)).toEqual(["a", "b"]);
  });

  it("calls of the day that the person names, by the clock of their place", async () => {
    const ctx = await aContext();
    const phone = "+79161234567"; // Moscow, UTC+3
    await log(ctx, [
      { phone, at: "2026-03-03T21:00:00Z", externalId: "a" },
      { phone, at: "2026-03-04T20:59:00Z", externalId: "b" },
      { phone, at: "2026-03-04T21:00:00Z", externalId: "next-day" },
      { phone, at: "2026-03-03T20:59:00Z", externalId: "day-before" },
    ]);
    await file(ctx, { phone, called: { day: "2026-03-04" } });
    expect(await listLinked(ctx)).toEqual(["a", "b"]);
  });

  it("at most 50, the nearest ones", async () => {
    const ctx = await aContext();
    const phone = aNumber();
    await log(
      ctx,
      Array.from({ length: 60 }, (_, hour) => ({
        phone,
        at: hoursAgo(hour + 1),
        externalId: String(hour).padStart(2, "0"),
      })),
    );
    await file(ctx, { phone });
    const linked = await listLinked(ctx);
    expect(linked).toHaveLength(50);
    expect(linked.at(-1)).toBe("49");
  });

  it("no more than 50 after an appeal either", async () => {
    const ctx = await aContext();
    const phone = aNumber();
    const listHours = (first: number) => Array.from({ length: 40 }, (_, index) => first + index);
    const logHours = (hours: readonly number[]) =>
      log(
        ctx,
        hours.map((hour) => ({ phone, at: hoursAgo(hour), externalId: `hour-${hour}` })),
      );
    await logHours(listHours(1));
    const complaintId = await file(ctx, { phone });
    await decideComplaint(ctx, { complaintId, decision: "rejected", text: "No." });
    await logHours(listHours(100));
    await appealComplaint(ctx, { complaintId, text: "They do not accept it." });
    expect(await listLinked(ctx)).toHaveLength(50);
    const { steps } = await readComplaint(ctx, complaintId);
    expect(steps.at(-1)).toMatchObject({ kind: "appealed", details: { calls: 10 } });
  });

  it("the call that the person chose, and says what the others were found by", async () => {
    const { office, complaintId, callId } = await aComplaint();
    const { calls } = await readComplaint(office, complaintId);
    expect(calls).toMatchObject([{ id: callId, foundBy: "person", seller: "Acme" }]);
  });
});

it("names the call that an officer takes off or links in the history, with its time", async () => {
  const { officer, complaintId, callId, phoneId } = await aComplaint();
  await unlinkCall(officer, { complaintId, callId });
  await linkCall(officer, { complaintId, callId });
  const { steps } = await readComplaint(officer, complaintId);
  const call = { at: new Date("2026-01-06T10:00:00Z"), phoneId };
  expect(steps.map(({ kind, details }) => [kind, details.call])).toEqual([
    ["received", null],
    ["unlinked", call],
    ["linked", call],
  ]);
});

describe("a call that is logged later", () => {
  it("is linked when it arrives, if the complaint is open and about that time", async () => {
    const ctx = await aContext();
    const [phone, other] = [aNumber(), aNumber()];
    await recordContacts(ctx, { rows: [{ externalId: "p", phones: [phone, other] }] });
    const complaintId = await file(ctx, { phone, called: { at: "2026-03-04T09:00:00Z" } });
    expect(await listLinked(ctx)).toEqual([]);
    await log(ctx, [
      { phone: other, at: "2026-03-04T10:00:00Z", externalId: "late" },
      { phone: other, at: "2026-03-09T10:00:00Z", externalId: "other-day" },
      { phone: aNumber(), at: "2026-03-04T10:00:00Z", externalId: "strange" },
    ]);
    expect(await listLinked(ctx)).toEqual(["late"]);
    const { steps } = await readComplaint(ctx, complaintId);
    expect(steps.at(-1)).toMatchObject({ kind: "linked", details: { isLate: true, calls: 1 } });
  });

  it("is not linked to a decided complaint, nor beyond 50", async () => {
    const ctx = await aContext();
    const [phone, decided] = [aNumber(), aNumber()];
    await file(ctx, { phone });
    const complaintId = await file(ctx, { phone: decided });
    await decideComplaint(ctx, { complaintId, decision: "rejected", text: "No call." });
    const calls = Array.from({ length: 60 }, (_, hour) => ({ phone, at: hoursAgo(hour + 1) }));
    await log(
      ctx,
      [...calls, { phone: decided, at: hoursAgo(1) }].map((call, index) => ({
        ...call,
        externalId: String(index),
      })),
    );
    expect(await listLinked(ctx)).toHaveLength(50);
    await log(ctx, [{ phone, at: hoursAgo(2), externalId: "one-more" }]);
    expect(await listLinked(ctx)).toHaveLength(50);
  });

  it("is linked if it is being logged while the complaint is recorded", async () => {
    const ctx = await aContext();
    const phone = aNumber();
    const { filing } = await inTransaction(ctx, async (logging) => {
      await recordCalls(logging, {
        rows: [{ phone, at: hoursAgo(1), externalId: "a", seller: "acme", purpose: "marketing" }],
      });
      const filing = file(ctx, { phone });
      await waitForLockWaiter();
      return { filing };
    });
    await filing;
    expect(await listLinked(ctx)).toEqual(["a"]);
  });

  it("is linked to no complaint of another organization", async () => {
    const [mine, theirs] = [await aContext(), await aContext()];
    const phone = aNumber();
    await file(theirs, { phone });
    await log(mine, [{ phone, at: hoursAgo(1), externalId: "a" }]);
    expect(await listLinked(theirs)).toEqual([]);
  });
});

describe("an officer", () => {
  it("unlinks a call, which stays on record, and links it again", async () => {
    const { officer, complaintId, callId } = await aComplaint();
    await unlinkCall(officer, { complaintId, callId });
    const { organizationId } = officer;
    const links = () => db.prisma.complaintCall.findMany({ where: { organizationId } });
    expect(await links()).toMatchObject([{ callId, unlinkedAt: expect.any(Date) }]);
    const after = await readComplaint(officer, complaintId);
    expect(after).toMatchObject({ calls: [], otherCalls: [{ id: callId }] });
    expect(after.steps.at(-1)).toMatchObject({ kind: "unlinked", details: { callId } });
    await expect(unlinkCall(officer, { complaintId, callId })).rejects.toMatchObject({
      code: "not-found",
    });

    await linkCall(officer, { complaintId, callId });
    expect(await links()).toMatchObject([{ unlinkedAt: null, foundBy: "officer" }]);
    await expect(linkCall(officer, { complaintId, callId })).rejects.toMatchObject({
      explanation: { key: "complaint.call-linked" },
    });
  });

  it("links no call to somebody else, and none of another organization", async () => {
    const { officer, complaintId } = await aComplaint();
    await log(officer, [{ phone: aNumber(), at: hoursAgo(1), externalId: "x" }]);
    const { id } = await db.prisma.call.findFirstOrThrow({
      where: { organizationId: officer.organizationId, externalId: "x" },
    });
    const { callId } = await aCalledPerson();
    for (const strange of [CallId.parse(id), callId]) {
      await expect(linkCall(officer, { complaintId, callId: strange })).rejects.toMatchObject({
        code: "not-found",
      });
    }
  });

  it("changes nothing of a decided complaint, and agents and auditors change nothing at all", async () => {
    const { office, officer, complaintId, callId } = await aComplaint();
    for (const role of ["agent", "auditor", "marketer", "developer"] as const) {
      await expect(unlinkCall(as(office, role), { complaintId, callId })).rejects.toMatchObject({
        code: "forbidden",
      });
    }
    await decideComplaint(officer, { complaintId, decision: "upheld", text: "Sorry." });
    await expect(unlinkCall(officer, { complaintId, callId })).rejects.toMatchObject({
      explanation: { key: "complaint.decided" },
    });
  });
});

it("shows the verdict before a call, and the period that was searched", async () => {
  const ctx = await aContext();
  const complaintId = await file(ctx, { phone: aNumber() });
  expect(await readComplaint(ctx, complaintId)).toMatchObject({
    calls: [],
    suggestedLetter: "no-call",
    letter: { calls: [], searched: { from: expect.any(Date), until: expect.any(Date) } },
  });
  const { person, office } = await aCalledPerson();
  const own = await complain(person);
  expect((await readComplaint(office, own)).otherCalls).toMatchObject([{ verdict: null }]);
});
