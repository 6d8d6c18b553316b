import type { Db } from "@ringfence/db";
import { LOG_ID } from "./read-tiles.ts";

export type ListedLogKey = { vkey: string; at: Date };

/** Lists the public keys that sign the log, oldest first, with the time of their first use. */
export const listLogKeys = ({ prisma }: Pick<Db, "prisma">): Promise<ListedLogKey[]> =>
  prisma.$queryRaw<ListedLogKey[]>`
    SELECT vkey, at FROM ledger.log_key WHERE log_id = ${LOG_ID} ORDER BY at, vkey`;
