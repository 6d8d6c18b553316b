import type { Db } from "@ringfence/db";
import { LOG_ID } from "./read-tiles.ts";

/**
 * Whose signatures make a checkpoint of this log one to trust (C2SP tlog-policy): each of the log's
 * keys, and of the witnesses more than half.
 */
export async function readPolicy({ prisma }: Pick<Db, "prisma">): Promise<string> {
  const keys = await prisma.$queryRaw<{ vkey: string }[]>`
    SELECT vkey FROM ledger.log_key WHERE log_id = ${LOG_ID} ORDER BY at, vkey`;
  const witnesses = await prisma.$queryRaw<{ vkey: string; name: string; url: string }[]>`
    SELECT vkey, name, url FROM ledger.witness WHERE log_id = ${LOG_ID} ORDER BY name`;
  const names = witnesses.map(({ name }) => name);
  const quorum = Math.floor(names.length / 2) + 1;
  return [
    ...keys.map(({ vkey }) => `log ${vkey}`),
    ...witnesses.map(({ name, vkey, url }) => `witness ${name} ${vkey} ${url}`),
    ...(names.length === 0
      ? ["quorum none"]
      : [`group witnesses ${quorum} ${names.join(" ")}`, "quorum witnesses"]),
    "",
  ].join("\n");
}
