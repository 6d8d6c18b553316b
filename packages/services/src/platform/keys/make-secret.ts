import { sql } from "kysely";
import { z } from "zod";
import { selectRow } from "../rows.ts";
import type { TransactionContext } from "../context.ts";

/** Creates a secret of 256 bits, from the 366 random bits in three of PostgreSQL's UUIDs. */
export async function generateSecret({ db }: TransactionContext): Promise<Uint8Array> {
  const made = await selectRow(
    { db },
    z.object({ secret: z.instanceof(Uint8Array) }),
    sql`
    SELECT sha256(uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid())
      || uuid_send(gen_random_uuid())) AS secret`,
  );
  return made.secret;
}
