import type { Transaction } from "@ringfence/db";
import canonicalize from "canonicalize";

type ScreeningRow = Awaited<ReturnType<typeof load>>[number];

const load = (db: Transaction, organizationId: string, ids: string[]) =>
  db.screening.findMany({ where: { organizationId, id: { in: ids } } });

/**
 * What is committed to of screenings: of each its canonical JSON (RFC 8785), the same whenever it is
 * made, for their rows never change. Ids, and what was decided by what: no number.
 */
export async function screeningRecords(
  db: Transaction,
  organizationId: string,
  ids: string[],
): Promise<string[]> {
  const rows = new Map((await load(db, organizationId, ids)).map((row) => [row.id, row]));
  return ids.map((id) => {
    const row = rows.get(id);
    const record = row && canonicalize(told(row));
    if (record === undefined) throw new Error("a screening is gone, or cannot be written as JSON");
    return record;
  });
}

const told = (row: ScreeningRow) => ({
  s: "ringfence/screening@v1",
  id: row.id,
  phone_id: row.phoneId,
  seller_id: row.sellerId,
  purpose: row.purpose,
  dialer: row.dialer,
  campaign: row.campaign,
  at: row.at.toISOString(),
  verdict: row.verdict,
  refusals: row.refusals,
  warnings: row.warnings,
  checked: row.checked,
  permit_until: row.permitUntil?.toISOString() ?? null,
  actor: row.actor,
});
