import { aNumber } from "@ringfence/db/testing";
import { expect, it } from "vitest";
import { WithdrawConsent } from "@ringfence/core/consents/consent";
import { ConsentId } from "@ringfence/core/ids";
import { actorOnRecord } from "../../platform/access/actor-on-record.ts";
import { confirmConsents } from "../confirmation/confirm-consents.ts";
import { openConfirmation } from "../confirmation/open-confirmation.ts";
import { aConfirmation, by } from "../../../testing/confirmations.ts";
import { aConsent, aContext, as, db } from "../../../testing/scenes.ts";
import { statedOf } from "../../../testing/statements.ts";
import { inTransaction, type RootContext } from "../../platform/context.ts";
import { recordConsent } from "./record-consent.ts";
import { withdrawConsent } from "./withdraw-consent.ts";

async function scene() {
  const ctx = await aContext();
  const { id } = await recordConsent(ctx, aConsent());
  const withdraw = (more: object = {}, by: RootContext = ctx) =>
    withdrawConsent(by, WithdrawConsent.parse({ consent: id, ...more }));
  const onRecord = () =>
    db.prisma.consentEvent.findMany({ where: { consentId: id, type: "withdrawn" } });
  return { ctx, id, withdraw, onRecord };
}

it("puts on record that the person takes it back", async () => {
  const { ctx, id, withdraw, onRecord } = await scene();
  const actor = actorOnRecord(ctx.actor);

  expect(await withdraw({ channel: "ivr" })).toMatchObject({
    id,
    standing: [{ purpose: "marketing", status: "withdrawn" }],
  });

  expect(await onRecord()).toMatchObject([{ source: "ivr", purposes: ["marketing"], actor }]);
  expect((await statedOf(ctx)).at(-1)).toMatchObject({
    kind: "consent.withdrawn",
    claims: { consent: id, source: "ivr", recorded_by: actor },
  });
});

it("takes back a part, and leaves the rest", async () => {
  const { withdraw } = await scene();
  expect(await withdraw({ purposes: ["marketing.loans"] })).toMatchObject({
    standing: [
      { purpose: "marketing", status: "granted" },
      { purpose: "marketing.loans", status: "withdrawn" },
    ],
  });
});

it("is one withdrawal, however often and however fast it is sent", async () => {
  const { withdraw, onRecord } = await scene();
  await Promise.all([withdraw(), withdraw(), withdraw()]);
  expect(await onRecord()).toHaveLength(1);
});

it("takes back what was given after it began, and came first", async () => {
  const { ctx, link, ...made } = await aConfirmation({ means: "sms", isAsked: true });
  const { ctx: person, confirmationId } = await openConfirmation(ctx, link);
  const [asked] = await made.events();
  const consent = ConsentId.parse(asked?.consentId);
  await inTransaction(ctx, async (began) => {
    await confirmConsents(person, { confirmationId, act: "link opened", ...by });
    const earlier = { ...began, now: new Date(began.now.getTime() - 1) };
    await withdrawConsent(earlier, WithdrawConsent.parse({ consent }));
  });
  const [, granted, withdrawn] = await made.events();
  expect(withdrawn?.type).toBe("withdrawn");
  expect(withdrawn?.at.getTime()).toBeGreaterThanOrEqual(granted?.at.getTime() ?? Infinity);
});

it("takes back two consents to the same, at the same time", async () => {
  const ctx = await aContext();
  const phone = aNumber();
  const days = [new Date("2026-01-05Z"), new Date("2026-02-05Z")];
  for (const obtainedAt of days) {
    const { id } = await recordConsent(ctx, aConsent({ phone, obtainedAt }));
    const said = { consent: id, at: "2026-03-01T10:00:00Z" };
    expect(await withdrawConsent(ctx, WithdrawConsent.parse(said))).toMatchObject({ id });
  }
  const { organizationId } = ctx;
  const where = { organizationId, type: "withdrawn" } as const;
  expect(await db.prisma.consentEvent.count({ where })).toBe(2);
});

it("takes back all of it when a purpose is named that it does not cover, and says so", async () => {
  const { withdraw } = await scene();
  expect(await withdraw({ purposes: ["survey"] })).toMatchObject({
    standing: [{ purpose: "marketing", status: "withdrawn" }],
    notes: [{ key: "consent.purpose-not-given" }],
  });
});

it("is not for who may only read", async () => {
  const { ctx, withdraw } = await scene();
  await expect(withdraw({}, as(ctx, "auditor"))).rejects.toMatchObject({ code: "forbidden" });
});

it("does not know the consents of another organization", async () => {
  const [{ withdraw, onRecord }, other] = [await scene(), await scene()];
  await expect(withdraw({}, other.ctx)).rejects.toMatchObject({ code: "not-found" });
  expect(await onRecord()).toEqual([]);
});
