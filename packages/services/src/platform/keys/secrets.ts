import { sql } from "kysely";
import { z } from "zod";
import type { OrganizationId } from "@ringfence/core/ids";
import { selectRow } from "../rows.ts";
import type { TransactionContext } from "../context.ts";
import type { Keys } from "./keys.ts";

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

/** Sealing purpose of secrets that are shared with outside systems. */
const sealedForOutside = (organizationId: OrganizationId) => ({
  organizationId,
  purpose: "outside",
});

type Sealer = Pick<Keys, "sealing">;

/** Encrypts a secret that is shared with an outside system, for `openSecret` of the same organization. */
export const sealSecret = ({ sealing }: Sealer, organizationId: OrganizationId, text: string) =>
  sealing.seal(sealedForOutside(organizationId), text);

/** Opens a secret. Throws if it was not sealed for this organization by this installation. */
export function openSecret(
  { sealing }: Sealer,
  organizationId: OrganizationId,
  sealed: Uint8Array,
): string {
  const opened = sealing.open(sealedForOutside(organizationId), sealed);
  if (opened === null)
    throw new Error("a secret was not sealed by this installation for this organization");
  return opened;
}
