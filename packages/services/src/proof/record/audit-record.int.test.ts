import { openDb } from "@ringfence/db";
import { aDatabase, aFolder, aSeller, anOrganization } from "@ringfence/db/testing";
import { PhoneId } from "@ringfence/core/ids";
import type { Message } from "@ringfence/core/platform/message";
import { expect, it, onTestFinished } from "vitest";
import { asIntruder } from "../../../testing/ledger.ts";
import { recorded } from "../../../testing/opt-outs.ts";
import { aConsent, as, officer } from "../../../testing/scenes.ts";
import { recordConsent } from "../../consents/consent/record.ts";
import { withdrawConsent } from "../../consents/consent/withdraw.ts";
import type { RootContext } from "../../platform/context.ts";
import { anyCalls } from "@ringfence/core/do-not-call/call-preference";
import { chooseCallPreferences } from "../../desk/own-record/choose-preferences.ts";
import { eraseClaims } from "../../desk/erasure/erase-claims.ts";
import { erasePerson } from "../../desk/erasure/erase-person.ts";
import { keysIn } from "../../../testing/keys.ts";
import { answerCorrection, proposeCorrection } from "../../do-not-call/opt-out/correct.ts";
import { endSuppression } from "../../do-not-call/suppression/end.ts";
import { recordSuppression } from "../../do-not-call/suppression/record.ts";
import { auditRecord } from "./audit-record.ts";

/** Creates an organization in a database of its own, with an event of each kind. */
async function aRecord() {
  const db = openDb(await aDatabase());
  onTestFinished(() => db.close());
  const keys = keysIn(aFolder());
  const ctx: RootContext = { db, keys, organizationId: await anOrganization(db), actor: officer };
  await aSeller(db, ctx.organizationId);
  const [phone, wrong, third] = ["+12025550101", "+12025550102", "+12025550103"] as const;
  const consent = await recordConsent(ctx, aConsent({ phone }));
  const other = await recordConsent(ctx, aConsent({ phone: third, contact: { name: "Bo" } }));
  await withdrawConsent(ctx, { consent: other.id, channel: "api" });
  const refusal = await recorded(ctx, { phone, channel: "agent" });
  const mistaken = await recorded(ctx, { phone: wrong, channel: "agent" });
  const asked = await proposeCorrection(ctx, { optOut: mistaken.id, reason: "Misheard." });
  await answerCorrection(as(ctx, "officer"), { id: asked.id, isAccepted: true });
  const suppression = await recordSuppression(ctx, { phone, reason: "litigator" });
  await endSuppression(ctx, { id: suppression.id, reason: "over" });
  const called = await db.prisma.phone.findFirstOrThrow({ where: { e164: phone } });
  const phoneId = PhoneId.parse(called.id);
  const person = { ...ctx, actor: { type: "person", phoneId, code: "sms" } as const };
  await chooseCallPreferences(person, { ...anyCalls, refusedDialers: ["predictive"] });

  const audit = async () => {
    const faults: Message[] = [];
    const { events } = await auditRecord(ctx, (fault) => faults.push(fault));
    return { events, faults };
  };
  const ids = { consent: consent.id, refusal: refusal.id, suppression: suppression.id };
  return { db, ctx, phone, third, other, audit, ...ids };
}

const readFaultKeys = ({ faults }: { faults: Message[] }) => faults.map(({ key }) => key);

it("finds no fault in a record that our own verbs wrote, even after an erasure", async () => {
  const { ctx, other, third, audit } = await aRecord();
  expect(await audit()).toEqual({ events: 7, faults: [] });

  await eraseClaims(ctx, { consentId: other.id, claims: ["name"], reason: "asked" });
  expect((await audit()).faults).toEqual([]);
  const { id } = await ctx.db.prisma.phone.findFirstOrThrow({ where: { e164: third } });
  const phoneId = PhoneId.parse(id);
  await erasePerson(ctx, { person: { phoneId }, reason: "asked" });
  expect((await audit()).faults).toEqual([]);
});

it.each([
  ["an opt-out that was deleted", "DELETE FROM opt_out WHERE id = '$refusal'", ["gone"]],
  [
    "an opt-out that was deleted together with the row that links its statement to it",
    "DELETE FROM vault.statement WHERE about = '$refusal'; DELETE FROM opt_out WHERE id = '$refusal'",
    ["unnamed", "chain"],
  ],
  [
    "a consent whose end was changed",
    "UPDATE consent_event SET valid_until = '2036-01-01' WHERE consent_id = '$consent'",
    ["differs", "unauthenticated"],
  ],
  [
    "a consent whose purposes were changed",
    "UPDATE consent_event SET purposes = '{marketing,survey}' WHERE consent_id = '$consent'",
    ["differs", "unauthenticated"],
  ],
  [
    "a consent that was moved to another phone",
    "UPDATE consent_event SET phone_id = (SELECT id FROM phone WHERE e164 = '+12025550102') WHERE consent_id = '$consent'",
    ["differs", "unauthenticated"],
  ],
  [
    "an opt-out whose scope was changed",
    "UPDATE opt_out SET scope = 'profiling' WHERE id = '$refusal'",
    ["differs"],
  ],
  [
    "a correction that was moved to another opt-out",
    "UPDATE opt_out_correction_answer SET opt_out_id = '$refusal' WHERE is_accepted",
    ["differs", "unauthenticated"],
  ],
  [
    "a suppression that ends earlier than was stated",
    "UPDATE suppression SET until = '2026-01-01' WHERE id = '$suppression'",
    ["differs", "unauthenticated"],
  ],
  [
    "a suppression that was deleted",
    "DELETE FROM suppression WHERE id = '$suppression'",
    ["gone", "gone"],
  ],
  ["a call preference that was deleted", "DELETE FROM call_preference", ["preference-gone"]],
  [
    "a call preference that was changed",
    "UPDATE call_preference SET refused_dialers = '{}'",
    ["preference-changed"],
  ],
  [
    "a statement that somebody else signed",
    `UPDATE ledger.entry SET statement = regexp_replace(statement, '[^.]+$', repeat('A', 86))
     FROM vault.statement WHERE entry.entry_id = statement.entry_id AND about = '$refusal'`,
    ["unsigned"],
  ],
  [
    "a statement without disclosures that no erasure explains",
    `DELETE FROM vault.disclosure USING vault.statement
     WHERE disclosure.entry_id = statement.entry_id AND about = '$refusal'`,
    ["hidden"],
  ],
  [
    "disclosures that were made unreadable",
    "UPDATE vault.disclosure SET sealed = '\\x00' WHERE claim = 'scope'",
    ["unreadable", "unreadable", "unreadable"],
  ],
])("finds %s", async (_, statement, faults) => {
  const { db, audit, ...ids } = await aRecord();
  const sql = statement.replaceAll(
    /\$(consent|refusal|suppression)/g,
    (_, name: "consent") => ids[name],
  );
  await asIntruder(db, sql);
  expect(readFaultKeys(await audit())).toEqual(faults.map((fault) => `ledger.audit-${fault}`));
});

it("finds a withdrawal that was moved to a number that is erased", async () => {
  const { db, ctx, audit } = await aRecord();
  const wrong = await db.prisma.phone.findFirstOrThrow({ where: { e164: "+12025550102" } });
  await erasePerson(ctx, { person: { phoneId: PhoneId.parse(wrong.id) }, reason: "asked" });
  expect((await audit()).faults).toEqual([]);
  await asIntruder(
    db,
    `UPDATE consent_event SET phone_id = '${wrong.id}' WHERE type = 'withdrawn'`,
  );
  expect((await audit()).faults).toMatchObject([
    { key: "ledger.audit-differs", values: { what: "consent", claims: "phone" } },
  ]);
});

it("finds an event that was not written through our verbs, and names it", async () => {
  const { db, ctx, audit } = await aRecord();
  const id = "01890000-0000-7000-8000-00000000000e";
  await db.pool.query(
    `INSERT INTO consent_event (organization_id, id, consent_id, phone_id, seller_id, type, purposes,
       channels, elements, is_written, is_proven, at, source, recorded_at, actor)
     SELECT organization_id, $2, uuid7(), phone_id, seller_id, type, purposes, channels, elements, true,
       true, now(), source, now(), actor
     FROM consent_event WHERE organization_id = $1 AND type = 'granted' LIMIT 1`,
    [ctx.organizationId, id],
  );
  const values = { what: "consent", id };
  expect((await audit()).faults).toEqual([
    { key: "ledger.audit-unstated", values },
    { key: "ledger.audit-unauthenticated", values },
  ]);
});

it("finds a complete consent that was stated with another key", async () => {
  const { ctx, audit } = await aRecord();
  const intruder = { ...ctx, keys: keysIn(aFolder()) };
  await recordConsent(intruder, aConsent({ phone: "+12025550109" }));
  expect(readFaultKeys(await audit())).toEqual([
    "ledger.audit-unsigned",
    "ledger.audit-unauthenticated",
  ]);
});
