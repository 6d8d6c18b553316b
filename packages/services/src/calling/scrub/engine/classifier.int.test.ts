import { aSeller, placeWithoutClock } from "@ringfence/db/testing";
import { parse } from "csv-parse/sync";
import { describe, expect, it } from "vitest";
import { aPolicyRule, aRuleOfKind, putPolicy, twoOfficers } from "../../../../testing/policies.ts";
import { random } from "../../../../testing/random.ts";
import { addRandomFacts } from "../../../../testing/random-facts.ts";
import { somePhones } from "../../../../testing/random-phones.ts";
import { addRandomRegistries } from "../../../../testing/random-registries.ts";
import { db } from "../../../../testing/scenes.ts";
import { aScrubbingOrganization } from "../../../../testing/scrubs.ts";
import { screenBatch } from "../../screening/index.ts";
import type { PhoneId } from "@ringfence/core/ids";
import { Phone } from "@ringfence/core/people/phone";
import { authenticateRows } from "../../../../testing/authenticate-rows.ts";
import {
  aCallablePhone,
  aPhoneAtNoon,
  erase,
  longAgo,
  sayOfCalls,
} from "../../../../testing/phones.ts";
import { aRegistryWithHistory } from "../../../../testing/registry-history.ts";

describe("createClassifier", () => {
  const minute = 60_000;

  /** Numbers of which an organization knows much, and some of which it knows nothing. */
  async function scene(seed: number, { isPast }: { isPast: boolean }) {
    const chosen = random(seed);
    const { ctx, scrub } = await aScrubbingOrganization();
    const { organizationId } = ctx;
    const at = isPast
      ? new Date(Date.UTC(2026, 10, 25, chosen.oneOf([3, 14, 17, 17, 17]), 30))
      : new Date(Date.now() - minute);
    const sellers = [await aSeller(db, organizationId), await aSeller(db, organizationId, "other")];
    await db.prisma.seller.updateMany({
      where: { organizationId },
      data: { consentPolicy: chosen.oneOf(["opt_in", "opt_out_with_registry"]) },
    });
    const phones = somePhones(500, chosen);
    await addRandomFacts({ ctx, at, isPast, sellers }, phones.slice(0, 450), chosen);
    await addRandomRegistries(ctx, { phones, at, isPast }, chosen);
    const call = {
      seller: "acme",
      purpose: "marketing.loans",
      dialer: chosen.oneOf(["live_agent", "live_agent", "predictive", "prerecorded"] as const),
    };
    return { ctx, scrub, phones, call, at };
  }

  /** Rules that look at everything a scrub leaves out where no law asks for it: calls, and the age of consents. */
  const strictRules = [
    aPolicyRule({ calls: 2, days: 13 }),
    aRuleOfKind("consent-age", { months: 7 }),
    aRuleOfKind("cool-off", { days: 40 }),
    aRuleOfKind("registry", { registry: "US-FTC-DNC", maxAgeDays: 12 }),
  ];

  it.each([
    ...[1, 2, 3, 4, 5, 6, 7, 8].map((seed) => ({ seed, isPast: true })),
    ...[9, 10, 11, 12].map((seed) => ({ seed, isPast: false })),
    ...[13, 14, 15, 16].map((seed) => ({ seed, isPast: false, hasPolicy: true })),
  ])(
    "gives every row the verdict of a single screening at its instant: $seed, in the past: $isPast, policy: $hasPolicy",
    async ({
      seed,
      isPast,
      hasPolicy = false,
    }: {
      seed: number;
      isPast: boolean;
      hasPolicy?: boolean;
    }) => {
      const { ctx, scrub, phones, call, at } = await scene(seed, { isPast });

      if (hasPolicy) await putPolicy(await twoOfficers(ctx), strictRules);
      const content = ["phone", ...phones].join("\n");
      const { id, result, view } = await scrub(content, { ...call, ...(isPast && { at }) });

      const { results, counts } = await screenBatch(ctx, {
        defaults: { ...call, at: view.at ?? undefined },
        items: phones.map((phone) => ({ phone })),
      });
      const rows: Record<string, string>[] = parse(result, { columns: true });
      expect(rows).toEqual(
        results.map(({ phone, verdict, refusals, callableFrom }, index) => ({
          phone,
          verdict,
          reasons: [...new Set(refusals.map(({ reason }) => reason))].join(" "),
          callable_from: callableFrom?.toISOString() ?? "",
          screening_id: `${id}.${index + 1}`,
        })),
      );
      const callableLater = results.filter(({ callableFrom }) => callableFrom !== undefined).length;
      expect(view.counts).toEqual({ ...counts, callableLater });
    },
  );
});

describe("fact signatures", () => {
  // Florida: three calls in 24 hours (Fla. Stat. 501.059).
  const [one, other] = [Phone.parse("+13055550101"), Phone.parse("+13055550102")];

  const europeanElements = ["controller_identity", "purpose", "data_types", "right_to_withdraw"];

  /** One instant for all calls, because calls of one instant are alike. */
  const now = Date.now();

  const hoursFromNow = (hours: number) => new Date(now + hours * 3_600_000);

  /**
   * Removes the contact's zone, so that only the number's own counts: a zone where it is noon now may share
   * no hour with it.
   */
  const dropZone = (id: string) =>
    db.prisma.contact.updateMany({ where: { id }, data: { zone: null } });

  async function scene() {
    const { ctx, scrub } = await aScrubbingOrganization();
    const { organizationId } = ctx;
    const callable = (phone: Phone, region = placeWithoutClock) =>
      aCallablePhone(ctx, { phone, region });
    const callableFor = async (days: number, phone: Phone, region?: string) => {
      const known = await callable(phone, region);
      const { phoneId } = known;
      const consent = await db.prisma.consentEvent.findFirstOrThrow({
        where: { organizationId, phoneId },
      });
      // The later of two grants is asked when it ends.
      const at = new Date(longAgo.getTime() + 1_000);
      const { id: _, ...again } = consent;
      const validUntil = hoursFromNow(24 * days);
      await db.prisma.consentEvent.create({
        data: { ...again, actor: {}, at, validUntil, elements: europeanElements, mac: null },
      });
      await authenticateRows(ctx, organizationId);
      return known;
    };
    const call = (phoneId: PhoneId, sellerId: string, ...hoursAgo: number[]) =>
      db.prisma.call.createMany({
        data: hoursAgo.map((hours) => {
          const at = hoursFromNow(-hours);
          return { organizationId, phoneId, sellerId, purpose: "marketing", at, recordedAt: at };
        }),
      });
    const rows = async (...phones: Phone[]) => {
      const { result } = await scrub(["phone", ...phones].join("\n"));
      const read: Record<string, string>[] = parse(result, { columns: true });
      return read;
    };
    return { ctx, callable, callableFor, call, rows };
  }

  it.each([
    [one, other],
    [other, one],
  ])("tells calls of today from those of the day before: %s, %s", async (first, second) => {
    const { callable, call, rows } = await scene();
    const [a, b] = [await callable(one), await callable(other)];
    await call(a.phoneId, a.sellerId, 1, 2, 3);
    await call(b.phoneId, b.sellerId, 25, 26, 27);
    const reasons = new Map((await rows(first, second)).map((row) => [row.phone, row.reasons]));
    expect(reasons.get(one)).toMatch("frequency-cap");
    expect(reasons.get(other)).not.toMatch("frequency-cap");
  });

  it("counts a call once that belongs to both a number and its erased row", async () => {
    const { ctx, callable, call, rows } = await scene();
    const { organizationId } = ctx;
    const { contactId } = await callable(one);
    await erase(ctx, one);
    const { phoneId, sellerId } = await callable(one);
    await db.prisma.contactPhone.create({ data: { organizationId, contactId, phoneId } });
    await call(phoneId, sellerId, 1, 2);
    expect(await rows(one)).toMatchObject([
      { reasons: expect.not.stringMatching("frequency-cap") },
    ]);
    await call(phoneId, sellerId, 3);
    expect(await rows(one)).toMatchObject([{ reasons: expect.stringMatching("frequency-cap") }]);
  });

  it("looks as far ahead as a suppression lasts", async () => {
    const { ctx, callableFor, rows } = await scene();
    const { organizationId } = ctx;
    for (const [phone, days] of [[one, 100] as const, [other, 300] as const]) {
      const { phoneId, contactId } = await callableFor(days, phone);
      await dropZone(contactId);
      const suppressed = { at: longAgo, until: hoursFromNow(24 * 200), recordedAt: longAgo };
      await db.prisma.suppression.create({
        data: { organizationId, phoneId, reason: "litigator", ...suppressed, actor: {} },
      });
      await authenticateRows(ctx, organizationId);
    }
    const found = (await rows(one, other)).map((row) => row.callable_from !== "");
    expect(found).toEqual([false, true]);
  });

  // France: four calls in thirty days (Décret n° 2022-1313).
  const [brief, lasting] = [Phone.parse("+33612345678"), Phone.parse("+33612345679")];

  it.each([
    [brief, lasting],
    [lasting, brief],
  ])("looks behind the end of a month's cap: %s, %s", async (first, second) => {
    const { call, callableFor, rows } = await scene();
    const ago = 20 * 24;
    for (const [phone, days] of [[brief, 5] as const, [lasting, 60] as const]) {
      const { phoneId, sellerId, contactId } = await callableFor(days, phone, "FR-IDF");
      await dropZone(contactId);
      await call(phoneId, sellerId, ago, ago, ago, ago);
    }
    const found = new Map((await rows(first, second)).map((row) => [row.phone, row]));
    expect(found.get(brief)).toMatchObject({
      reasons: expect.stringMatching("frequency-cap"),
      callable_from: "",
    });
    expect(found.get(lasting)).toMatchObject({
      reasons: expect.stringMatching("frequency-cap"),
      callable_from: expect.stringMatching(/^20/),
    });
  });

  // Australia: three months, unless an end was stated (DNCR Act 2006, Schedule 2, clause 3).
  const [stated, silent] = [Phone.parse("+61412345678"), Phone.parse("+61412345679")];

  it.each([
    [stated, silent],
    [silent, stated],
  ])("tells whether an end was stated, however far off: %s, %s", async (first, second) => {
    const { ctx, rows } = await scene();
    const sellerId = await aSeller(db, ctx.organizationId);
    for (const phone of [stated, silent]) {
      const { phoneId } = await aPhoneAtNoon(ctx, { phone, region: "AU-NSW" });
      const more = phone === stated ? { validUntil: hoursFromNow(24 * 300) } : {};
      await sayOfCalls(ctx, { phoneId, sellerId }, "granted", longAgo, more);
    }
    const found = new Map((await rows(first, second)).map((row) => [row.phone, row.reasons]));
    expect(found.get(silent)).toMatch("consent-expired");
    expect(found.get(stated)).not.toMatch("consent-expired");
  });
});

describe("customers", () => {
  // Ohio has no rules of its own: the federal list spares customers of the last 18 months.
  const phones = Array.from({ length: 5 }, (_, index) => Phone.parse(`+1614555010${1 + index}`));
  const digits = phones.map((phone) => Number(phone.slice(1)));
  const daysAgo = (days: number) => new Date(Date.now() - days * 86_400_000);

  /**
   * A recent customer, a former one, one who refused, one who shares a phone with a stranger, and one who was erased
   * and whose number a stranger now has.
   */
  async function scene(...sellers: readonly string[]) {
    const { ctx, scrub } = await aScrubbingOrganization();
    const { organizationId } = ctx;
    for (const key of sellers) await aSeller(db, organizationId, key);
    await db.prisma.seller.updateMany({
      where: { organizationId },
      data: { consentPolicy: "opt_out_with_registry" },
    });
    await aRegistryWithHistory(ctx, "US-FTC-DNC", [{ readAt: daysAgo(1), numbers: digits }]);
    for (const [index, phone] of phones.entries()) {
      const { phoneId } = await aPhoneAtNoon(ctx, { phone, region: "US-OH" });
      const { contactOrdinal } = await db.prisma.contactPhone.findFirstOrThrow({
        where: { organizationId, phoneId },
      });
      const at = daysAgo(index === 1 ? 600 : 300);
      const activity = { organizationId, type: "purchase", key: phone, contactOrdinal };
      await db.prisma.activity.create({ data: { ...activity, at, recordedAt: at, amount: 100 } });
      if (index === 2) {
        const said = { scope: "all", channel: "api", reference: "R-1", actor: {} } as const;
        const times = { at: daysAgo(400), recordedAt: daysAgo(400) };
        await db.prisma.optOut.create({ data: { organizationId, phoneId, ...said, ...times } });
      }
      if (index === 3) {
        await db.prisma.contact.create({
          data: {
            organizationId,
            createdAt: at,
            updatedAt: at,
            phones: { create: { phoneId } },
          },
        });
      }
      if (index === 4) {
        await erase(ctx, phone);
        await aPhoneAtNoon(ctx, { phone, region: "US-OH" });
      }
    }
    const { result } = await scrub(["phone", ...phones].join("\n"), { seller: "acme" });
    const rows: { phone: string; reasons: string }[] = parse(result, { columns: true });
    const { results } = await screenBatch(ctx, {
      defaults: { purpose: "marketing.loans", seller: "acme" },
      items: phones.map((phone) => ({ phone })),
    });
    const isListed = (reasons: readonly string[]) => reasons.includes("registry-listed");
    const alone = results.map(({ refusals }) => isListed(refusals.map(({ reason }) => reason)));
    expect(rows.map(({ reasons }) => isListed(reasons.split(" ")))).toEqual(alone);
    return alone;
  }

  it("are exempt from the list, unless they bought long ago, refused, share their phone, or lost it", async () => {
    expect(await scene("acme")).toEqual([false, true, true, true, true]);
  });

  it("are not known where several sellers call, because a purchase does not say from which it was", async () => {
    expect(await scene("acme", "other")).toEqual([true, true, true, true, true]);
  });
});

describe("looked-up line types", () => {
  const [one, other] = [Phone.parse("+12015550101"), Phone.parse("+12015550102")];

  const now = Date.now();

  const digits = (phone: Phone) => Number(phone.slice(1));

  const lacks = (reasons: string) => reasons.includes("consent-missing");

  const daysAgo = (days: number) => new Date(now - days * 86_400_000);

  /** Landlines of New Jersey, where mobile numbers want a consent and others none. */
  async function scene(lookedUp: readonly [Phone, number][]) {
    const { ctx, scrub } = await aScrubbingOrganization();
    const { organizationId } = ctx;
    await db.prisma.seller.updateMany({
      where: { organizationId },
      data: { consentPolicy: "opt_out_with_registry" },
    });
    await aRegistryWithHistory(ctx, "US-FTC-DNC", [{ readAt: daysAgo(1), numbers: [] }]);
    for (const [phone, days] of lookedUp) {
      await aPhoneAtNoon(ctx, { phone, region: "US-NJ" });
      await db.prisma.phone.updateMany({
        where: { organizationId, e164: phone },
        data: { lineType: "landline", lineTypeAt: daysAgo(days) },
      });
    }
    /** Returns the phones refused for lack of consent by a scrub, and asserts that single screenings agree. */
    const wanting = async (phones: readonly Phone[], at?: Date) => {
      const { result } = await scrub(["phone", ...phones].join("\n"), at && { at });
      const rows: { phone: string; reasons: string }[] = parse(result, { columns: true });
      const refused = rows.flatMap(({ phone, reasons }) => (lacks(reasons) ? phone : []));
      const { results } = await screenBatch(ctx, {
        defaults: { purpose: "marketing.loans", at },
        items: phones.map((phone) => ({ phone })),
      });
      const alone = results.flatMap(({ phone, refusals }) =>
        refusals.some(({ reason }) => lacks(reason)) ? phone : [],
      );
      expect(refused).toEqual(alone);
      return refused;
    };
    return { ctx, wanting };
  }

  const bothOrders: [Phone, Phone][] = [
    [one, other],
    [other, one],
  ];

  it.each(bothOrders)(
    "distinguishes a line type that is valid until this very instant from one that expired: %s, %s",
    async (...phones) => {
      const { wanting } = await scene([
        [one, 15],
        [other, 16],
      ]);
      expect(await wanting(phones, new Date(now))).toEqual([other]);
    },
  );

  it.each(bothOrders)(
    "distinguishes a recently looked up line type from an older one: %s, %s",
    async (...phones) => {
      const { wanting } = await scene([
        [one, 14],
        [other, 16],
      ]);
      expect(await wanting(phones)).toEqual([other]);
    },
  );

  it.each(bothOrders)(
    "distinguishes a recent port from an older one: %s, %s",
    async (...phones) => {
      const { ctx, wanting } = await scene([
        [one, 300],
        [other, 300],
      ]);
      expect(await wanting(phones)).toEqual(phones);
      await aRegistryWithHistory(ctx, "US-PORTED", [
        { readAt: daysAgo(40), numbers: [] },
        { readAt: daysAgo(16), numbers: [] },
        { readAt: daysAgo(14), numbers: [digits(other)] },
        { readAt: daysAgo(1), numbers: [digits(one), digits(other)] },
      ]);
      // The other number may have been ported as early as sixteen days ago.
      expect(await wanting(phones)).toEqual([other]);
    },
  );
});
