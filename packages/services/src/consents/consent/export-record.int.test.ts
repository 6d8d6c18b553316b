import { randomUUID } from "node:crypto";
import {
  ConsentRecord,
  KantaraReceipt,
  Iso27560Record,
  VconAttachment,
  WithdrawConsent,
  toKantaraReceipt,
  toIso27560Record,
  toVconAttachment,
} from "@ringfence/core/consents/consent";
import { RecordOptOut } from "@ringfence/core/do-not-call/opt-out";
import { ConsentId, PhoneId } from "@ringfence/core/ids";
import { expect, it } from "vitest";
import { aConsent, aContext, as, db } from "../../../testing/scenes.ts";
import { recordOptOut } from "../../do-not-call/opt-out/record.ts";
import { erasePerson } from "../../desk/erasure/erase-person.ts";
import { readConsentRecord } from "./export-record.ts";
import { recordConsent } from "./record.ts";
import { withdrawConsent } from "./withdraw.ts";

const publicUrl = "https://ringfence.example";

async function scene() {
  const ctx = await aContext();
  const input = aConsent({
    contact: { name: "Ada Example", email: "ada@example.com" },
    evidence: { act: "signed", ip: "192.0.2.1", states: ["not_condition_of_purchase"] },
  });
  const { id } = await recordConsent(ctx, input);
  return { ctx, id, input, read: (by = ctx) => readConsentRecord(by, { id, publicUrl }) };
}

it("contains everything that the standards require, as one record", async () => {
  const { read, id, input } = await scene();
  const record = await read();
  expect(ConsentRecord.parse(record)).toEqual(record);
  expect(record).toMatchObject({
    record_id: id,
    subject: { phone_e164: input.phone, name: "Ada Example", email: "ada@example.com" },
    controllers: [{ name: "Acme", role: "seller" }],
    purposes: [{ code: "marketing", text: "Marketing", primary: true }],
    expression: { type: "explicit", method: "signed" },
    notice: { text: "Acme may call me about its offers.", language: "en" },
    statements: { not_condition_of_purchase: true, autodialer_disclosed: false },
    collection: { method: "website_form", ip: "192.0.2.1" },
    jurisdictions: ["US"],
    events: [{ state: "given", prev_hash: null }],
  });
});

it("chains its events by the hashes of their statements", async () => {
  const { ctx, id, read } = await scene();
  await withdrawConsent(ctx, WithdrawConsent.parse({ consent: id }));
  const { events, integrity } = await read();
  expect(events.map(({ state }) => state)).toEqual(["given", "withdrawn"]);
  expect(events[1]?.prev_hash).toBe(events[0]?.hash);
  expect(integrity.chain_head).toBe(events[1]?.hash);
});

it("exports ISO/IEC TS 27560, Kantara's receipt and vCon's attachment, each valid by its schema", async () => {
  const { ctx, id, read } = await scene();
  const given = await read();
  for (const record of [given, await withdrawn()]) {
    expect(Iso27560Record.parse(toIso27560Record(record))).toMatchObject({ record_id: id });
    expect(KantaraReceipt.parse(toKantaraReceipt(record))).toMatchObject({ consentReceiptID: id });
    expect(VconAttachment.parse(toVconAttachment(record)).body.lawful_basis).toBe("consent");
  }

  async function withdrawn() {
    await withdrawConsent(ctx, WithdrawConsent.parse({ consent: id }));
    const record = await read();
    expect(toVconAttachment(record).body.purpose_grants).toMatchObject([{ granted: false }]);
    expect(toIso27560Record(record).events.at(-1)?.event_state).toBe("dpv:ConsentWithdrawn");
    return record;
  }
});

/** Adds an event as whoever can write rows would: without our MAC. */
async function insertEvent(id: string, event: object, insteadOf?: "all") {
  const first = await db.prisma.consentEvent.findFirstOrThrow({ where: { consentId: id } });
  const { id: _, mac: __, evidenceId: ___, ...copied } = { evidenceId: null, ...first };
  const consentId = insteadOf ? randomUUID() : id;
  const at = new Date(first.at.getTime() + 60_000);
  await db.prisma.consentEvent.create({ data: { ...copied, at, consentId, ...event } as never });
  return consentId;
}

it.each([
  ["a request", { type: "requested" }, "requested", "dpv:ConsentRequested"],
  ["a refusal", { type: "refused" }, "refused", "dpv:ConsentRefused"],
  ["a grant with a forged MAC", { type: "granted" }, "unknown", "dpv:ConsentUnknown"],
  [
    "a consent to the processing of data with a forged MAC",
    { type: "granted", purposes: [], channels: [], disclosureId: null },
    "unknown",
    "dpv:ConsentUnknown",
  ],
])("never exports %s as granted", async (_, event, state, iso) => {
  const { ctx, id } = await scene();
  const other = ConsentId.parse(await insertEvent(id, event, "all"));
  const record = await readConsentRecord(ctx, { id: other, publicUrl });
  expect(ConsentRecord.parse(record)).toMatchObject({ state, in_force: false });
  expect(KantaraReceipt.parse(toKantaraReceipt(record))).toMatchObject({ consentState: state });
  const { events } = Iso27560Record.parse(toIso27560Record(record));
  expect(events.at(-1)?.event_state).toBe(iso);
  const { body } = VconAttachment.parse(toVconAttachment(record));
  expect(body.purpose_grants).toMatchObject([{ granted: false }]);
});

it("exports an expired consent as expired, with the end as its last event", async () => {
  const ctx = await aContext();
  const validUntil = new Date("2026-02-05T10:00:00Z");
  const { id } = await recordConsent(ctx, aConsent({ validUntil }));
  const record = await readConsentRecord(ctx, { id, publicUrl });
  expect(record).toMatchObject({ state: "expired", in_force: false });
  expect(toVconAttachment(record).body.purpose_grants).toMatchObject([{ granted: false }]);
  expect(Iso27560Record.parse(toIso27560Record(record)).events.at(-1)).toMatchObject({
    event_state: "dpv:ConsentExpired",
    event_time: validUntil.toISOString(),
  });
});

it("exports a consent that an opt-out ended as not in force", async () => {
  const { ctx, input, read } = await scene();
  expect(await read()).toMatchObject({ state: "given", in_force: true });
  await recordOptOut(ctx, RecordOptOut.parse({ phone: input.phone, scope: "all" }));
  const record = await read();
  expect(record).toMatchObject({ state: "given", in_force: false });
  expect(toVconAttachment(record).body.purpose_grants).toMatchObject([{ granted: false }]);
});

it("exports a bought consent with every mandatory field of ISO/IEC TS 27560", async () => {
  const ctx = await aContext();
  const evidence = { act: "ticked", leadSeller: "Leads Inc." };
  const { id } = await recordConsent(ctx, aConsent({ evidence }));
  const record = await readConsentRecord(ctx, { id, publicUrl });
  const { party_identification: parties } = Iso27560Record.parse(toIso27560Record(record));
  expect(parties.at(-1)).toMatchObject({
    party_name: "Leads Inc.",
    party_address: "not on record",
    party_contact: "not on record",
  });
});

it("names nobody after an erasure, and stays complete", async () => {
  const { ctx, id, read } = await scene();
  const event = await db.prisma.consentEvent.findFirstOrThrow({ where: { consentId: id } });
  const person = { phoneId: PhoneId.parse(event.phoneId) };
  await erasePerson(ctx, { person, reason: "asked" });
  const record = await read();
  expect(record.subject).toMatchObject({ phone_e164: null, name: null, email: null });
  expect(Iso27560Record.parse(toIso27560Record(record)).events.at(-1)?.event_state).toBe(
    "dpv:ConsentInvalidated",
  );
});

it("allows readers of proofs, and shows nothing of another organization", async () => {
  const { ctx, read } = await scene();
  await expect(read(as(ctx, "marketer"))).rejects.toMatchObject({ code: "forbidden" });
  await expect(read(await aContext())).rejects.toMatchObject({ code: "not-found" });
});
