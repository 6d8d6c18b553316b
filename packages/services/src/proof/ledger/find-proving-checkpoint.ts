import type { TransactionContext } from "../../platform/context.ts";
import { LOG_ID } from "./read-tiles.ts";

export type ProvingCheckpoint = {
  size: number;
  note: string;
  isWitnessed: boolean;
  timestamps: { tsa: string; token: string }[];
};

type Row = Omit<ProvingCheckpoint, "timestamps"> & {
  timestamps: ProvingCheckpoint["timestamps"] | null;
};

/**
 * Of the checkpoints that hold an entry the one that proves most: the first with a time stamp, else the
 * first with a witness, else the first. The earlier it is, the narrower the time in which it was made.
 */
export async function findProvingCheckpoint(
  { db }: TransactionContext,
  index: number | null,
): Promise<ProvingCheckpoint | null> {
  if (index === null) return null;
  const size = BigInt(index + 1);
  const [found] = await db.$queryRaw<Row[]>`
    SELECT checkpoint.size::float8, cosigned.lines IS NOT NULL AS "isWitnessed",
      note || coalesce(cosigned.lines, '') AS note, stamped.timestamps
    FROM ledger.checkpoint
    CROSS JOIN LATERAL (
      SELECT string_agg(line, '' ORDER BY witness) AS lines FROM ledger.cosignature
      WHERE cosignature.log_id = checkpoint.log_id AND cosignature.size = checkpoint.size
    ) cosigned
    CROSS JOIN LATERAL (
      SELECT json_agg(json_build_object(
        'tsa', tsa, 'token', translate(encode(token, 'base64'), E'\n', '')) ORDER BY tsa) AS timestamps
      FROM ledger.tsa_token
      WHERE tsa_token.log_id = checkpoint.log_id AND tsa_token.size = checkpoint.size
    ) stamped
    WHERE checkpoint.log_id = ${LOG_ID} AND checkpoint.size IN (
      (SELECT min(size) FROM ledger.tsa_token WHERE log_id = ${LOG_ID} AND size >= ${size}),
      (SELECT min(size) FROM ledger.cosignature WHERE log_id = ${LOG_ID} AND size >= ${size}),
      (SELECT min(size) FROM ledger.checkpoint WHERE log_id = ${LOG_ID} AND size >= ${size}))
    ORDER BY stamped.timestamps IS NULL, cosigned.lines IS NULL, checkpoint.size LIMIT 1`;
  return found ? { ...found, timestamps: found.timestamps ?? [] } : null;
}
