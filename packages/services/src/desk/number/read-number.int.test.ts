import { FindNumber, ReadNumber, TimelineKind } from "@ringfence/core/desk/number";
import { RecordOptOut } from "@ringfence/core/do-not-call/opt-out";
import type { Phone } from "@ringfence/core/people/phone";
import { aNumber, aPhone, aSeller } from "@ringfence/db/testing";
import { expect, it } from "vitest";
import { aConsent, aContext, as, db } from "../../../testing/scenes.ts";
import { recordConsent } from "../../consents/consent/index.ts";
import type { RootContext } from "../../platform/context.ts";
import { recordOptOut } from "../../do-not-call/opt-out/index.ts";
import { screenCall } from "../../calling/screening/index.ts";
import { findNumber, readNumber } from "./read-number.ts";
import type { PhoneId } from "@ringfence/core/ids";

const find = (ctx: RootContext, phone: string, more: object = {}) =>
  findNumber(ctx, FindNumber.parse({ phone, ...more }));

const refuse = (ctx: RootContext, phone: string, more: object = {}) =>
  recordOptOut(ctx, RecordOptOut.parse({ phone, channel: "agent", ...more }));

const reads = ({ organizationId }: RootContext) =>
  db.prisma.auditEntry.findMany({ where: { organizationId, action: "phone.read" } });

/** The number as somebody may write it down. */
const written = (phone: Phone) => `(${phone.slice(2, 5)}) ${phone.slice(5, 8)}-${phone.slice(8)}`;

it("shows all about a number, however it is written", async () => {
  const ctx = await aContext();
  const phone = aNumber();
  const phoneId = await aPhone(db, ctx.organizationId, { e164: phone });
  await recordConsent(ctx, aConsent({ phone }));

  const seen = await find(ctx, written(phone));

  expect(seen).toMatchObject({
    reading: { phone },
    phoneId,
    isErased: false,
    person: { contacts: [{ name: "Ada", addressRegion: "US-TX" }], otherPhones: [] },
    judged: {
      call: { purpose: "marketing", dialer: "live_agent" },
      answer: {
        phone,
        checked: { whatIf: true, zones: expect.arrayContaining(["America/Chicago"]) },
      },
    },
    consents: [{ type: "granted", seller: "Acme" }],
    timeline: { next: null, counts: { consent: 1, "opt-out": 0, call: 0 } },
  });
  expect(seen.timeline.events).toMatchObject([
    {
      kind: "consent",
      type: "granted",
      seller: "Acme",
      disclosure: { text: "Acme may call me about its offers.", language: "en" },
      by: { type: "member" },
    },
  ]);
});

it("audits who looked at whose data, and records no screening", async () => {
  const ctx = await aContext();
  const phone = aNumber();
  const phoneId = await aPhone(db, ctx.organizationId, { e164: phone });

  await find(ctx, phone);

  expect(await reads(ctx)).toMatchObject([{ phoneId, actor: { type: "member", id: "ada" } }]);
  const { organizationId } = ctx;
  expect(await db.prisma.screening.count({ where: { organizationId } })).toBe(0);
});

it("says what a screening says at that moment, without its permit", async () => {
  const ctx = await aContext();
  const phone = aNumber();
  await recordConsent(ctx, aConsent({ phone }));
  await refuse(ctx, phone, { scope: { purpose: "marketing.loans" } });

  for (const purpose of ["marketing", "marketing.loans"]) {
    const live = await screenCall(ctx, { phone, purpose });
    const { judged } = await find(ctx, phone, { purpose });
    expect(judged?.answer.verdict).toBe(live.verdict);
    expect(judged?.answer.refusals.map(({ reason }) => reason)).toEqual(
      live.refusals.map(({ reason }) => reason),
    );
    expect(judged?.answer).not.toHaveProperty("permit");
  }
});

it("says what the law of the number's place asks the agent to say", async () => {
  const ctx = await aContext();
  const { judged } = await find(ctx, "+12125550142");
  expect(judged?.duties).toMatchObject([
    {
      id: "US-NY.disclosure",
      text: {
        en: expect.stringContaining("do-not-call list"),
        ru: expect.stringMatching(/[а-я]/),
      },
      citation: expect.stringMatching(/./),
    },
    { id: "US.disclosure" },
  ]);
});

it("judges a number that is not on record, and does not put it there", async () => {
  const ctx = await aContext();
  const phone = aNumber();

  const seen = await find(ctx, phone);

  expect(seen).toMatchObject({
    reading: { phone },
    phoneId: null,
    person: { contacts: [] },
    timeline: { events: [] },
  });
  expect(seen.judged?.answer.refusals).toContainEqual(
    expect.objectContaining({ reason: "consent-missing" }),
  );
  const { organizationId } = ctx;
  expect(await db.prisma.phone.count({ where: { organizationId } })).toBe(0);
  expect(await reads(ctx)).toMatchObject([{ phoneId: null, details: { isOnRecord: false } }]);
});

it("explains why a sentence is not a number, and looks at nobody's data", async () => {
  const ctx = await aContext();
  const seen = await find(ctx, "the lady from Dallas who called this morning");

  expect(seen.reading).toEqual({ fault: { key: "phone.letters" } });
  expect(seen.judged?.answer).toMatchObject({
    phone: null,
    refusals: [{ reason: "number-invalid", message: { key: "phone.letters" } }],
  });
  expect(await reads(ctx)).toEqual([]);
});

it("finds what is left of a number that was erased", async () => {
  const ctx = await aContext();
  const { organizationId, keys } = ctx;
  const phone = aNumber();
  await refuse(ctx, phone);
  await db.prisma.phone.updateMany({
    where: { organizationId, e164: phone },
    data: { e164: null, phoneKey: keys.phoneKey(organizationId, phone) },
  });

  const seen = await find(ctx, phone);

  expect(seen).toMatchObject({ isErased: true, reading: { phone } });
  expect(seen.judged?.answer.refusals[0]).toMatchObject({ reason: "opted-out" });
  expect(seen.timeline.counts["opt-out"]).toBe(1);
});

it("refuses who may not read phones, before it looks", async () => {
  const ctx = await aContext();
  const developer = as(ctx, "developer");
  await expect(find(developer, aNumber())).rejects.toMatchObject({ code: "forbidden" });
  expect(await reads(ctx)).toEqual([]);
});

it("knows nothing of another organization", async () => {
  const theirs = await aContext();
  const phone = aNumber();
  await aPhone(db, theirs.organizationId, { e164: phone });
  await refuse(theirs, phone);

  const ours = await aContext();
  const { phoneId, person, timeline, judged } = await find(ours, phone);

  expect(phoneId).toBeNull();
  expect(person.contacts).toEqual([]);
  expect(timeline.events).toEqual([]);
  expect(judged?.answer.refusals.map(({ reason }) => reason)).not.toContain("opted-out");
});

it("says what is missing before anything can be judged", async () => {
  const ctx = await aContext();
  const { organizationId } = ctx;
  await db.prisma.purpose.deleteMany({ where: { organizationId } });
  await expect(find(ctx, aNumber())).rejects.toMatchObject({
    code: "invalid",
    explanation: { key: "purpose.none" },
  });
});

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

it("shows who did it", async () => {
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

it("audits who looked, in the trail of the phone", async () => {
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
