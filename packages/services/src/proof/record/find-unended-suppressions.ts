import type { TransactionContext } from "../../platform/context.ts";
import { findValidSpans, type StoredSuppression } from "./suppression-mac.ts";

type Row = Omit<StoredSuppression, "at" | "until" | "recordedAt"> & {
  at: Date;
  until: Date | null;
  recordedAt: Date;
  mac: Uint8Array | null;
};

/**
 * Finds suppressions that have ended or not begun according to their row, although our code did not write
 * that. They are in force. Nearly always there are none.
 */
export async function findUnendedSuppressions({
  db,
  keys,
  organizationId,
  now,
}: TransactionContext): Promise<string[]> {
  const rows = await db.$queryRaw<Row[]>`
    SELECT id, phone_id AS "phoneId", reason, at, until, recorded_at AS "recordedAt", mac
    FROM suppression
    WHERE organization_id = ${organizationId}::uuid
      AND (until <= ${now}::timestamptz OR at > ${now}::timestamptz)`;
  const stored = rows.map((row) => ({
    ...row,
    at: row.at.getTime(),
    until: row.until?.getTime() ?? null,
    recordedAt: row.recordedAt.getTime(),
  }));
  const counted = findValidSpans(keys, organizationId, stored);
  return stored.flatMap(({ id, at }, index) => (counted[index]?.at === at ? [] : id));
}
