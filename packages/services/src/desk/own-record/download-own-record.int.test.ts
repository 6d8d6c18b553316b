import { randomUUID } from "node:crypto";
import { checkCertificate } from "@ringfence/core/proof/ledger";
import { ConsentId } from "@ringfence/core/ids";
import { aNumber, anOrganization, aZoneAtNoon, placeWithoutClock } from "@ringfence/db/testing";
import { strFromU8, unzipSync } from "fflate";
import { expect, it } from "vitest";
import { complain } from "../../../testing/complaints.ts";
import { aCode } from "../../../testing/person-codes.ts";
import { aFederalNumber } from "../../../testing/phones.ts";
import { aConsent, aContext, as, db } from "../../../testing/scenes.ts";
import { recordCalls } from "../../calling/call/record.ts";
import { recordConsent } from "../../consents/consent/record.ts";
import { recordOptOut } from "../../do-not-call/opt-out/record.ts";
import { recordContacts } from "../../people/contact/record-contacts.ts";
import { screenCall } from "../../calling/screening/screen-call.ts";
import { chooseCallPreferences } from "./choose-preferences.ts";
import { copyOwnData } from "./copy-own-data.ts";
import { downloadOwnRecord } from "./download-own-record.ts";
import { withdrawOwnConsent } from "./withdraw-own-consent.ts";

/** A person who agreed, was called, complained and refused, and another person of the same organization. */
async function scene() {
  const made = await aCode({ phone: aFederalNumber() });
  const { office, phone, phoneId } = made;
  await recordContacts(office, {
    rows: [{ name: "Ada", phones: [phone], zone: aZoneAtNoon(), addressRegion: placeWithoutClock }],
  });
  const agent = as(office, "agent");
  const { id: screening } = await screenCall(agent, { phone, purpose: "marketing" });
  const call = { phone, seller: "acme", purpose: "marketing", at: new Date().toISOString() };
  await recordCalls(office, {
    rows: [
      { ...call, externalId: "1", outcome: "reached", seconds: 42, screening },
      { ...call, externalId: "2", at: "2026-01-06T10:00:00Z" },
    ],
  });
  const person = { ...office, actor: { type: "person", phoneId } as const };
  await complain(person, { text: "They shouted." });
  await recordOptOut(office, { phone, channel: "agent", note: "Rude man." });

  const stranger = aNumber();
  await recordConsent(office, aConsent({ phone: stranger }));
  await recordCalls(office, { rows: [{ ...call, phone: stranger, externalId: "theirs" }] });
  await recordOptOut(office, { phone: stranger, channel: "agent" });
  return { ...made, person, stranger };
}

it("contains consents, calls with their reasons, opt-outs and complaints", async () => {
  const { person, phone } = await scene();
  expect(await downloadOwnRecord(person)).toMatchObject({
    format: "ringfence/own-record@v1",
    organization: "Test",
    phone,
    consents: [
      {
        event: "granted",
        seller: "Acme",
        purposes: [{ key: "marketing", name: "Marketing" }],
        isInForce: true,
        words: { text: "Acme may call me about its offers.", language: "en" },
      },
    ],
    calls: [
      {
        seller: "Acme",
        outcome: "reached",
        seconds: 42,
        check: "allowed",
        consentSince: new Date("2026-01-05T10:00:00Z"),
        reasons: [],
      },
      { outcome: null, check: "none", consentSince: null, reasons: [] },
    ],
    hasMoreCalls: false,
    optOuts: [
      { reference: expect.stringMatching(/^[0-9A-Z]{8}$/), scope: "all", correctedAt: null },
    ],
    complaints: [{ decidedAt: null, dueAt: expect.any(Date) }],
  });
});

it("calls no consent in force that has expired or was recorded by nobody we know", async () => {
  const { office, person, phone } = await scene();
  const expired = {
    phone,
    purposes: ["marketing.loans"],
    validUntil: new Date("2026-02-01T00:00:00Z"),
  };
  await recordConsent(office, aConsent(expired));
  const { organizationId } = office;
  const genuine = await db.prisma.consentEvent.findFirstOrThrow({
    where: { organizationId, phone: { e164: phone }, purposes: { equals: ["marketing"] } },
  });
  const [id, consentId] = [randomUUID(), randomUUID()];
  await db.prisma.consentEvent.create({
    data: { ...genuine, id, consentId, actor: {}, mac: null, purposes: ["survey"] },
  });
  const { consents } = await downloadOwnRecord(person);
  expect(new Map(consents.map((one) => [one.purposes[0]?.key, one.isInForce]))).toEqual(
    new Map([
      ["survey", false],
      ["marketing.loans", false],
      ["marketing", true],
    ]),
  );
});

it("proves consents, withdrawals and opt-outs without the words or the number of anybody", async () => {
  const { person, phone } = await scene();
  const [granted] = (await downloadOwnRecord(person)).consents;
  await withdrawOwnConsent(person, { consent: ConsentId.parse(granted?.id) });
  const record = await downloadOwnRecord(person);
  expect(record.consents).toMatchObject([
    { event: "withdrawn", isInForce: false },
    { event: "granted", isInForce: false },
  ]);
  const shown = [...record.consents, ...record.optOuts].map(({ certificate }) =>
    checkCertificate(JSON.stringify(certificate)),
  );
  expect(shown.map(({ claims }) => claims?.kind)).toEqual([
    "consent.withdrawn",
    "consent.granted",
    "opt-out.recorded",
  ]);
  expect(shown.map(({ verdict }) => verdict)).toEqual(["promised", "promised", "promised"]);
  for (const { claims, later } of shown) {
    expect(claims).not.toHaveProperty("sequence");
    expect(later).toEqual([]);
  }
  const disclosed = JSON.stringify([record.consents, record.optOuts])
    .split(/[~"]/)
    .map((part) => Buffer.from(part, "base64url").toString());
  expect(disclosed.join()).toContain("marketing");
  for (const hidden of [phone, "Rude man"]) expect(disclosed.join()).not.toContain(hidden);
  expect(JSON.stringify(record)).not.toMatch(/Rude man|They shouted/);
});

it("contains nothing of another person", async () => {
  const { person, stranger } = await scene();
  const record = await downloadOwnRecord(person);
  expect(record.calls).toHaveLength(2);
  expect(record.optOuts).toHaveLength(1);
  expect(JSON.stringify(record)).not.toContain(stranger);
});

it("copies what the person said, as JSON and tables, without anybody's words", async () => {
  const { person, phone, stranger, office } = await scene();
  await chooseCallPreferences(person, {
    hours: { days: ["MO"], from: "10:00", to: "18:00" },
    refusedDialers: ["prerecorded"],
  });
  const { zip } = await copyOwnData(person, { locale: "en" });
  const files = Object.entries(unzipSync(zip)).map(([name, file]) => [name, strFromU8(file)]);
  const texts = Object.fromEntries(files);
  expect(JSON.parse(texts["data.json"])).toMatchObject({
    format: "ringfence/portable-copy@v1",
    records: {
      phones: [{ phone }],
      consents: [{ event: "granted", seller: "Acme", purposes: ["Marketing"] }],
      optOuts: [{ scope: "all" }],
      preferences: [
        {
          phone,
          days: ["Monday"],
          opensAt: "10:00",
          closesAt: "18:00",
          refusedDialers: ["prerecorded"],
        },
      ],
    },
  });
  expect(texts["consents.csv"]).toContain("granted");
  expect(texts["preferences.csv"]).toContain("Monday,10:00,18:00,prerecorded");
  for (const hidden of [stranger, "Rude man", "They shouted", "ticked"])
    expect(JSON.stringify(texts)).not.toContain(hidden);
  await expect(copyOwnData(office, { locale: "en" })).rejects.toMatchObject({ code: "forbidden" });
});

it("audits the download", async () => {
  const { person, phoneId } = await scene();
  await downloadOwnRecord(person);
  const where = { organizationId: person.organizationId, action: "own-record.read" };
  expect(await db.prisma.auditEntry.findMany({ where })).toMatchObject([
    { phoneId, actor: { type: "person", id: phoneId }, details: { isDownload: true } },
  ]);
});

it("is of nobody in another organization, and for no member or visitor", async () => {
  const { person, office, visitor } = await scene();
  const other = { ...person, organizationId: await anOrganization(db) };
  await expect(downloadOwnRecord(other)).rejects.toMatchObject({ code: "not-found" });
  for (const ctx of [office, visitor, as(office, "owner"), await aContext()]) {
    await expect(downloadOwnRecord(ctx)).rejects.toMatchObject({ code: "forbidden" });
  }
});
