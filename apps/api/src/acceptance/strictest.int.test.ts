// The strictest of locations, clocks, consents and permits decides if they disagree.
import { Scope } from "@ringfence/core/platform/access";
import { PhoneId } from "@ringfence/core/ids";
import { aSeller } from "@ringfence/db/testing";
import { db } from "@ringfence/services/testing";
import { longAgo, sayOfCalls } from "@ringfence/services/testing/phones";
import { expect, it } from "vitest";
import { openClient, reasonsIn } from "../../testing/callable-person.ts";
import { aKey, aListeningServer } from "../../testing/listening.ts";

const { url } = await aListeningServer();

const isOfTime = (reason: string) => /hours|day-not|zone/.test(reason);

/**
 * A person who gave written consent to calls to this phone, and states the given facts about
 * themselves.
 */
async function somebody(phone: string, ...told: object[]) {
  const { ctx, authorization } = await aKey(...Scope.options);
  const asks = openClient(url, authorization);
  const { organizationId } = ctx;
  const { id } = await db.prisma.phone.create({ data: { organizationId, e164: phone } });
  const sellerId = await aSeller(db, organizationId);
  await sayOfCalls(ctx, { phoneId: PhoneId.parse(id), sellerId }, "granted", longAgo);
  const contacts = told.map((one, index) => ({ ...one, externalId: `c${index}`, phones: [phone] }));
  expect((await asks.post("contacts", contacts)).answer).toMatchObject({ rejected: 0 });
  /** Screens a call at an instant: the reasons about hours, and everything that was considered. */
  const at = async (instant: string) => {
    const asked = await asks.screen(phone, { at: instant });
    return { ...asked.answer, verdict: undefined, time: reasonsIn(asked).filter(isOfTime) };
  };
  return { ...asks, ctx, at };
}

const newYork = "+12125550142";
const dallas = "+12145550142";
const london = "+442071838750";

it("applies the hours of the number's time zone and of the address's", async () => {
  const { at } = await somebody(newYork, { addressRegion: "US-HI" });
  // A Wednesday: 09:00 in New York and 03:00 in Honolulu; 14:30 and 08:30; 22:00 and 16:00.
  const early = await at("2026-06-10T13:00:00Z");
  expect(early).toMatchObject({
    time: ["outside-calling-hours"],
    callableFrom: "2026-06-10T18:00:00.000Z",
    checked: { zones: ["America/New_York", "Pacific/Honolulu"] },
  });
  expect(await at("2026-06-10T18:30:00Z")).toMatchObject({ time: [] });
  expect(await at("2026-06-11T02:00:00Z")).toMatchObject({
    time: ["outside-calling-hours"],
    callableFrom: "2026-06-11T18:00:00.000Z",
  });
});

it("never widens calling hours because of a time zone set by hand", async () => {
  const { at } = await somebody(newYork, { zone: "Asia/Tokyo" });
  // 22:30 in New York, 11:30 in Tokyo; then 08:30 and 21:30; then 09:00 in Tokyo, 20:00 in New York.
  expect(await at("2026-06-10T02:30:00Z")).toMatchObject({ time: ["outside-calling-hours"] });
  expect(await at("2026-06-10T12:30:00Z")).toMatchObject({ time: ["outside-calling-hours"] });
  expect(await at("2026-06-10T00:00:00Z")).toMatchObject({ time: [] });
});

it("applies the hours of everybody who shares the phone", async () => {
  const { at } = await somebody(newYork, { addressRegion: "US-NY" }, { addressRegion: "US-HI" });
  expect(await at("2026-06-10T13:00:00Z")).toMatchObject({ time: ["outside-calling-hours"] });
});

it.each([
  [newYork, "US-TX"],
  [dallas, "US-NY"],
])("applies the hours of both states: %s with an address in %s", async (phone, addressRegion) => {
  const { at } = await somebody(phone, { addressRegion });
  // A Sunday, which begins at noon in Texas: 11:00 in Dallas, 12:00 in New York.
  const sunday = await at("2026-06-14T16:00:00Z");
  expect(sunday.time).toEqual(["outside-calling-hours"]);
  expect(sunday.refusals).toContainEqual(expect.objectContaining({ rule: "US-TX.hours" }));
  expect(new Set(sunday.checked.jurisdictions)).toEqual(new Set(["US", "US-NY", "US-TX"]));
});

it("applies the days of every possible state if the state is unknown", async () => {
  const { at } = await somebody(london, { addressRegion: "US" });
  // A Sunday, on which Rhode Island closes; then a Wednesday, 10:00 in Honolulu and 16:00 in New York.
  const sunday = await at("2026-06-14T20:00:00Z");
  expect(sunday.time).toEqual(["day-not-allowed"]);
  expect(sunday.checked.jurisdictions).toEqual(expect.arrayContaining(["GB", "US", "US-RI"]));
});

it("does not lift a sector ban with an incomplete consent, such as a bare imported one", async () => {
  const { ctx, post, screen } = await somebody(london);
  await db.prisma.seller.updateMany({
    where: { organizationId: ctx.organizationId },
    data: { sector: "claims_management", consentPolicy: "opt_out_with_registry" },
  });
  const agree = async (phone: string, source: string, evidence: object) => {
    const { answer } = await post("consents", {
      phone,
      purposes: ["marketing"],
      channels: ["voice_live"],
      disclosure: { text: "Acme may call me about its offers.", language: "en" },
      obtainedAt: "2026-01-05T10:00:00Z",
      source,
      evidence,
    });
    return answer.standing.map(({ status }: { status: string }) => status);
  };
  const [imported, asked] = ["+442071838751", "+442071838752"];
  expect(await agree(imported, "import", {})).toEqual(["insufficient"]);
  expect(reasonsIn(await screen(imported))).toContain("sector-banned");
  expect(await agree(asked, "website_form", { act: "ticked" })).toEqual(["granted"]);
  expect(reasonsIn(await screen(asked))).not.toContain("sector-banned");
});
