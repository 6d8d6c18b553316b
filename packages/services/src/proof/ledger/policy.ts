import { sql } from "kysely";
import { z } from "zod";
import { selectRows, toTable } from "../../platform/internal.ts";
import type { Db } from "@ringfence/db";
import { LOG_ID } from "./tiles.ts";
import { writeNoteKey } from "@ringfence/core/proof/ledger";
import type { Witness } from "./witness-checkpoint.ts";

/**
 * Returns the log's policy (C2SP tlog-policy), which says whose signatures make a checkpoint trusted: any
 * of the log's keys, and more than half of the witnesses.
 */
export async function readLogPolicy({ prisma }: Pick<Db, "prisma">): Promise<string> {
  const keys = await selectRows(
    { db: prisma },
    z.object({ vkey: z.string() }),
    sql`
    SELECT vkey FROM ledger.log_key WHERE log_id = ${LOG_ID} ORDER BY at, vkey`,
  );
  const witnesses = await selectRows(
    { db: prisma },
    z.object({ vkey: z.string(), name: z.string(), url: z.string() }),
    sql`
    SELECT vkey, name, url FROM ledger.witness WHERE log_id = ${LOG_ID} ORDER BY name`,
  );
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

/** Replaces the witnesses that are asked from now on. The log's policy names them. */
export async function setWitnesses({ prisma }: Pick<Db, "prisma">, witnesses: readonly Witness[]) {
  const rows = witnesses.map(({ key, url }) => ({ vkey: writeNoteKey(key), name: key.name, url }));
  await prisma.$transaction(async (tx) => {
    await tx.$executeRaw`DELETE FROM ledger.witness WHERE log_id = ${LOG_ID}`;
    await tx.$executeRaw`
      INSERT INTO ledger.witness (log_id, vkey, name, url)
      SELECT ${LOG_ID}, vkey, name, url
      FROM ${toTable(rows, { vkey: "text", name: "text", url: "text" })} AS made
      ON CONFLICT DO NOTHING`;
  });
}
