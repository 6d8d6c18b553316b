import { ScreeningId, SellerId } from "@ringfence/core/ids";
import { bundledRuleBook } from "@ringfence/core/people/jurisdiction";
import { aSeller } from "@ringfence/db/testing";
import { expect, it } from "vitest";
import { aCallablePhone, erase, refuseCalls } from "../../../testing/phones.ts";
import { aRegistryWithHistory } from "../../../testing/registry-history.ts";
import { aContext, as, db } from "../../../testing/scenes.ts";
import { called, scan } from "../../../testing/violations.ts";
import type { RootContext } from "../../platform/context.ts";
import { readScreening } from "./read-screening.ts";
import { screenCall } from "./screen-call.ts";
import { verifyPermit } from "./verify-permit.ts";

const purpose = "marketing.loans";

/** Creates a person who may be called, and screens a call to them. */
async function scene() {
  const ctx = await aContext();
  const callable = await aCallablePhone(ctx);
  const screen = async () => {
    const answer = await screenCall(ctx, { phone: callable.phone, purpose });
    return { answer, id: ScreeningId.parse(answer.id) };
  };
  return { ctx, ...callable, screen };
}

it("shows a screening as it was answered, whatever was recorded since", async () => {
  const { ctx, phone, phoneId, sellerId, screen } = await scene();
  const { answer, id } = await screen();
  await refuseCalls(ctx, phoneId);

  const view = await readScreening(ctx, id);

  expect(view).toMatchObject({
    phone,
    phoneId,
    seller: "Acme",
    sellerId,
    purpose,
    dialer: "live_agent",
    verdict: "allow",
    at: answer.checked.at,
    refusals: [],
    checked: { jurisdictions: answer.checked.jurisdictions, zones: answer.checked.zones },
    permit: { until: answer.expiresAt, verifications: [], calls: [] },
  });
});

it("shows why a call was refused, with messages and the rules of that day", async () => {
  const { ctx, phoneId, screen } = await scene();
  await refuseCalls(ctx, phoneId);
  const { answer, id } = await screen();

  const { refusals, rules } = await readScreening(ctx, id);

  expect(refusals).toEqual(answer.refusals);
  expect(rules).toMatchObject({ state: "current", asOf: bundledRuleBook.asOf });
  const shown = [...rules.deciding, ...rules.others];
  expect(shown.length).toBeGreaterThan(0);
  expect(new Set(shown.map(({ jurisdiction }) => jurisdiction))).toEqual(new Set(["US"]));
});

it("shows the editions of that instant, even if newer ones were read since", async () => {
  const { ctx, screen } = await scene();
  const readAt = new Date(Date.now() - 3 * 86_400_000);
  const registryId = await aRegistryWithHistory(ctx, "US-FTC-DNC", [{ readAt, numbers: [] }]);
  const { id } = await screen();
  await db.prisma.registry.updateMany({
    where: { organizationId: ctx.organizationId },
    data: { edition: 2, verifiedAt: new Date() },
  });

  const { editions } = await readScreening(ctx, id);

  expect(editions).toMatchObject([
    { registry: "US-FTC-DNC", edition: 1, readAt, registryId, limitDays: 31 },
  ]);
  const verifiedAt = editions[0]?.verifiedAt;
  expect(Math.abs((verifiedAt?.getTime() ?? 0) - readAt.getTime())).toBeLessThan(900_000);
});

it("follows a permit from its screening through its verification to the recorded call", async () => {
  const { ctx, phone, screen } = await scene();
  const { answer, id } = await screen();
  const verified = await verifyPermit(ctx, {
    permit: answer.permit ?? "",
    phone,
    singleUse: false,
  });
  await called(ctx, phone, { at: answer.checked.at, screening: id, outcome: "reached" });
  await scan(ctx);

  const { permit } = await readScreening(ctx, id);

  expect(permit).toMatchObject({
    until: answer.expiresAt,
    verifies: null,
    verifications: [{ id: verified.id, verdict: "allow" }],
    calls: [{ outcome: "reached", isNamed: true, violationId: null }],
  });
  expect((await readScreening(ctx, ScreeningId.parse(verified.id))).permit).toMatchObject({
    until: null,
    verifies: id,
    calls: [],
  });
});

it("finds a call whose log names no screening, with its violation for members who may read it", async () => {
  const { ctx, phone, phoneId, screen } = await scene();
  await refuseCalls(ctx, phoneId);
  const { answer, id } = await screen();
  await called(ctx, phone, answer.checked.at);
  const [violation] = await scan(ctx);

  const callsSeen = async (by: RootContext) => (await readScreening(by, id)).permit.calls;

  expect(await callsSeen(ctx)).toMatchObject([{ isNamed: false, violationId: violation?.id }]);
  expect(await callsSeen(as(ctx, "agent"))).toMatchObject([{ violationId: null }]);
});

it("shows screenings of earlier versions, which stored less", async () => {
  const { ctx, phoneId, sellerId } = await scene();
  const { id } = await db.prisma.screening.create({
    data: {
      organizationId: ctx.organizationId,
      phoneId,
      sellerId,
      purpose,
      dialer: "live_agent",
      at: new Date("2026-03-02T16:00:00Z"),
      verdict: "refuse",
      refusals: [{ reason: "opted-out", message: { key: "refusal.of-old", values: {} } }],
      warnings: [],
      checked: {},
      actor: {},
    },
  });
  expect(await readScreening(ctx, ScreeningId.parse(id))).toMatchObject({
    refusals: [{ reason: "opted-out", message: { key: "refusal.unknown-words" } }],
    checked: { jurisdictions: [], zones: [], rules: null },
    editions: [],
    rules: { hash: null, state: "not-kept" },
    by: null,
  });
});

it("keeps the verdict when the number is erased", async () => {
  const { ctx, phone, screen } = await scene();
  const { id } = await screen();
  await erase(ctx, phone);
  expect(await readScreening(ctx, id)).toMatchObject({
    phone: null,
    isErased: true,
    verdict: "allow",
  });
});

it("audits who looked, in the trail of the phone", async () => {
  const { ctx, phoneId, screen } = await scene();
  const { id } = await screen();
  await readScreening(as(ctx, "auditor"), id);
  expect(await db.prisma.auditEntry.findMany({ where: { phoneId } })).toMatchObject([
    {
      action: "screening.read",
      actor: { type: "member", id: "bob" },
      details: { screeningId: id },
    },
  ]);
});

it("does not find screenings of another organization or another seller", async () => {
  const { ctx, screen } = await scene();
  const { id } = await screen();
  const notFound = { code: "not-found", explanation: { key: "error.screening-not-found" } };
  const other = SellerId.parse(await aSeller(db, ctx.organizationId, "other"));
  const limited: RootContext = {
    ...ctx,
    actor: { type: "member", id: "bob", role: "marketer", sellerIds: [other] },
  };

  await expect(readScreening(await aContext(), id)).rejects.toMatchObject(notFound);
  await expect(readScreening(limited, id)).rejects.toMatchObject(notFound);
  const none = ScreeningId.parse("0195a000-0000-7000-8000-00000000000a");
  await expect(readScreening(ctx, none)).rejects.toMatchObject(notFound);
});

it("refuses members who may not read screenings", async () => {
  const { ctx, screen } = await scene();
  const { id } = await screen();
  await expect(readScreening(as(ctx, "developer"), id)).rejects.toMatchObject({
    code: "forbidden",
  });
});
