import { ReadNumber } from "@ringfence/core/calling/screening";
import { TimelineKind } from "@ringfence/core/people/timeline";
import type { PhoneId } from "@ringfence/core/ids";
import { aPhone, aSeller } from "@ringfence/db/testing";
import { expect, it } from "vitest";
import { aContext, as, db } from "../../../testing/scenes.ts";
import type { RootContext } from "../../platform/context.ts";
import { readNumber } from "./read-number.ts";

const read = (ctx: RootContext, phoneId: PhoneId, more: object = {}) =>
  readNumber(ctx, ReadNumber.parse({ phoneId, ...more }));

const at = (minute: number) => new Date(Date.UTC(2026, 2, 2, 16, minute));

/** A phone with an event of every kind at each of some minutes. */
async function aBusyPhone(ctx: RootContext, minutes: readonly number[]) {
  const { organizationId } = ctx;
  const phoneId = await aPhone(db, organizationId);
  const sellerId = await aSeller(db, organizationId);
  const of = { organizationId, phoneId };
  const call = { sellerId, purpose: "marketing" };
  const actor = { type: "job", id: "import.run" };
  for (const minute of minutes) {
    const when = { at: at(minute), recordedAt: at(minute) };
    await db.prisma.consentEvent.create({
      data: {
        ...of,
        ...when,
        actor,
        consentId: phoneId,
        sellerId,
        type: "granted",
        purposes: ["marketing"],
        channels: ["voice_live"],
        isWritten: true,
        isProven: false,
        source: "website_form",
      },
    });
    const reference = `${phoneId}-${minute}`;
    await db.prisma.optOut.create({
      data: { ...of, ...when, actor, scope: "all", channel: "web", reference },
    });
    await db.prisma.suppression.create({
      data: { ...of, ...when, actor, reason: "wrong_person" },
    });
    await db.prisma.call.create({ data: { ...of, ...when, ...call, outcome: "reached" } });
    await db.prisma.screening.create({
      data: {
        ...of,
        ...call,
        at: at(minute),
        actor,
        dialer: "live_agent",
        verdict: "refuse",
        refusals: [{ reason: "opted-out", message: { key: "refusal.opted-out" } }],
        warnings: [],
        checked: {},
      },
    });
  }
  return phoneId;
}

it("shows what happened with a phone page after page, the latest first, nothing twice", async () => {
  const ctx = await aContext();
  // Several events at each instant: a page may end between two of them.
  const phoneId = await aBusyPhone(ctx, [3, 1, 2]);

  const seen: string[] = [];
  let after: string | null | undefined;
  do {
    const { timeline } = await read(ctx, phoneId, { limit: 4, ...(after && { after }) });
    seen.push(...timeline.events.map(({ id, at }) => `${at.toISOString()} ${id}`));
    after = timeline.next;
  } while (after);

  expect(new Set(seen).size).toBe(15);
  expect(seen).toEqual(seen.toSorted().toReversed());
});

it.each(TimelineKind.options)("shows events of one kind: %s", async (kind) => {
  const ctx = await aContext();
  const phoneId = await aBusyPhone(ctx, [1, 2]);

  const { timeline } = await read(ctx, phoneId, { kind });

  expect(timeline.events.map((event) => event.kind)).toEqual([kind, kind]);
  expect(timeline.counts).toEqual({
    consent: 2,
    "opt-out": 2,
    suppression: 2,
    call: 2,
    screening: 2,
  });
});

it("tells who did it", async () => {
  const ctx = await aContext();
  const { organizationId } = ctx;
  const { id } = await db.prisma.member.create({
    data: {
      organizationId,
      email: "r@example.com",
      name: "R. Castell",
      role: "agent",
      passwordHash: "",
    },
  });
  const phoneId = await aPhone(db, organizationId);
  const rows = [
    { type: "member", id },
    { type: "job", id: "import.run" },
    { type: "member", id: "gone" },
    {},
  ];
  for (const [minute, actor] of rows.entries()) {
    await db.prisma.suppression.create({
      data: {
        organizationId,
        phoneId,
        actor,
        reason: "deceased",
        at: at(minute),
        recordedAt: at(0),
      },
    });
  }

  const { timeline } = await read(ctx, phoneId);

  expect(timeline.events.map(({ by }) => by).toReversed()).toEqual([
    { type: "member", name: "R. Castell" },
    { type: "job", name: "import.run" },
    { type: "member", name: null },
    null,
  ]);
});

it("shows a phone without its number, once that was erased", async () => {
  const ctx = await aContext();
  const { organizationId } = ctx;
  const phoneId = await aBusyPhone(ctx, [1]);
  await db.prisma.phone.updateMany({
    where: { organizationId, id: phoneId },
    data: { e164: null, phoneKey: new Uint8Array(32) },
  });

  expect(await read(ctx, phoneId)).toMatchObject({
    reading: null,
    judged: null,
    isErased: true,
    timeline: { counts: { "opt-out": 1 } },
  });
});

it("puts on record who looked, in the trail of the phone", async () => {
  const ctx = await aContext();
  const phoneId = await aPhone(db, ctx.organizationId);
  await read(as(ctx, "auditor"), phoneId);
  expect(await db.prisma.auditEntry.findMany({ where: { phoneId } })).toMatchObject([
    { action: "phone.read", actor: { type: "member", id: "bob" } },
  ]);
});

it("shows none of another organization, as though there were none", async () => {
  const theirs = await aContext();
  const phoneId = await aPhone(db, theirs.organizationId);
  await expect(read(await aContext(), phoneId)).rejects.toMatchObject({ code: "not-found" });
  expect(await db.prisma.auditEntry.count({ where: { phoneId } })).toBe(0);
});

it("refuses who may not read phones", async () => {
  const ctx = await aContext();
  const phoneId = await aPhone(db, ctx.organizationId);
  await expect(read(as(ctx, "developer"), phoneId)).rejects.toMatchObject({ code: "forbidden" });
});
