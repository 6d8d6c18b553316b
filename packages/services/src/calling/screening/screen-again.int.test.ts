import { ScreeningId } from "@ringfence/core/ids";
import { expect, it } from "vitest";
import { aCallablePhone, erase, refuseCalls, sayOfCalls } from "../../../testing/phones.ts";
import { aRegistryWithHistory } from "../../../testing/registry-history.ts";
import { aContext, as, db } from "../../../testing/scenes.ts";
import { called } from "../../../testing/violations.ts";
import type { RootContext } from "../../platform/context.ts";
import { screenAgain } from "./screen-again.ts";
import { screenCall } from "./screen-call.ts";
import type { ScreeningResult } from "./screening-result.ts";

const purpose = "marketing.loans";

/** Creates a person who may be called, and screens a call to them. */
async function scene() {
  const ctx = await aContext();
  const callable = await aCallablePhone(ctx);
  const screen = (more: { campaign?: string } = {}) =>
    screenCall(ctx, { phone: callable.phone, purpose, ...more });
  return { ctx, ...callable, screen };
}

const again = (ctx: RootContext, { id }: ScreeningResult) =>
  screenAgain(ctx, ScreeningId.parse(id));

const countRows = ({ organizationId }: RootContext) =>
  db.prisma.screening.count({ where: { organizationId } });

it("gives the same result for the same call, without a permit or a record", async () => {
  const { ctx, screen } = await scene();
  const then = await screen();

  const { answer, difference } = await again(ctx, then);

  expect(difference).toMatchObject({ isSame: true, isOtherVerdict: false });
  expect(answer).toMatchObject({
    verdict: "allow",
    checked: { at: then.checked.at, whatIf: true },
  });
  expect(answer).not.toHaveProperty("permit");
  expect(await countRows(ctx)).toBe(1);
});

it("warns of a later opt-out, and refuses for one that counts from before", async () => {
  const { ctx, phoneId, screen } = await scene();
  const then = await screen();
  const later = new Date(then.checked.at.getTime() + 1_000);
  await refuseCalls(ctx, phoneId, later);

  expect((await again(ctx, then)).difference).toMatchObject({
    isOtherVerdict: false,
    warnings: { added: [{ reason: "opted-out" }] },
  });
  await refuseCalls(ctx, phoneId);
  expect((await again(ctx, then)).difference).toMatchObject({
    isOtherVerdict: true,
    refusals: { gone: [], added: [{ reason: "opted-out" }] },
  });
});

it("still finds a consent that was withdrawn after the call", async () => {
  const { ctx, phoneId, sellerId, screen } = await scene();
  const then = await screen();
  const later = new Date(then.checked.at.getTime() + 1_000);
  await sayOfCalls(ctx, { phoneId, sellerId }, "withdrawn", later);
  expect((await again(ctx, then)).difference).toMatchObject({ isOtherVerdict: false });
});

it("uses the age that a registry had, even if its source was verified again since", async () => {
  const { ctx, screen } = await scene();
  const day = 86_400_000;
  await aRegistryWithHistory(
    ctx,
    "US-FTC-DNC",
    [{ readAt: new Date(Date.now() - 40 * day), numbers: [] }],
    {
      verifiedAt: new Date(Date.now() - day),
    },
  );
  const then = await screen();
  expect(then.checked.editions).toMatchObject([{ edition: 1 }]);
  await db.prisma.registry.updateMany({
    where: { organizationId: ctx.organizationId },
    data: { verifiedAt: new Date(then.checked.at.getTime() + 1_000) },
  });

  const { answer, difference } = await again(ctx, then);

  expect(answer.checked.editions).toMatchObject([{ edition: 1, limitDays: 31 }]);
  expect(answer.checked.editions[0]?.ageDays).toBeLessThan(2);
  expect(difference).toMatchObject({ isSame: true });
});

it("counts neither its own permit nor its own call against a cap", async () => {
  const { ctx, phone, contactId, screen } = await scene();
  const minute = 60_000;
  await called(ctx, phone, new Date(Date.now() - 3 * minute), new Date(Date.now() - 2 * minute));
  const then = await screen();
  expect(then.verdict).toBe("allow");
  // Florida: three calls in 24 hours. Its hours may be over as the test runs, so only the cap is looked at.
  await db.prisma.contact.updateMany({
    where: { organizationId: ctx.organizationId, id: contactId },
    data: { addressRegion: "US-FL" },
  });
  const added = async () =>
    (await again(ctx, then)).difference.refusals.added.map(({ reason }) => reason);

  expect(await added()).not.toContain("frequency-cap");
  const wholeSecond = new Date(Math.floor(then.checked.at.getTime() / 1_000) * 1_000);
  await called(ctx, phone, { at: wholeSecond, screening: then.id });
  expect(await added()).not.toContain("frequency-cap");
  // Another call of then counts.
  await called(ctx, phone, { at: new Date(wholeSecond.getTime() - minute) });
  expect(await added()).toContain("frequency-cap");
  expect((await again(ctx, then)).difference).toMatchObject({ isOtherVerdict: true });
});

it("does not compare refusals by the campaign itself", async () => {
  const { ctx, screen } = await scene();
  const then = await screen({ campaign: "spring" });
  const row = await db.prisma.screening.findFirstOrThrow({ where: { id: then.id } });
  const { id } = await db.prisma.screening.create({
    data: {
      ...row,
      id: "0195a000-0000-7000-8000-0000000000c1",
      verdict: "refuse",
      permitUntil: null,
      refusals: [
        {
          reason: "cannot-check",
          rule: "campaign.running",
          message: { key: "refusal.campaign-not-running", values: { campaign: "spring" } },
        },
      ],
      warnings: row.warnings ?? [],
      checked: row.checked ?? {},
      actor: {},
    },
  });
  const { answer, difference } = await screenAgain(ctx, ScreeningId.parse(id));
  expect(answer.verdict).toBe("allow");
  expect(difference).toMatchObject({
    isOtherVerdict: false,
    ofCampaign: [{ rule: "campaign.running" }],
  });
});

it("rejects an erased number and an invalid one", async () => {
  const { ctx, phone, screen } = await scene();
  const then = await screen();
  const none = await screenCall(ctx, { phone: "call me", purpose });
  await erase(ctx, phone);

  await expect(again(ctx, then)).rejects.toMatchObject({
    code: "invalid",
    explanation: { key: "error.erased-again" },
  });
  await expect(again(ctx, none)).rejects.toMatchObject({
    code: "invalid",
    explanation: { key: "error.no-number-again" },
  });
});

it("is allowed to members who may read screenings, and audited", async () => {
  const { ctx, phoneId, screen } = await scene();
  const then = await screen();
  await again(as(ctx, "auditor"), then);
  await expect(again(as(ctx, "developer"), then)).rejects.toMatchObject({ code: "forbidden" });
  expect(await db.prisma.auditEntry.findMany({ where: { phoneId } })).toMatchObject([
    { action: "screening.read", details: { screeningId: then.id, again: true } },
  ]);
});

it("screens nothing of another organization again", async () => {
  const { screen } = await scene();
  const then = await screen();
  await expect(again(await aContext(), then)).rejects.toMatchObject({ code: "not-found" });
});
