import { RecordOptOut } from "@ringfence/core/do-not-call/opt-out";
import { FindNumber } from "@ringfence/core/desk/number";
import { aNumber, aPhone, aSeller } from "@ringfence/db/testing";
import { expect, it } from "vitest";
import { aWrongRefusal, insertCorrection } from "../../../testing/corrections.ts";
import { aConsent, aContext, db } from "../../../testing/scenes.ts";
import { recordConsent } from "../../consents/consent/index.ts";
import type { RootContext } from "../../platform/context.ts";
import { recordOptOut } from "../../do-not-call/opt-out/index.ts";
import { findNumber } from "./read-number.ts";

const find = (ctx: RootContext, phone: string, more: object = {}) =>
  findNumber(ctx, FindNumber.parse({ phone, ...more }));

const refuse = (ctx: RootContext, phone: string, more: object = {}) =>
  recordOptOut(ctx, RecordOptOut.parse({ phone, channel: "agent", ...more }));

it("shows a refusal, also one that names another phone of the person", async () => {
  const ctx = await aContext();
  const [phone, other] = [aNumber(), aNumber()];
  const phoneId = await aPhone(db, ctx.organizationId, { e164: phone });
  const { answer } = await refuse(ctx, other, { note: "Asked twice." });
  const { organizationId } = ctx;
  const contact = await db.prisma.contact.findFirstOrThrow({ where: { organizationId } });
  const { id: otherId } = await db.prisma.phone.findFirstOrThrow({
    where: { organizationId, e164: other },
  });
  await db.prisma.contactPhone.create({
    data: { organizationId, contactId: contact.id, phoneId: otherId },
  });

  const { person, judged, timeline } = await find(ctx, phone);

  expect(person.otherPhones).toEqual([{ id: otherId, phone: other }]);
  expect(judged?.answer.refusals[0]).toMatchObject({ reason: "opted-out" });
  expect(timeline.events).toMatchObject([
    {
      kind: "opt-out",
      scope: "all",
      reference: answer?.reference,
      otherPhone: other,
      notes: [{ text: "Asked twice." }],
    },
  ]);
  expect((await find(ctx, other)).person.otherPhones).toEqual([{ id: phoneId, phone }]);
});

it("shows when two officers lifted a refusal, but not because of an answer that somebody inserted", async () => {
  const readTimes = async (ctx: RootContext, phone: string) =>
    (await find(ctx, phone)).timeline.events.flatMap((event) =>
      event.kind === "opt-out" ? [event.correctedAt] : [],
    );
  const [attacked, lifted] = [await aWrongRefusal(), await aWrongRefusal()];
  await insertCorrection(attacked.ctx.organizationId, attacked.optOut.id);
  expect(await readTimes(attacked.ctx, attacked.phone)).toEqual([null]);
  await lifted.correct();
  expect(await readTimes(lifted.ctx, lifted.phone)).toEqual([expect.any(Date)]);
});

it("shows a member who works for some sellers what is theirs", async () => {
  const ctx = await aContext();
  const { organizationId } = ctx;
  const [acme, other] = [
    await aSeller(db, organizationId),
    await aSeller(db, organizationId, "zeta"),
  ];
  const phone = aNumber();
  await recordConsent(ctx, aConsent({ phone, seller: "acme" }));
  await recordConsent(ctx, aConsent({ phone, seller: "zeta" }));
  await refuse(ctx, phone, { scope: { seller: "acme" } });
  await refuse(ctx, phone);
  const theirs: RootContext = {
    ...ctx,
    actor: { type: "member", id: "bob", role: "agent", sellerIds: [other] },
  };

  const { judged, timeline } = await find(theirs, phone);

  expect(judged?.call.seller).toBe(other);
  expect(timeline.counts).toMatchObject({ consent: 1, "opt-out": 1 });
  expect(timeline.events.map(({ seller }) => seller)).not.toContain("Acme");
  await expect(find(theirs, phone, { seller: acme })).rejects.toMatchObject({ code: "forbidden" });
  expect((await find(ctx, phone)).timeline.counts).toMatchObject({ consent: 2, "opt-out": 2 });
});
