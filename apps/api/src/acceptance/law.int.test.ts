// Calls that a law forbids, and one that it allows again, asked over HTTP: the corrections of November 2026.
import { randomUUID } from "node:crypto";
import { Element } from "@ringfence/core/consents/consent";
import { PhoneId } from "@ringfence/core/ids";
import { aSeller } from "@ringfence/db/testing";
import { db, keys } from "@ringfence/services/testing";
import { aRegistryWithHistory } from "@ringfence/services/testing/registry-history";
import { authenticateRows } from "@ringfence/services/testing/authenticate-rows";
import { expect, it } from "vitest";
import { openClient } from "../../testing/callable-person.ts";
import { aKey, aListeningServer } from "../../testing/listening.ts";

const { url } = await aListeningServer();

type Law = {
  dialer?: "predictive" | "prerecorded" | "ai_voice";
  purpose?: "debts";
  region?: string;
  /** No consent, and a seller that calls without one where the law lets it. */
  isRelaxed?: true;
  consentedAt?: string;
  source?: "enquiry";
  isSpoken?: true;
  calledAt?: readonly string[];
  emergency?: string;
  /** Registry that lists the number and was read the day before. */
  listed?: string;
  isCorporate?: true;
};

const elements = Element.options.filter((element) => element !== "enquiry");
const channels = ["voice_live", "voice_autodialed", "voice_prerecorded", "voice_ai"];

/** Screens a call of a new organization to a person who consented in writing, unless told otherwise. */
async function screen(phone: string, at: string, law: Law) {
  const { ctx, authorization } = await aKey("screen");
  const { organizationId } = ctx;
  const e164 = phone.replaceAll(" ", "");
  const { id } = await db.prisma.phone.create({ data: { organizationId, e164 } });
  const sellerId = await aSeller(db, organizationId);
  const longBefore = new Date(Date.parse(at) - 30 * 86_400_000);
  if (law.region !== undefined || law.isCorporate) {
    await db.prisma.contact.create({
      data: {
        organizationId,
        name: "Ada",
        ...(law.region !== undefined && { addressRegion: law.region }),
        ...(law.isCorporate && { calledParty: "corporate" }),
        createdAt: longBefore,
        updatedAt: longBefore,
        phones: { create: { phoneId: PhoneId.parse(id) } },
      },
    });
  }
  if (law.purpose !== undefined) {
    const debts = { key: "debts", name: "Debts", kind: "debt_collection" };
    await db.prisma.purpose.create({ data: { organizationId, ...debts } });
  }
  const purpose = law.purpose ?? "marketing";
  if (law.isRelaxed) {
    const where = { organizationId_id: { organizationId, id: sellerId } };
    const data = { consentPolicy: "opt_out_with_registry" };
    await db.prisma.seller.update({ where, data });
  } else {
    const since = law.consentedAt === undefined ? longBefore : new Date(law.consentedAt);
    await db.prisma.consentEvent.create({
      data: {
        organizationId,
        consentId: id,
        phoneId: id,
        sellerId,
        type: "granted",
        purposes: [purpose],
        channels,
        elements: law.source === undefined ? elements : [...elements, law.source],
        isWritten: law.isSpoken !== true,
        isProven: false,
        at: since,
        recordedAt: since,
        source: law.source ?? "website_form",
        actor: {},
      },
    });
  }
  for (const calledAt of law.calledAt ?? []) {
    const when = new Date(calledAt);
    await db.prisma.call.create({
      data: { organizationId, phoneId: id, sellerId, purpose, at: when, recordedAt: when },
    });
  }
  if (law.emergency !== undefined) {
    const said = { jurisdiction: law.emergency, memberId: randomUUID(), reason: "Declared." };
    await db.prisma.emergency.create({ data: { organizationId, from: longBefore, ...said } });
  }
  if (law.listed !== undefined) {
    const readAt = new Date(Date.parse(at) - 86_400_000);
    await aRegistryWithHistory(ctx, law.listed, [{ readAt, numbers: [Number(e164.slice(1))] }]);
  }
  await authenticateRows({ db, keys }, organizationId);
  const { dialer } = law;
  const asked = await openClient(url, authorization).screen(e164, {
    at: new Date(at).toISOString(),
    purpose,
    ...(dialer && { dialer }),
  });
  const { refusals } = asked.answer as { refusals: { reason: string; rule?: string }[] };
  return refusals.map(({ reason, rule = "" }) => `${reason} ${rule}`.trim());
}

const noon = "2026-11-30T12:00";

it.each<[string, string, string, Law]>([
  [
    "dialer-not-allowed RU.autodial.ban",
    "+7 495 000 00 01",
    `${noon}+03:00`,
    { dialer: "predictive" },
  ],
  [
    "frequency-cap RU.cap.debt.day",
    "+7 495 000 00 01",
    `${noon}+03:00`,
    { purpose: "debts", calledAt: ["2026-11-30T09:00+03:00"] },
  ],
  [
    "dialer-not-allowed US-AR.recorded",
    "+1 501 555 0100",
    `${noon}-06:00`,
    { dialer: "prerecorded" },
  ],
  [
    "dialer-not-allowed US-WY.recorded",
    "+1 307 555 0100",
    `${noon}-07:00`,
    { dialer: "prerecorded" },
  ],
  [
    "registry-listed US-WY.autodial.screen",
    "+1 307 555 0101",
    `${noon}-07:00`,
    { dialer: "predictive", listed: "US-FTC-DNC" },
  ],
  ["outside-calling-hours US-WY.hours", "+1 307 555 0100", "2026-11-30T20:30-07:00", {}],
  [
    "day-not-allowed US-SD.hours.autodial",
    "+1 605 555 0100",
    "2026-11-28T11:00-06:00",
    { dialer: "predictive" },
  ],
  [
    "outside-calling-hours US-CA.hours.announcing",
    "+1 213 555 0100",
    "2026-11-30T08:30-08:00",
    { dialer: "prerecorded" },
  ],
  [
    "consent-missing US-CA.announcing.agreement",
    "+1 213 555 0101",
    `${noon}-08:00`,
    { dialer: "prerecorded", isRelaxed: true },
  ],
  ["sector-banned US-LA.emergency", "+1 504 555 0100", `${noon}-06:00`, { emergency: "US-LA" }],
  ["day-not-allowed US-LA.hours", "+1 504 555 0100", "2026-11-27T12:00-06:00", {}],
  ["consent-missing US-LA.wireless", "+1 504 555 0102", `${noon}-06:00`, { isRelaxed: true }],
  ["day-not-allowed US-RI.hours", "+1 401 555 0100", "2026-05-04T12:00-04:00", {}],
  ["day-not-allowed US-RI.hours", "+1 401 555 0100", "2026-11-03T12:00-05:00", {}],
  ["day-not-allowed US-PA.hours", "+1 215 555 0100", "2026-04-03T12:00-04:00", {}],
  ["day-not-allowed US-PA.hours.2026", "+1 215 555 0100", "2026-11-29T15:00-05:00", {}],
  [
    "registry-listed US-PA.state.list",
    "+1 215 555 0103",
    `${noon}-05:00`,
    { isSpoken: true, listed: "US-PA-DNC" },
  ],
  ["outside-calling-hours US-PA.hours.2026", "+1 215 555 0100", "2026-11-30T19:30-05:00", {}],
  [
    "day-not-allowed BR.hours.rj",
    "+55 21 5555 0100",
    "2026-11-20T11:00-03:00",
    { region: "BR-RJ" },
  ],
  [
    "day-not-allowed ES.hours.ct",
    "+34 93 555 01 00",
    "2026-06-24T12:00+02:00",
    { region: "ES-CT" },
  ],
  [
    "consent-missing CA.adad",
    "+1 416 555 0100",
    `${noon}-05:00`,
    { dialer: "prerecorded", isRelaxed: true },
  ],
  [
    "consent-missing GB.auto",
    "+44 20 7946 0100",
    "2026-12-01T12:00Z",
    { dialer: "ai_voice", isRelaxed: true },
  ],
  [
    "registry-listed GB.scrub.ctps",
    "+44 20 7946 0101",
    "2026-12-01T12:00Z",
    { isRelaxed: true, listed: "GB-CTPS" },
  ],
  [
    "registry-unchecked GB.scrub.ctps",
    "+44 20 7946 0101",
    "2026-12-01T12:00Z",
    { isRelaxed: true },
  ],
  [
    "consent-missing IT.auto",
    "+39 06 5550 1000",
    `${noon}+01:00`,
    { dialer: "prerecorded", isRelaxed: true },
  ],
  ["registry-unchecked IT.scrub", "+39 06 5550 1000", `${noon}+01:00`, { isRelaxed: true }],
  ["number-reassigned US-ME.reassigned", "+1 207 555 0100", `${noon}-05:00`, {}],
  [
    "outside-calling-hours US-ME.hours.announcing",
    "+1 207 555 0100",
    "2026-11-30T17:30-05:00",
    { dialer: "prerecorded" },
  ],
  [
    "dialer-not-allowed US-MA.prerecorded",
    "+1 617 555 0100",
    `${noon}-05:00`,
    { dialer: "ai_voice" },
  ],
  [
    "consent-expired IN.consent.enquiry",
    "+91 11 4555 0100",
    `${noon}+05:30`,
    { source: "enquiry", consentedAt: "2026-11-10T12:00+05:30" },
  ],
  ["consent-missing IN.model", "+91 11 4555 0100", "2024-05-06T12:00+05:30", { isRelaxed: true }],
  ["outside-calling-hours IN.hours", "+91 11 4555 0100", "2026-11-30T09:30+05:30", {}],
  [
    "outside-calling-hours IN.hours.debt",
    "+91 11 4555 0100",
    "2026-11-30T19:30+05:30",
    { purpose: "debts" },
  ],
  ["outside-calling-hours FR.hours", "+33 1 99 00 00 01", "2026-11-30T13:30+01:00", {}],
  [
    "frequency-cap FR.cap",
    "+33 1 99 00 00 01",
    "2026-11-30T11:00+01:00",
    { calledAt: [10, 16, 20, 25].map((day) => `2026-11-${day}T11:00+01:00`) },
  ],
  [
    "dialer-not-allowed US-MS.recorded",
    "+1 601 555 0100",
    `${noon}-06:00`,
    { dialer: "prerecorded" },
  ],
  ["consent-missing US-AZ.wireless", "+1 602 555 0100", `${noon}-07:00`, { isRelaxed: true }],
  ["day-not-allowed US-AL.hours", "+1 205 555 0100", "2026-11-29T12:00-06:00", {}],
  ["day-not-allowed US-LA.hours", "+1 504 555 0100", "2026-11-29T12:00-06:00", {}],
  ["day-not-allowed US-MS.hours", "+1 601 555 0100", "2026-11-29T12:00-06:00", {}],
  ["day-not-allowed US-UT.hours", "+1 801 555 0100", "2026-11-29T12:00-07:00", {}],
  ["outside-calling-hours US-KY.hours", "+1 502 555 0100", "2026-11-30T09:30-05:00", {}],
  ["outside-calling-hours US-MI.hours", "+1 313 555 0100", "2026-11-30T08:30-05:00", {}],
  ["outside-calling-hours US-MN.hours", "+1 612 555 0100", "2026-11-30T08:30-06:00", {}],
  ["outside-calling-hours US-NM.hours", "+1 505 555 0100", "2026-11-30T08:30-07:00", {}],
  ["outside-calling-hours US-NV.hours", "+1 702 555 0100", "2026-11-30T20:30-08:00", {}],
  ["outside-calling-hours US-RI.hours", "+1 401 555 0100", "2026-11-28T17:30-05:00", {}],
  ["day-not-allowed CO.hours", "+57 601 555 0100", "2026-11-29T11:00-05:00", {}],
  ["outside-calling-hours ZA.hours", "+27 11 555 0100", "2026-11-28T14:00+02:00", {}],
  ["outside-calling-hours AE.hours", "+971 4 555 0100", "2026-11-30T19:00+04:00", {}],
  ["outside-calling-hours KR.hours", "+82 2 555 0100", "2026-11-30T21:30+09:00", {}],
  ["outside-calling-hours SA.hours.ramadan.2027", "+966 11 555 0100", "2027-02-15T10:00+03:00", {}],
  ["outside-calling-hours US-PR.hours", "+1 787 555 0100", "2026-11-30T08:30-04:00", {}],
  ["consent-missing DK.model", "+45 32 12 34 56", `${noon}+01:00`, { isRelaxed: true }],
  ["consent-missing MY.model", "+60 3 5555 0100", `${noon}+08:00`, { isRelaxed: true }],
  ["consent-missing TR.model", "+90 212 555 0100", `${noon}+03:00`, { isRelaxed: true }],
  [
    "registry-unchecked CH.scrub.directory",
    "+41 44 555 01 00",
    `${noon}+01:00`,
    { isRelaxed: true },
  ],
  ["registry-unchecked TR.scrub.iys", "+90 212 555 0100", `${noon}+03:00`, {}],
  ["consent-missing IE.mobile", "+353 85 012 3456", `${noon}Z`, { isRelaxed: true }],
  [
    "registry-listed AR.scrub",
    "+54 11 5555 0100",
    `${noon}-03:00`,
    { isRelaxed: true, listed: "AR-NOLLAME" },
  ],
  [
    "registry-listed MX.scrub",
    "+52 55 5555 0100",
    `${noon}-06:00`,
    { isRelaxed: true, listed: "MX-REPEP" },
  ],
  [
    "registry-listed PT.scrub",
    "+351 21 555 0101",
    `${noon}Z`,
    { isRelaxed: true, isCorporate: true, listed: "PT-DGC" },
  ],
  ["registry-listed BE.scrub", "+32 2 555 12 12", `${noon}+01:00`, { listed: "BE-DNCM" }],
  ["registry-unchecked AR.scrub", "+54 11 5555 0100", `${noon}-03:00`, { isRelaxed: true }],
  ["registry-unchecked MX.scrub", "+52 55 5555 0100", `${noon}-06:00`, { isRelaxed: true }],
  ["registry-unchecked BE.scrub", "+32 2 555 12 12", `${noon}+01:00`, {}],
  // The law has been read since: Israel uses a list instead of a consent that expires, and Switzerland its directory.
  [
    "registry-listed IL.scrub",
    "+972 2 555 0101",
    `${noon}+02:00`,
    { consentedAt: "2025-10-30T12:00+02:00", listed: "IL-DNC" },
  ],
  [
    "registry-unchecked IL.scrub",
    "+972 2 555 0101",
    `${noon}+02:00`,
    { consentedAt: "2025-10-30T12:00+02:00" },
  ],
  [
    "consent-insufficient UA.model",
    "+380 44 555 0100",
    `${noon}+02:00`,
    { dialer: "predictive", isSpoken: true },
  ],
  ["jurisdiction-unknown", "+7 727 250 00 01", `${noon}+05:00`, {}],
])("%s: %s at %s", async (expected, phone, at, law) => {
  expect(await screen(phone, at, law)).toContain(expected);
});

it("allows a call to Mississippi on Saturday, the Fourth of July, and none on the Sunday after", async () => {
  const screenOn = (day: string) => screen("+1 601 555 0100", `${day}T12:00-05:00`, {});
  const saturday = await screenOn("2026-07-04");
  expect(saturday).not.toContain("jurisdiction-unknown");
  expect(saturday.filter((refusal) => /hours|day-not/.test(refusal))).toEqual([]);
  expect(await screenOn("2026-07-05")).toContain("day-not-allowed US-MS.hours");
});
