import type { Transaction } from "@ringfence/db";
import { LOG_ID } from "./read-tiles.ts";

export type SignedCheckpoint = {
  size: number;
  /** The note, with the lines of witnesses that have signed it since. */
  note: string;
  signedAt: Date;
  witnesses: string[];
  /** Who has put a time stamp to it (RFC 3161). */
  timestampedBy: string[];
};

/** The latest checkpoint that was signed, or the first that holds an entry; null when there is none. */
export async function readSignedCheckpoint({
  prisma,
}: {
  prisma: Pick<Transaction, "$queryRaw">;
}): Promise<SignedCheckpoint | null> {
  const [found] = await prisma.$queryRaw<SignedCheckpoint[]>`
    SELECT size::float8, signed_at AS "signedAt",
      note || coalesce((
        SELECT string_agg(line, '' ORDER BY witness) FROM ledger.cosignature
        WHERE cosignature.log_id = checkpoint.log_id AND cosignature.size = checkpoint.size
      ), '') AS note,
      ARRAY(
        SELECT witness FROM ledger.cosignature
        WHERE cosignature.log_id = checkpoint.log_id AND cosignature.size = checkpoint.size
        ORDER BY witness
      ) AS witnesses,
      ARRAY(
        SELECT tsa FROM ledger.tsa_token
        WHERE tsa_token.log_id = checkpoint.log_id AND tsa_token.size = checkpoint.size
        ORDER BY tsa
      ) AS "timestampedBy"
    FROM ledger.checkpoint WHERE log_id = ${LOG_ID}
    ORDER BY size DESC LIMIT 1`;
  return found ?? null;
}
