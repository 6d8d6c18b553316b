import { expect, it } from "vitest";
import { aNumber } from "@ringfence/db/testing";
import { aConsent, aContext, db } from "../../../testing/scenes.ts";
import {
  aCalledPerson,
  allowed,
  called,
  causesOf,
  minutesAfter,
  noon,
  scan,
  scanner,
} from "../../../testing/violations.ts";
import { recordConsent } from "../../consents/consent/record-consent.ts";
import { optOut } from "../../do-not-call/opt-out/opt-out.ts";
import { suppress } from "../../do-not-call/suppression/suppress.ts";
import { closeViolation } from "./close-violation.ts";
import { judgeCalls } from "./judge-calls.ts";
import { readViolation } from "./read-violation.ts";

it("makes earlier calls violations when a refusal counts from before them", async () => {
  const { ctx, phone, ...who } = await aCalledPerson();
  await allowed(ctx, who);
  await called(ctx, phone, noon);
  expect(await scan(ctx)).toEqual([]);

  await optOut(ctx, { phone, channel: "agent", at: minutesAfter(-30) });
  expect(causesOf(await scan(ctx))[0]).toContain("opted-out");
});

it("opens a violation again when graver is learned of its call", async () => {
  const { ctx, phone } = await aCalledPerson();
  await called(ctx, phone, noon);
  const [minor] = await scan(ctx);
  if (!minor) throw new Error("not found");
  await closeViolation(ctx, { violationId: minor.id, reason: "mended", text: "Dialer connected" });

  await optOut(ctx, { phone, channel: "agent", at: minutesAfter(-30) });
  const [grave] = await scan(ctx);
  expect(grave).toMatchObject({ id: minor.id, severity: "grave", closedAt: null });
  const { organizationId } = ctx;
  const where = { organizationId, violationId: minor.id };
  const steps = await db.prisma.violationStep.findMany({ where, orderBy: { id: "asc" } });
  expect(steps.map(({ kind }) => kind)).toEqual(["closed", "found-again"]);
});

it("is not held up by the many who were never called", async () => {
  const { ctx, phone, ...who } = await aCalledPerson();
  await allowed(ctx, who);
  await called(ctx, phone, noon);
  expect(await scan(ctx)).toEqual([]);

  for (let n = 0; n < 3; n++) await recordConsent(ctx, aConsent({ phone: aNumber() }));
  await optOut(ctx, { phone, channel: "agent", at: minutesAfter(-30) });
  const atATime = { limit: 1 };
  let turns = 0;
  while ((await judgeCalls(scanner(ctx), atATime)) > 0) turns++;
  expect(turns).toBeGreaterThan(3);
  expect(causesOf(await scan(ctx))[0]).toContain("opted-out");
});

it("makes earlier calls violations when a suppression counts from before them", async () => {
  const { ctx, phone, ...who } = await aCalledPerson();
  await allowed(ctx, who);
  await called(ctx, phone, noon);
  expect(await scan(ctx)).toEqual([]);

  await suppress(ctx, { phone, reason: "litigator", at: minutesAfter(30) });
  expect(await scan(ctx)).toEqual([]);
  await suppress(ctx, { phone, reason: "partner_list", at: minutesAfter(-30) });
  expect(causesOf(await scan(ctx))[0]).toContain("suppressed");
});

it("finds more by a consent that came late, and took less", async () => {
  const { ctx, phone, ...who } = await aCalledPerson();
  await allowed(ctx, who);
  await called(ctx, phone, noon);
  expect(await scan(ctx)).toEqual([]);

  const [obtainedAt, validUntil] = [minutesAfter(-30), minutesAfter(-10)];
  await recordConsent(ctx, aConsent({ phone, obtainedAt, validUntil }));
  expect(causesOf(await scan(ctx))[0]).toContain("consent-expired");
});

it("says that a consent came late which was missing, once, and leaves it to a person", async () => {
  const ctx = await aContext();
  const phone = aNumber();
  await called(ctx, phone, noon);
  const [missing] = await scan(ctx);
  if (!missing) throw new Error("not found");
  expect(causesOf([missing])[0]).toContain("consent-missing");

  for (const minutes of [-30, -20]) {
    await recordConsent(ctx, aConsent({ phone, obtainedAt: minutesAfter(minutes) }));
    expect(causesOf(await scan(ctx))[0]).toContain("consent-missing");
  }
  const { steps } = await readViolation(ctx, missing.id);
  expect(steps).toMatchObject([{ kind: "found-no-more", causes: ["consent-missing"] }]);
});

it("says nothing of the calls of another organization", async () => {
  const [mine, theirs] = [await aCalledPerson(), await aCalledPerson()];
  await allowed(mine.ctx, mine);
  await called(mine.ctx, mine.phone, noon);
  await scan(mine.ctx);
  await suppress(theirs.ctx, { phone: mine.phone, reason: "litigator", at: minutesAfter(-30) });
  expect(await scan(mine.ctx)).toEqual([]);
});

it("hears what a code says: an agent who talked past a refusal, and the refusal itself", async () => {
  const { ctx, phone, ...who } = await aCalledPerson();
  const { organizationId } = ctx;
  await allowed(ctx, who);
  await called(ctx, phone, { at: noon, outcome: "DNC" });

  expect(causesOf(await scan(ctx))).toEqual([["refusal-ignored"]]);
  const refusals = await db.prisma.optOut.findMany({ where: { organizationId } });
  expect(refusals).toMatchObject([
    { phoneId: who.phoneId, scope: "all", channel: "disposition", at: minutesAfter(1 / 60) },
  ]);
});

it("asks a person about a code that only looks like a refusal", async () => {
  const { ctx, phone, ...who } = await aCalledPerson();
  await allowed(ctx, who);
  await called(ctx, phone, { at: noon, outcome: "CUST_REMOVE" });
  expect(await scan(ctx)).toEqual([]);
  const where = { organizationId: ctx.organizationId };
  expect(await db.prisma.refusalQuestion.findMany({ where })).toMatchObject([
    { phoneId: who.phoneId, text: "CUST_REMOVE" },
  ]);
});

it("finds a campaign that abandons more than three of a hundred in thirty days", async () => {
  const { ctx, phone, ...who } = await aCalledPerson();
  const one = { dialer: "predictive", campaign: "spring" };
  const times = Array.from({ length: 20 }, (_, n) => minutesAfter(n * 10 - 24 * 60));
  for (const at of times) await allowed(ctx, who, at);
  await called(
    ctx,
    phone,
    ...times.map((at, n) => ({ ...one, at, outcome: n === 3 ? "abandoned" : "reached" })),
  );
  const ofCampaign = (await scan(ctx)).filter(({ campaign }) => campaign === "spring");
  expect(ofCampaign).toMatchObject([
    { severity: "serious", call: null, causes: [{ cause: "abandoned-calls", rule: "US.abandon" }] },
  ]);
});
