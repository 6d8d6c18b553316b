import { openDb } from "@ringfence/db";
import { aDatabase, aFolder, aSeller, anOrganization } from "@ringfence/db/testing";
import { expect, it, onTestFinished } from "vitest";
import { findRefusalReasons } from "../../../testing/corrections.ts";
import { asIntruder } from "../../../testing/ledger.ts";
import { aConsent, officer } from "../../../testing/scenes.ts";
import { recordConsent } from "../../consents/consent/record.ts";
import { type RootContext, inTransaction } from "../../platform/context.ts";
import { keysIn } from "../../../testing/keys.ts";
import { endSuppression } from "../../do-not-call/suppression/end.ts";
import { recordSuppression } from "../../do-not-call/suppression/record.ts";
import { adoptRecord } from "./adopt-record.ts";
import { readEventRows } from "./audited-events.ts";

/** Creates records as an earlier version left them: no MACs, and no statements about suppressions. */
async function aRecordOfOlderVersion() {
  const db = openDb(await aDatabase());
  onTestFinished(() => db.close());
  const keys = keysIn(aFolder());
  const ctx: RootContext = { db, keys, organizationId: await anOrganization(db), actor: officer };
  await aSeller(db, ctx.organizationId);
  const phone = "+12025550101";
  await recordConsent(ctx, aConsent({ phone }));
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
