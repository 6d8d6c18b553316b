import { query } from "../../platform/verb.ts";
import type { PhoneId } from "@ringfence/core/ids";
import type { Phone } from "@ringfence/core/people/phone";
import { ScrubRow } from "@ringfence/core/calling/screening";
import { appendAudit } from "../../platform/audit/append-audit.ts";
import {
  type FileContext,
  type TransactionContext,
  inTransaction,
} from "../../platform/context.ts";
import { ServiceError } from "../../platform/errors.ts";
import { scrubResultFile } from "../../platform/files/index.ts";
import { type PastRules, findPastRules } from "../../people/jurisdiction/rule-sets.ts";
import { organizationOf } from "../../account/organization/organization-of.ts";
import { findPhone } from "../../people/phone/find-phone.ts";
import { type EditionThen, editionsThen } from "../screening/editions-then.ts";
import { type ResultRow, findRow } from "./find-row.ts";
import type { ScrubRecord, ScrubView } from "./scrub-view.ts";
import { viewScrubs } from "./view-scrubs.ts";

/** A scrub that came to its end, and so is on record. */
export type ScrubDone = ScrubView & { at: Date; attempt: number; record: ScrubRecord };

/** A row of a scrub, as far as it is on record: a scrub puts one record, and its rows stand in its result. */
export type ScrubRowView = {
  scrub: ScrubDone;
  row: number;
  /** Null where the result, or the row in it, was erased. */
  kept: ResultRow | null;
  /** Null where the number is not on record. */
  phoneId: PhoneId | null;
  editions: readonly EditionThen[];
  rules: PastRules;
};

/** One row of a scrub's result. Who looks is on record, in the trail of the phone where it has one. */
export const readScrubRow = query({
  name: "readScrubRow",
  action: "scrub.read",
  input: ScrubRow,
  transaction: "by run",
  run: async (ctx: FileContext, asked: ScrubRow): Promise<ScrubRowView> => {
    const { scrub, region } = await inTransaction(ctx, (ctx) => requireScrubRow(ctx, asked));
    const kept = await keptRow(ctx, scrub, asked, region);
    return inTransaction(ctx, async (ctx) => {
      const phoneId = await auditRow(ctx, asked, kept?.phone ?? null);
      const { record, at } = scrub;
      const { rules: hash, editions } = record.checked;
      return {
        scrub,
        row: asked.row,
        kept,
        phoneId,
        editions: await editionsThen(
          ctx,
          editions.map((edition) => ({ ...edition, ageDays: null, limitDays: null })),
        ),
        // Where a row's number is, and so which rules of the set judged it, is not on record.
        rules: await findPastRules(ctx, { hash, at, places: [], zones: [], named: new Set() }),
      };
    });
  },
  audit: "by run",
});

/** A scrub that has the row, of a seller that the actor works for. */
export async function requireScrubRow(ctx: TransactionContext, { scrubId, row }: ScrubRow) {
  const [found] = await viewScrubs(ctx, { id: scrubId });
  const { at = null, attempt = null, record = null, rows = 0 } = found ?? {};
  if (!found || at === null || attempt === null || record === null || row > rows) {
    throw new ServiceError("not-found", { key: "error.screening-not-found" });
  }
  const { homeRegion } = await organizationOf(ctx);
  const scrub: ScrubDone = { ...found, at, attempt, record };
  return { scrub, region: found.settings.region ?? homeRegion };
}

/** Row in the result; null if it was erased. */
export async function keptRow(
  { files, organizationId }: FileContext,
  { id, attempt, settings }: ScrubDone,
  { row }: ScrubRow,
  region: string,
): Promise<ResultRow | null> {
  const name = scrubResultFile(organizationId, id, attempt);
  if (!(await files.has(name))) return null;
  return findRow(() => files.read(name), `${id}.${row}`, settings, region);
}

/** Notes who looked at a row, and finds the phone of its number. */
export async function auditRow(
  ctx: TransactionContext,
  { scrubId, row }: ScrubRow,
  phone: Phone | null,
  more: { again?: true } = {},
): Promise<PhoneId | null> {
  const phoneId = phone === null ? null : ((await findPhone(ctx, phone))?.id ?? null);
  await appendAudit(ctx, "scrub.read", { ...(phoneId && { phoneId }), scrubId, row, ...more });
  return phoneId;
}
