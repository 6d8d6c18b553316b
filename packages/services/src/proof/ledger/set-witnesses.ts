import { writeNoteKey } from "@ringfence/core/proof/ledger";
import type { Db } from "@ringfence/db";
import { LOG_ID } from "./read-tiles.ts";
import type { Witness } from "./witness-head.ts";

/** Names the witnesses that are asked from now on, to whoever reads the log's policy. */
export async function setWitnesses({ prisma }: Pick<Db, "prisma">, witnesses: readonly Witness[]) {
  const vkeys = witnesses.map(({ key }) => writeNoteKey(key));
  await prisma.$transaction(async (tx) => {
    await tx.$executeRaw`DELETE FROM ledger.witness WHERE log_id = ${LOG_ID}`;
    await tx.$executeRaw`
      INSERT INTO ledger.witness (log_id, vkey, name, url)
      SELECT ${LOG_ID}, * FROM unnest(${vkeys}::text[], ${witnesses.map(({ key }) => key.name)}::text[],
        ${witnesses.map(({ url }) => url)}::text[])
      ON CONFLICT DO NOTHING`;
  });
}
