import { CreateOrganization } from "@ringfence/core/account/organization";
import { openDb } from "@ringfence/db";
import { aDatabase, aFolder, aSeller, anOrganization } from "@ringfence/db/testing";
import { PhoneId } from "@ringfence/core/ids";
import type { Message } from "@ringfence/core/platform/message";
import { expect, it, onTestFinished, vi } from "vitest";
import { findRefusalReasons } from "../../../testing/corrections.ts";
import { asIntruder } from "../../../testing/ledger.ts";
import { anEmail } from "../../../testing/members.ts";
import { aConsent, officer } from "../../../testing/scenes.ts";
import {
  createFoundingContext,
  createOrganization,
} from "../../account/organization/create-organization.ts";
import { recordConsent } from "../../consents/consent/record.ts";
import { type RootContext, inTransaction } from "../../platform/context.ts";
import { erasePerson } from "../../desk/erasure/erase-person.ts";
import { keysIn } from "../../../testing/keys.ts";
import { endSuppression } from "../../do-not-call/suppression/end.ts";
import { recordSuppression } from "../../do-not-call/suppression/record.ts";
import { adoptRecord } from "./adopt-record.ts";
import { auditRecord } from "./audit-record.ts";
import { readEventRows } from "./audited-events.ts";
import { saveConsentMacs } from "./consent-macs.ts";

/** Creates records as an earlier version left them: no MACs, and no statements about suppressions. */
async function aRecordOfOlderVersion(more: { validUntil?: Date } = {}) {
  const db = openDb(await aDatabase());
  onTestFinished(() => db.close());
  const keys = keysIn(aFolder());
  const ctx: RootContext = { db, keys, organizationId: await anOrganization(db), actor: officer };
  await aSeller(db, ctx.organizationId);
  const phone = "+12025550101";
  await recordConsent(ctx, aConsent({ phone, ...more }));
  const { id } = await recordSuppression(ctx, { phone, reason: "litigator" });
  await endSuppression(ctx, { id, reason: "over" });
  await asIntruder(
    db,
    "UPDATE consent_event SET mac = NULL",
    "UPDATE suppression SET mac = NULL",
    `DELETE FROM ledger.pending; DELETE FROM vault.statement USING ledger.entry
     WHERE statement.entry_id = entry.entry_id AND kind LIKE 'suppression.%'`,
  );
  const reasons = async () =>
    (await findRefusalReasons(ctx, phone)).filter((one) => /consent|suppressed/.test(one));
  return { db, ctx, phone, reasons };
}

it("counts consents that were stated before, and no suppression that has ended", async () => {
  const { ctx, reasons } = await aRecordOfOlderVersion();
  expect(await reasons()).toEqual(["suppressed", "consent-missing"]);
  expect(await adoptRecord(ctx)).toEqual({ adopted: 2, refused: 0 });
  expect(await reasons()).toEqual([]);
  expect(await adoptRecord(ctx)).toEqual({ adopted: 0, refused: 0 });
});

it("adopts no consent that differs from its statement, and no suppressions a second time", async () => {
  const { db, ctx, reasons } = await aRecordOfOlderVersion();
  await asIntruder(db, "UPDATE consent_event SET valid_until = '2036-01-01'");
  expect(await adoptRecord(ctx)).toEqual({ adopted: 1, refused: 1 });
  expect(await reasons()).toEqual(["consent-missing"]);

  await recordSuppression(ctx, { phone: "+12025550102", reason: "litigator" });
  await asIntruder(db, "UPDATE suppression SET until = '2026-01-01', mac = NULL");
  expect(await adoptRecord(ctx)).toEqual({ adopted: 0, refused: 1 });
  expect(await reasons()).toEqual(["suppressed", "consent-missing"]);
});

it.each([
  ["whose time of recording was changed", "SET recorded_at = now() + interval '1 day'"],
  ["whose author was changed", `SET actor = '{"type":"form","id":"x"}'`],
  ["whose author has another type", `SET actor = jsonb_set(actor, '{type}', '"key"')`],
  [
    "that was moved to an erased number",
    "SET phone_id = (SELECT id FROM phone WHERE e164 IS NULL)",
  ],
  [
    "whose end was removed together with its disclosure",
    "SET valid_until = NULL",
    "DELETE FROM vault.disclosure WHERE claim = 'valid_until'",
  ],
  [
    "that was moved to another number, with the disclosure of its own removed",
    "SET phone_id = (SELECT id FROM phone WHERE e164 = '+12025550109')",
    "DELETE FROM vault.disclosure WHERE claim = 'phone'",
  ],
])("adopts no consent %s", async (_, change, ...more) => {
  const { db, ctx, reasons } = await aRecordOfOlderVersion({ validUntil: new Date("2036-01-01") });
  for (const phone of ["+12025550108", "+12025550109"]) {
    const obtainedAt = new Date("2026-01-06T10:00:00Z");
    await recordConsent(ctx, aConsent({ phone, obtainedAt }));
  }
  const { id } = await db.prisma.phone.findFirstOrThrow({ where: { e164: "+12025550108" } });
  await erasePerson(ctx, { person: { phoneId: PhoneId.parse(id) }, reason: "asked" });
  await asIntruder(db, `UPDATE consent_event ${change} WHERE mac IS NULL`, ...more);
  // The one that is adopted is the suppression.
  expect(await adoptRecord(ctx)).toEqual({ adopted: 1, refused: 1 });
  expect(await reasons()).toEqual(["consent-missing"]);
});

it("gives no valid MAC to a consent that was changed after it was compared", async () => {
  const { db, ctx, reasons } = await aRecordOfOlderVersion();
  await adoptRecord(ctx);
  const page = { after: "00000000-0000-0000-0000-000000000000", limit: 1 };
  const compared = await inTransaction(ctx, (ctx) => readEventRows.consent(ctx, page));
  await asIntruder(db, "UPDATE consent_event SET valid_until = '2036-01-01', mac = NULL");
  const events = compared.flatMap(({ id, mac }) => (mac ? { id, input: mac.input } : []));
  await inTransaction(ctx, (ctx) => saveConsentMacs(ctx, events));
  expect(await db.prisma.consentEvent.count({ where: { mac: { not: null } } })).toBe(1);
  expect(await reasons()).toEqual(["consent-missing"]);
});

it("states a suppression as it is when it is stated, though it ends meanwhile", async () => {
  const { db, ctx } = await aRecordOfOlderVersion();
  await asIntruder(db, "UPDATE suppression SET until = NULL");
  const client = await db.pool.connect();
  await client.query("BEGIN; UPDATE suppression SET until = '2026-01-02'");
  const adopting = adoptRecord(ctx);
  await vi.waitFor(async () =>
    expect(
      await db.pool.query(
        "SELECT FROM pg_stat_activity WHERE cardinality(pg_blocking_pids(pid)) > 0 AND datname = current_database()",
      ),
    ).toMatchObject({ rowCount: 1 }),
  );
  await client.query("COMMIT");
  client.release();
  await adopting;
  const faults: Message[] = [];
  await auditRecord(ctx, (fault) => faults.push(fault));
  // The statements of the older version are gone, and nothing else is wrong.
  expect(faults.map(({ key }) => key)).toEqual(["ledger.audit-unnamed", "ledger.audit-chain"]);
});

it("adopts no suppression of an organization that was founded after the workers started", async () => {
  const { db, ctx } = await aRecordOfOlderVersion();
  const founding = await createFoundingContext(ctx);
  await createOrganization(
    founding,
    CreateOrganization.parse({
      name: "New",
      homeRegion: "US",
      zone: "UTC",
      locale: "en",
      seller: { name: "Acme" },
      owner: { name: "Ada", email: anEmail() },
    }),
  );
  const owned: RootContext = { ...founding, actor: officer };
  const phone = "+12025550104";
  await recordSuppression(owned, { phone, reason: "litigator" });
  await asIntruder(db, "UPDATE suppression SET until = '2026-01-01', mac = NULL");
  await adoptRecord(ctx);
  expect(await findRefusalReasons(owned, phone)).toContain("suppressed");
});

it("reads no consent that has its MAC", async () => {
  const { ctx } = await aRecordOfOlderVersion();
  await recordConsent(ctx, aConsent({ phone: "+12025550103" }));
  const page = { after: "00000000-0000-0000-0000-000000000000", limit: 10 };
  const count = (lacksMac: boolean) =>
    inTransaction(
      ctx,
      async (ctx) => (await readEventRows.consent(ctx, { ...page, lacksMac })).length,
    );
  expect([await count(false), await count(true)]).toEqual([2, 1]);
  await adoptRecord(ctx);
  expect(await count(true)).toBe(0);
});
