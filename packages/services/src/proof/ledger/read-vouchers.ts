import type { TransactionContext } from "../../platform/context.ts";
import { LOG_ID } from "./read-tiles.ts";

/** Up to which size somebody outside has vouched for the log, and when; null where they never did. */
export type Voucher = { name: string; size: number | null; at: Date | null };

export type Vouchers = {
  /** Those that are asked now. */
  witnesses: Voucher[];
  /** Those that put a time to one of the latest checkpoints. */
  timestamps: Voucher[];
};

/** How many of the latest time stamps are looked at: an authority that is not among them is gone. */
const STAMPS = 100;

/** Who outside vouches for the log, each with the last checkpoint that they signed or stamped. */
export async function readVouchers({ db }: TransactionContext): Promise<Vouchers> {
  const witnesses = await db.$queryRaw<Voucher[]>`
    SELECT name, size::float8, at FROM ledger.witness
    LEFT JOIN LATERAL (
      SELECT size, at FROM ledger.cosignature
      WHERE cosignature.log_id = ${LOG_ID} AND cosignature.witness = name
      ORDER BY size DESC LIMIT 1
    ) AS seen ON true
    WHERE witness.log_id = ${LOG_ID} ORDER BY name`;
  const timestamps = await db.$queryRaw<Voucher[]>`
    SELECT DISTINCT ON (tsa) tsa AS name, size::float8, at FROM (
      SELECT tsa, size, at FROM ledger.tsa_token
      WHERE log_id = ${LOG_ID} ORDER BY size DESC LIMIT ${STAMPS}
    ) AS latest
    ORDER BY tsa, size DESC`;
  return { witnesses, timestamps };
}
