import { aNumber, areaWithoutPlace } from "@ringfence/db/testing";
import { expect, it } from "vitest";
import { addAnotherPhone, erase, refuseCalls, sayOfCalls } from "../../../testing/phones.ts";
import { aRegistry, aRegistryThatLists, fullList, published } from "../../../testing/registries.ts";
import { aConsent, aContext, as, db } from "../../../testing/scenes.ts";
import {
  aCalledPerson,
  allowed,
  called,
  minutesAfter,
  noon,
  scan,
  scanner,
  toCauses,
  verified,
} from "../../../testing/violations.ts";
import { recordOptOut } from "../../do-not-call/opt-out/record.ts";
import { applyEdition, confirmEdition } from "../../do-not-call/registry/index.ts";
import { judgeCalls } from "./scan.ts";
import { recordConsent } from "../../consents/consent/record.ts";
import { recordSuppression } from "../../do-not-call/suppression/record.ts";
import { closeViolation } from "./settle.ts";
import { readViolation } from "./list.ts";

it("finds nothing in a call that the gate allowed", async () => {
  const { ctx, phone, ...who } = await aCalledPerson();
  await allowed(ctx, who);
  await called(ctx, phone, minutesAfter(0.5));
  expect(await scan(ctx)).toEqual([]);
});

it("finds nothing in calls whose permit was verified, named by the log or not, until it has ended", async () => {
  const { ctx, phone, ...who } = await aCalledPerson();
  const permitId = await allowed(ctx, who);
  const screening = await verified(ctx, who, permitId, minutesAfter(0.2));
  await called(ctx, phone, minutesAfter(0.5), { at: minutesAfter(0.6), screening });
  expect(await scan(ctx)).toEqual([]);
  await called(ctx, phone, { at: minutesAfter(20), screening });
  expect(toCauses(await scan(ctx))).toEqual([["permit-expired"]]);
});

it("finds calls without a permit, against a refusal, and after the permit ended, named by the log or not", async () => {
  const { ctx, phone, ...who } = await aCalledPerson();
  const screening = await allowed(ctx, who);
  await allowed(ctx, who, minutesAfter(-60), "refuse");
  await called(ctx, phone, minutesAfter(-60), minutesAfter(-24 * 60), { at: noon, screening });
  await called(ctx, phone, { at: minutesAfter(20), screening });
  const [gravest, ...minor] = toCauses(await scan(ctx));
  expect(gravest).toEqual(["refused-by-gate"]);
  expect(minor.flat().toSorted((a, b) => a.localeCompare(b))).toEqual([
    "permit-expired",
    "without-permit",
  ]);
});

it("applies an opt-out to all phones of the person", async () => {
  const { ctx, contactId, phoneId } = await aCalledPerson();
  const { phone } = await addAnotherPhone(ctx, contactId);
  await refuseCalls(ctx, phoneId, minutesAfter(-1));
  await called(ctx, phone, noon);
  expect(toCauses(await scan(ctx))[0]).toContain("opted-out");
});

it("judges by the day of the call: later consents, opt-outs and listings do not count", async () => {
  const { ctx, phone, ...who } = await aCalledPerson();
  await allowed(ctx, who);
  await called(ctx, phone, noon);
  await refuseCalls(ctx, who.phoneId, minutesAfter(5));
  await sayOfCalls(ctx, who, "withdrawn", minutesAfter(5));
  expect(await scan(ctx)).toEqual([]);
});

it("finds calls outside the hours, and to a listed number", async () => {
  const { asOfficer } = await aRegistryThatLists([Number(`${areaWithoutPlace}5550000`)]);
  const { ctx, phone, ...who } = await aCalledPerson(asOfficer);
  const { asOfficer: listing } = await aRegistryThatLists([Number(phone.slice(2))]);
  const listed = await aCalledPerson({ ...listing }, { phone });
  const night = minutesAfter(-12 * 60);
  await allowed(ctx, who, night);
  await called(ctx, phone, night);
  await allowed(listed.ctx, listed);
  await called(listed.ctx, phone, noon);

  expect(toCauses(await scan(ctx))).toEqual([["outside-calling-hours"]]);
  expect(toCauses(await scan(listed.ctx))).toEqual([["registry-listed"]]);
});

const daysBefore = (days: number) => minutesAfter(-days * 24 * 60);

it("uses the age that a list had at the call, even after it was read again", async () => {
  const { ctx: job, asOfficer, registryId, row } = await aRegistry();
  const list = fullList([Number(`${areaWithoutPlace}5550000`)]);
  const first = published(registryId, list, { readAt: daysBefore(60) });
  await applyEdition(job, first);
  const { revision } = await row();
  const confirm = (readAt: Date, sha256 = first.sha256) =>
    confirmEdition(job, { registryId, revision, sha256, readAt, validators: null });
  await confirm(daysBefore(2));
  await confirm(daysBefore(-1));
  const next = published(registryId, `${list}${list.replace("0000", "0001")}`, {
    readAt: daysBefore(-2),
  });
  await applyEdition(job, next);
  const { ctx, phone, ...who } = await aCalledPerson(asOfficer);
  await allowed(ctx, who);
  await called(ctx, phone, noon);
  expect(await scan(ctx)).toEqual([]);

  const tooOld = daysBefore(20); // forty days after it was read, and before it was verified
  await allowed(ctx, who, tooOld);
  await called(ctx, phone, tooOld);
  expect(toCauses(await scan(ctx))).toEqual([["registry-unchecked"]]);
});

it("finds the call over a cap, even if an earlier call is recorded late", async () => {
  const { ctx, phone, ...who } = await aCalledPerson();
  await db.prisma.contact.updateMany({
    where: { organizationId: ctx.organizationId, id: who.contactId },
    data: { addressRegion: "US-FL" },
  });
  const times = [0, 30, 60, 90].map((minutes) => minutesAfter(minutes));
  for (const at of times) await allowed(ctx, who, at);
  const [first, ...rest] = times;
  await called(ctx, phone, ...rest);
  expect(await scan(ctx)).toEqual([]);

  await called(ctx, phone, first ?? noon);
  const found = await scan(ctx);
  expect(toCauses(found)).toEqual([["frequency-cap"]]);
  expect(found[0]?.call?.at).toEqual(times.at(-1));
});

it("finds the call over a cap, even if an earlier call to the person's other phone is recorded late", async () => {
  const { ctx, phone, contactId } = await aCalledPerson();
  await db.prisma.contact.updateMany({
    where: { organizationId: ctx.organizationId, id: contactId },
    data: { addressRegion: "US-FL" },
  });
  const other = await addAnotherPhone(ctx, contactId);
  await called(ctx, other.phone, ...[30, 60, 90].map((minutes) => minutesAfter(minutes)));
  expect(toCauses(await scan(ctx)).flat()).not.toContain("frequency-cap");

  await called(ctx, phone, noon);
  const over = (await scan(ctx)).filter(({ causes }) =>
    causes.some(({ cause }) => cause === "frequency-cap"),
  );
  expect(over.map(({ call }) => call?.at)).toEqual([minutesAfter(90)]);
});

it("counts each call once by day, and those that bypassed the gate", async () => {
  const { ctx, phone, ...who } = await aCalledPerson();
  await allowed(ctx, who);
  await called(ctx, phone, noon, minutesAfter(30), minutesAfter(60));
  await scan(ctx);
  await recordOptOut(ctx, { phone, channel: "agent", at: minutesAfter(-30) });
  await scan(ctx);

  const where = { organizationId: ctx.organizationId };
  expect(await db.prisma.callDay.findMany({ where })).toMatchObject([{ calls: 3, bypassed: 2 }]);
});

it("still finds a call to a person who opted out and whose number was erased since", async () => {
  const { ctx, phone, ...who } = await aCalledPerson();
  await allowed(ctx, who);
  await refuseCalls(ctx, who.phoneId, minutesAfter(-1));
  await called(ctx, phone, noon);
  await erase(ctx, phone);

  const [found] = await scan(ctx);
  expect(found?.causes.map(({ cause }) => cause)).toContain("opted-out");
  expect(found?.call?.phone).toBeNull();
});

it("writes one row when two workers judge at once", async () => {
  const { ctx, phone } = await aCalledPerson();
  await called(ctx, phone, noon, minutesAfter(5));
  await Promise.all([judgeCalls(scanner(ctx), {}), judgeCalls(scanner(ctx), {})]);
  expect(await scan(ctx)).toHaveLength(2);
  const where = { organizationId: ctx.organizationId };
  expect(await db.prisma.callDay.findMany({ where })).toMatchObject([{ calls: 2 }]);
});

it("does not touch calls of another organization", async () => {
  const { ctx, phone } = await aCalledPerson();
  await called(ctx, phone, noon);
  expect(await judgeCalls(scanner(await aContext()), {})).toBe(0);
  expect(await scan(ctx)).toHaveLength(1);
});

it("is refused to everyone but the job", async () => {
  await expect(judgeCalls(as(await aContext(), "owner"), {})).rejects.toMatchObject({
    code: "forbidden",
  });
});

it("makes earlier calls violations when an opt-out counts from before them", async () => {
  const { ctx, phone, ...who } = await aCalledPerson();
  await allowed(ctx, who);
  await called(ctx, phone, noon);
  expect(await scan(ctx)).toEqual([]);

  await recordOptOut(ctx, { phone, channel: "agent", at: minutesAfter(-30) });
  expect(toCauses(await scan(ctx))[0]).toContain("opted-out");
});

it("reopens a violation when a graver cause is found", async () => {
  const { ctx, phone } = await aCalledPerson();
  await called(ctx, phone, noon);
  const [minor] = await scan(ctx);
  if (!minor) throw new Error("not found");
  await closeViolation(ctx, { violationId: minor.id, reason: "mended", text: "Dialer connected" });

  await recordOptOut(ctx, { phone, channel: "agent", at: minutesAfter(-30) });
  const [grave] = await scan(ctx);
  expect(grave).toMatchObject({ id: minor.id, severity: "grave", closedAt: null });
  const { organizationId } = ctx;
  const where = { organizationId, violationId: minor.id };
  const steps = await db.prisma.violationStep.findMany({ where, orderBy: { id: "asc" } });
  expect(steps.map(({ kind }) => kind)).toEqual(["closed", "found-again"]);
});

it("is not held up by many phones that were never called", async () => {
  const { ctx, phone, ...who } = await aCalledPerson();
  await allowed(ctx, who);
  await called(ctx, phone, noon);
  expect(await scan(ctx)).toEqual([]);

  for (let n = 0; n < 3; n++) await recordConsent(ctx, aConsent({ phone: aNumber() }));
  await recordOptOut(ctx, { phone, channel: "agent", at: minutesAfter(-30) });
  const atATime = { limit: 1 };
  let turns = 0;
  while ((await judgeCalls(scanner(ctx), atATime)) > 0) turns++;
  expect(turns).toBeGreaterThan(3);
  expect(toCauses(await scan(ctx))[0]).toContain("opted-out");
});

it("makes earlier calls violations when a suppression counts from before them", async () => {
  const { ctx, phone, ...who } = await aCalledPerson();
  await allowed(ctx, who);
  await called(ctx, phone, noon);
  expect(await scan(ctx)).toEqual([]);

  await recordSuppression(ctx, { phone, reason: "litigator", at: minutesAfter(30) });
  expect(await scan(ctx)).toEqual([]);
  await recordSuppression(ctx, { phone, reason: "partner_list", at: minutesAfter(-30) });
  expect(toCauses(await scan(ctx))[0]).toContain("suppressed");
});

it("finds more after a consent recorded late that covers less", async () => {
  const { ctx, phone, ...who } = await aCalledPerson();
  await allowed(ctx, who);
  await called(ctx, phone, noon);
  expect(await scan(ctx)).toEqual([]);

  const [obtainedAt, validUntil] = [minutesAfter(-30), minutesAfter(-10)];
  await recordConsent(ctx, aConsent({ phone, obtainedAt, validUntil }));
  expect(toCauses(await scan(ctx))[0]).toContain("consent-expired");
});

it("notes once that a missing consent was recorded late, and leaves the decision to a person", async () => {
  const ctx = await aContext();
  const phone = aNumber();
  await called(ctx, phone, noon);
  const [missing] = await scan(ctx);
  if (!missing) throw new Error("not found");
  expect(toCauses([missing])[0]).toContain("consent-missing");

  for (const minutes of [-30, -20]) {
    await recordConsent(ctx, aConsent({ phone, obtainedAt: minutesAfter(minutes) }));
    expect(toCauses(await scan(ctx))[0]).toContain("consent-missing");
  }
  const { steps } = await readViolation(ctx, missing.id);
  expect(steps).toMatchObject([{ kind: "found-no-more", causes: ["consent-missing"] }]);
});

it("does not judge calls of another organization again", async () => {
  const [mine, theirs] = [await aCalledPerson(), await aCalledPerson()];
  await allowed(mine.ctx, mine);
  await called(mine.ctx, mine.phone, noon);
  await scan(mine.ctx);
  await recordSuppression(theirs.ctx, {
    phone: mine.phone,
    reason: "litigator",
    at: minutesAfter(-30),
  });
  expect(await scan(mine.ctx)).toEqual([]);
});

it("reads the disposition: an agent who ignored a refusal, and the refusal itself", async () => {
  const { ctx, phone, ...who } = await aCalledPerson();
  const { organizationId } = ctx;
  await allowed(ctx, who);
  await called(ctx, phone, { at: noon, outcome: "DNC" });

  expect(toCauses(await scan(ctx))).toEqual([["refusal-ignored"]]);
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
