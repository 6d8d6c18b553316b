import { writeNoteKey } from "@ringfence/core/proof/ledger";
import type { Transaction } from "@ringfence/db";
import { LOG_ID } from "./read-tiles.ts";
import type { Signer } from "./signer.ts";

/** How long a key signs beside its successor, so that whoever knows it alone has time to learn. */
const OVERLAP_DAYS = 90;

/**
 * Those of the keys, from the first to the latest, that sign now: the latest, and those before it whose
 * successor is not old yet. One that was not seen before is put on record.
 */
export async function activeSigners(
  db: Transaction,
  signers: readonly Signer[],
): Promise<Signer[]> {
  const vkeys = signers.map(({ key }) => writeNoteKey(key));
  await db.$executeRaw`
    INSERT INTO ledger.log_key (log_id, vkey)
    SELECT ${LOG_ID}, vkey FROM unnest(${vkeys}::text[]) AS vkey ON CONFLICT DO NOTHING`;
  const old = await db.$queryRaw<{ vkey: string }[]>`
    SELECT vkey FROM ledger.log_key
    WHERE log_id = ${LOG_ID} AND at < clock_timestamp() - make_interval(days => ${OVERLAP_DAYS})`;
  const isOld = new Set(old.map(({ vkey }) => vkey));
  return signers.filter((_, index) => {
    const successor = vkeys[index + 1];
    return successor === undefined || !isOld.has(successor);
  });
}
