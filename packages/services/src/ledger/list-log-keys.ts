import type { Db } from "@ringfence/db";
import { LOG_ID } from "./read-tiles.ts";

export type ListedLogKey = { vkey: string; at: Date };

/** The public keys that sign the log, each with when it was first used, the oldest first. */
export const listLogKeys = ({ prisma }: Pick<Db, "prisma">): Promise<ListedLogKey[]> =>
  prisma.$queryRaw<ListedLogKey[]>`
    SELECT vkey, at FROM ledger.log_key WHERE log_id = ${LOG_ID} ORDER BY at, vkey`;
