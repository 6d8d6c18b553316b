import { sql } from "kysely";
import { z } from "zod";
import type { OrganizationId } from "@ringfence/core/ids";
import {
  type Keys,
  type TransactionContext,
  selectRows,
  toTable,
} from "../../platform/internal.ts";
import { type MacInput, createMacs, hashContent, verifyMacs } from "./event-mac.ts";
import type { AuthenticationContext } from "./consent-macs.ts";
import type { SuppressionReason } from "@ringfence/core/do-not-call/suppression";
import { loadStatementNames, omitUnknownClaims, recordStatements } from "../statement/internal.ts";

/** A recorded suppression. Dates are epoch milliseconds. */
export type StoredSuppression = {
  id: string;
  phoneId: string;
  reason: string;
  at: number;
  until: number | null;
  recordedAt: number;
};

export const toSuppressionMacInput = ({ reason, ...stored }: StoredSuppression): MacInput => ({
  ...stored,
  kind: "suppression",
  contentHash: hashContent([reason]),
});

type Span = Pick<StoredSuppression, "at" | "until">;

/**
 * Finds the period for which each suppression counts. One without a valid MAC of ours counts as started and without
 * an end.
 */
export function findCountedSpans(
  keys: Pick<Keys, "eventKeys">,
  organizationId: OrganizationId,
  suppressions: readonly (StoredSuppression & { mac: Uint8Array | null })[],
): Span[] {
  const verified = verifyMacs(
    keys,
    organizationId,
    suppressions.map(({ mac, ...stored }) => ({ ...toSuppressionMacInput(stored), mac })),
  );
  return suppressions.map(({ at, until }, index) =>
    verified[index] === true ? { at, until } : unboundedSpan,
  );
}

/**
 * Period of a suppression without a valid MAC. It has no start either, because whoever can change the end
 * could also postpone the start.
 */
export const unboundedSpan: Span = { at: 0, until: null };

/** A row of `suppression` with all that its MAC covers. */
export const SuppressionRow = z.object({
  id: z.string(),
  phoneId: z.string(),
  reason: z.string(),
  at: z.date(),
  until: z.date().nullable(),
  recordedAt: z.date(),
});

/** Converts the dates of a row to epoch milliseconds. */
export const toStoredSuppression = (row: z.infer<typeof SuppressionRow>): StoredSuppression => ({
  ...row,
  at: row.at.getTime(),
  until: row.until?.getTime() ?? null,
  recordedAt: row.recordedAt.getTime(),
});

/** Adds or replaces our MAC of suppressions. Call it in the transaction that has stated their start and end. */
export async function authenticateSuppressions(
  { db, keys, organizationId }: AuthenticationContext,
  ids: readonly string[],
) {
  const rows = await selectRows(
    { db },
    SuppressionRow,
    sql`
    SELECT id, phone_id AS "phoneId", reason, at, until, recorded_at AS "recordedAt"
    FROM suppression
    WHERE organization_id = ${organizationId}::uuid AND id = ANY (${ids}::uuid[])`,
  );
  if (rows.length === 0) return;
  const inputs = rows.map((row) => toSuppressionMacInput(toStoredSuppression(row)));
  const macs = createMacs(keys, organizationId, inputs);
  const made = rows.map(({ id }, index) => ({ id, mac: macs[index] }));
  await db.$executeRaw`
    UPDATE suppression SET mac = made.mac
    FROM ${toTable(made, { id: "uuid", mac: "bytea" })} AS made
    WHERE organization_id = ${organizationId}::uuid AND suppression.id = made.id`;
}

const InactiveSuppression = SuppressionRow.extend({
  mac: z.instanceof(Uint8Array).nullable(),
});

/**
 * Finds suppressions that have ended or not begun according to their row, although our code did not write
 * that (their MAC is not valid). They count as in force. There are nearly always none.
 */
export async function findUnendedSuppressions({
  db,
  keys,
  organizationId,
  now,
}: TransactionContext): Promise<string[]> {
  const rows = await selectRows(
    { db },
    InactiveSuppression,
    sql`
    SELECT id, phone_id AS "phoneId", reason, at, until, recorded_at AS "recordedAt", mac
    FROM suppression
    WHERE organization_id = ${organizationId}::uuid
      AND (until <= ${now}::timestamptz OR at > ${now}::timestamptz)`,
  );
  const stored = rows.map((row) => ({ ...toStoredSuppression(row), mac: row.mac }));
  const counted = findCountedSpans(keys, organizationId, stored);
  return stored.flatMap(({ id, at }, index) => (counted[index]?.at === at ? [] : id));
}

type Stated = {
  id: string;
  phoneId: string;
  reason: SuppressionReason;
  at: Date;
  until: Date | null;
};

/**
 * States when suppressions begin and end, and adds their MACs, without which a screening does not accept that
 * one has ended. Each suppression is a subject of its own and names its phone by id, so that nothing in it is
 * personal.
 */
export async function recordSuppressionStatements(
  ctx: TransactionContext,
  kind: "suppression.recorded" | "suppression.ended",
  suppressions: readonly Stated[],
) {
  if (suppressions.length === 0) return;
  const { organization } = await loadStatementNames(ctx, []);
  const statements = suppressions.map(({ id, phoneId, reason, at, until }) => ({
    subjectId: id,
    about: id,
    claims: omitUnknownClaims({
      organization,
      suppression: id,
      subjects: [phoneId],
      reason,
      at: at.toISOString(),
      valid_until: until?.toISOString(),
    }),
  }));
  await recordStatements(ctx, kind, statements);
  await authenticateSuppressions(
    ctx,
    suppressions.map(({ id }) => id),
  );
}
