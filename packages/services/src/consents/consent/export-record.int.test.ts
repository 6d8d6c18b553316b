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
import { PhoneId } from "@ringfence/core/ids";
import { expect, it } from "vitest";
import { aConsent, aContext, as, db } from "../../../testing/scenes.ts";
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
