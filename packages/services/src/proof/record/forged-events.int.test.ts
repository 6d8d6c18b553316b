import { aFolder } from "@ringfence/db/testing";
import { parse } from "csv-parse/sync";
import { expect, it } from "vitest";
import { asWriter } from "../../../testing/as-writer.ts";
import { aRunningCampaign, asDialer } from "../../../testing/campaigns.ts";
import { aWrongRefusal, findRefusalReasons } from "../../../testing/corrections.ts";
import { asIntruder } from "../../../testing/ledger.ts";
import { aCallablePhone, aPhoneAtNoon, refuseCalls } from "../../../testing/phones.ts";
import { aConsent, aContext, as, db } from "../../../testing/scenes.ts";
import { aScrubbingOrganization } from "../../../testing/scrubs.ts";
import { asScreener } from "../../../testing/waterfall-scene.ts";
import { handOverCalls } from "../../audience/campaign/hand-over.ts";
import { recordConsent } from "../../consents/consent/record.ts";
import { type RootContext, inTransaction } from "../../platform/context.ts";
import { keysIn } from "../../../testing/keys.ts";
import { findOptedOutPhones, readOptOutFeed } from "../../do-not-call/opt-out/feed.ts";
import { screenBatch } from "../../calling/screening/screen-batch.ts";
import { readWaterfall, screenSegment } from "../../audience/segment/waterfall.ts";
import { endSuppression } from "../../do-not-call/suppression/end.ts";
import { recordSuppression } from "../../do-not-call/suppression/record.ts";

/** Screens a number in every way: one call, a batch and a file. */
async function screenEveryWay(ctx: RootContext, phone: string): Promise<string[][]> {
  const defaults = { purpose: "marketing" };
  const { results } = await screenBatch(ctx, { defaults, items: [{ phone }] });
  const { scrub } = await aScrubbingOrganization(ctx);
  const { result } = await scrub(`phone\n${phone}`, { purpose: "marketing" });
  const [row]: { reasons: string }[] = parse(result, { columns: true });
  const verdicts = [
    await findRefusalReasons(ctx, phone),
    results.flatMap(({ refusals }) => refusals.map(({ reason }) => reason)),
    (row?.reasons ?? "").split(" ").filter((reason) => reason !== ""),
  ];
  // No registry is connected here, and with a consent that would be a warning.
  return verdicts.map((reasons) => reasons.filter((reason) => reason !== "registry-unchecked"));
}

const threeTimes = (...reasons: string[]) => [reasons, reasons, reasons];

let serial = 0;
/** Builds the strongest consent that an intruder could insert: proven, later than the opt-out, each at its own time. */
const insertProvenConsent = (of: { organizationId: string }, phoneId: string, mac = "NULL") => ({
  text: `INSERT INTO consent_event (organization_id, id, consent_id, phone_id, seller_id, type, purposes,
      channels, elements, is_written, is_proven, at, source, recorded_at, actor, mac)
    SELECT organization_id, uuid7(), uuid7(), $2, id, 'granted', '{marketing}', '{voice_live}',
      '{affirmative_action,text_version}', true, true,
      now() + make_interval(secs => ${serial++ / 1_000}), 'website_form', now(),
      '{"type":"form","id":"x"}', ${mac}
    FROM seller WHERE organization_id = $1 AND key = 'acme'`,
  values: [of.organizationId, phoneId],
});

it("lifts no opt-out because of a consent that somebody inserted into the table", async () => {
  const ctx = await aContext();
  const { phone, phoneId } = await aCallablePhone(ctx);
  expect(await screenEveryWay(ctx, phone)).toEqual(threeTimes());
  await refuseCalls(ctx, phoneId);

  const macOfAnother =
    "(SELECT mac FROM consent_event WHERE organization_id = $1 AND phone_id = $2 AND NOT is_proven)";
  await asWriter(
    insertProvenConsent(ctx, phoneId),
    insertProvenConsent(ctx, phoneId, "sha256('a guess')"),
    insertProvenConsent(ctx, phoneId, "substr(sha256('a guess'), 1, 16)"),
    insertProvenConsent(ctx, phoneId, macOfAnother),
  );
  expect(await screenEveryWay(ctx, phone)).toEqual(threeTimes("opted-out"));
});

it("counts no consent whose statement another key signed", async () => {
  const ctx = await aContext();
  await aCallablePhone(ctx);
  const { phone } = await aPhoneAtNoon(ctx);
  // All of our own code runs, with all its rows, but without any of our keys.
  const intruder = { ...ctx, keys: keysIn(aFolder()) };
  await recordConsent(intruder, aConsent({ phone }));
  const stated = await db.prisma.$queryRaw<[{ count: number }]>`
    SELECT count(*)::int FROM vault.statement WHERE organization_id = ${ctx.organizationId}::uuid`;
  expect(stated[0].count).toBeGreaterThan(0);
  expect(await screenEveryWay(ctx, phone)).toEqual(threeTimes("consent-missing"));
});

it("counts no consent that was copied to another phone with its MAC", async () => {
  const ctx = await aContext();
  const { phoneId: theirs } = await aCallablePhone(ctx);
  const { phone, phoneId } = await aPhoneAtNoon(ctx);
  const { organizationId } = ctx;
  await asWriter({
    text: `INSERT INTO consent_event SELECT (copy).* FROM (
        SELECT jsonb_populate_record(event, jsonb_build_object('id', uuid7(), 'phone_id', $3::uuid)) AS copy
        FROM consent_event AS event WHERE organization_id = $1 AND phone_id = $2) AS copied`,
    values: [organizationId, theirs, phoneId],
  });
  expect(await screenEveryWay(ctx, phone)).toEqual(threeTimes("consent-missing"));
});

it.each([
  [
    "seller",
    "seller_id = (SELECT id FROM seller WHERE seller.key = 'other' AND seller.organization_id = consent_event.organization_id)",
  ],
  ["channels", "channels = '{voice_live,voice_ai}'"],
  ["purposes", "purposes = '{marketing,survey}'"],
  ["proof", "is_proven = true"],
  ["time", "at = at + interval '1 day'"],
  ["end", "valid_until = now() + interval '1 year'"],
])("counts no consent whose %s was changed with the triggers off", async (_, change) => {
  const ctx = await aContext();
  const { phone, phoneId } = await aCallablePhone(ctx);
  const { organizationId } = ctx;
  await db.prisma.seller.create({
    data: { organizationId, key: "other", name: "Other", sector: "other" },
  });
  await asIntruder(
    db,
    `UPDATE consent_event SET ${change} WHERE phone_id = '${phoneId}' AND organization_id = '${organizationId}'`,
  );
  const call = { defaults: { purpose: "marketing", seller: "acme" }, items: [{ phone }] };
  const { results } = await screenBatch(ctx, call);
  const [refusals = []] = results.map(({ refusals }) => refusals.map(({ reason }) => reason));
  expect(refusals).toContain("consent-missing");
});

it("allows nothing when a forged invalidation of a later consent would bring back an earlier one", async () => {
  const ctx = await aContext();
  const { phone, phoneId, sellerId } = await aCallablePhone(ctx);
  const { organizationId } = ctx;
  const ended = {
    at: new Date("2026-02-01T10:00:00Z"),
    validUntil: new Date("2026-03-01T10:00:00Z"),
  };
  const { id } = await recordConsent(
    ctx,
    aConsent({ phone, obtainedAt: ended.at, validUntil: ended.validUntil }),
  );
  expect(await screenEveryWay(ctx, phone)).toEqual(threeTimes("consent-expired"));

  await asWriter({
    text: `INSERT INTO consent_event (organization_id, id, consent_id, phone_id, seller_id, type, purposes,
        channels, elements, is_written, is_proven, at, source, recorded_at, actor)
      VALUES ($1, uuid7(), $2, $3, $4, 'invalidated', '{marketing}', '{voice_live}', '{}', false, false,
        now(), 'erasure', now(), '{}')`,
    values: [organizationId, id, phoneId, sellerId],
  });
  expect(await screenEveryWay(ctx, phone)).toEqual(threeTimes("consent-withdrawn"));
});

it("hands over nobody, and counts nobody as callable, because of a consent that somebody inserted", async () => {
  const { ctx, cy, segmentId } = await aRunningCampaign();
  const before = await readWaterfall(ctx, { segmentId });
  await asWriter(insertProvenConsent(ctx, cy.phoneId));

  await screenSegment(asScreener(ctx), { segmentId });
  const { waterfall } = await readWaterfall(ctx, { segmentId });
  expect(waterfall?.counts).toEqual(before.waterfall?.counts);
  const { items } = await handOverCalls(asDialer(ctx), { key: "spring", limit: 100 });
  expect(items.map(({ phone }) => phone)).not.toContain(cy.phone);
});

it("lifts no opt-out because of a correction that somebody inserted", async () => {
  const { ctx, phone, optOut, correct } = await aWrongRefusal();
  const { organizationId } = ctx;
  await asWriter(
    {
      text: `INSERT INTO opt_out_correction (organization_id, id, opt_out_id, proposed_at, actor)
        VALUES ($1, $2, $2, now(), '{"id":"asks"}')`,
      values: [organizationId, optOut.id],
    },
    {
      text: `INSERT INTO opt_out_correction_answer
          (organization_id, correction_id, opt_out_id, is_accepted, answered_at, actor)
        VALUES ($1, $2, $2, true, now(), '{"id":"accepts"}')`,
      values: [organizationId, optOut.id],
    },
    {
      text: `INSERT INTO opt_out_queue (organization_id, opt_out_id, change)
        VALUES ($1, $2, 'lifted')`,
      values: [organizationId, optOut.id],
    },
  );
  expect(await screenEveryWay(ctx, phone)).toEqual(threeTimes("opted-out"));
  const { items } = await readOptOutFeed(ctx, { limit: 10 });
  expect(items).toMatchObject([{ id: optOut.id, change: "added" }]);
  expect(await inTransaction(ctx, (ctx) => findOptedOutPhones(ctx, [phone]))).toEqual(
    new Set([phone]),
  );
  await expect(correct()).rejects.toMatchObject({ code: "conflict" });
});

it("lifts an opt-out when two officers correct it, in every kind of screening", async () => {
  const { ctx, phone, correct } = await aWrongRefusal();
  expect(await screenEveryWay(ctx, phone)).toEqual(threeTimes("opted-out"));
  await correct();
  expect(await screenEveryWay(ctx, phone)).toEqual(threeTimes());
});

it("ends a suppression when an officer ends it, but not when its row was changed", async () => {
  const ctx = await aContext();
  const { phone } = await aCallablePhone(ctx);
  const { id } = await recordSuppression(ctx, { phone, reason: "litigator" });
  expect(await screenEveryWay(ctx, phone)).toEqual(threeTimes("suppressed"));

  await db.prisma.suppression.updateMany({ where: { id }, data: { until: new Date() } });
  expect(await screenEveryWay(ctx, phone)).toEqual(threeTimes("suppressed"));
  await db.prisma.suppression.updateMany({ where: { id }, data: { until: null } });
  await endSuppression(as(ctx, "officer"), { id, reason: "mistake" });
  expect(await screenEveryWay(ctx, phone)).toEqual(threeTimes());
});
