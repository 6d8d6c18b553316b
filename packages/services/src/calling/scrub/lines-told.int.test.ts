import { Phone } from "@ringfence/core/people/phone";
import { parse } from "csv-parse/sync";
import { expect, it } from "vitest";
import { aPhoneAtNoon } from "../../../testing/phones.ts";
import { aRegistryOf } from "../../../testing/registry-history.ts";
import { db } from "../../../testing/scenes.ts";
import { aScrubbingOrganization } from "../../../testing/scrubs.ts";
import { screenBatch } from "../screening/index.ts";

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
  await aRegistryOf(ctx, "US-FTC-DNC", [{ readAt: daysAgo(1), numbers: [] }]);
  for (const [phone, days] of lookedUp) {
    await aPhoneAtNoon(ctx, { phone, region: "US-NJ" });
    await db.prisma.phone.updateMany({
      where: { organizationId, e164: phone },
      data: { lineType: "landline", lineTypeAt: daysAgo(days) },
    });
  }
  /** Who is refused for want of a consent: by a scrub, and by single screenings all the same. */
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
  "tells a line that is good until this very instant from one that was: %s, %s",
  async (...phones) => {
    const { wanting } = await scene([
      [one, 15],
      [other, 16],
    ]);
    expect(await wanting(phones, new Date(now))).toEqual([other]);
  },
);

it.each(bothOrders)(
  "tells a line looked up lately from an older one: %s, %s",
  async (...phones) => {
    const { wanting } = await scene([
      [one, 14],
      [other, 16],
    ]);
    expect(await wanting(phones)).toEqual([other]);
  },
);

it.each(bothOrders)("tells a port of these days from an older one: %s, %s", async (...phones) => {
  const { ctx, wanting } = await scene([
    [one, 300],
    [other, 300],
  ]);
  expect(await wanting(phones)).toEqual(phones);
  await aRegistryOf(ctx, "US-PORTED", [
    { readAt: daysAgo(40), numbers: [] },
    { readAt: daysAgo(16), numbers: [] },
    { readAt: daysAgo(14), numbers: [digits(other)] },
    { readAt: daysAgo(1), numbers: [digits(one), digits(other)] },
  ]);
  // Of the other nobody knows that it was not ported sixteen days ago.
  expect(await wanting(phones)).toEqual([other]);
});
