import type { OrganizationId } from "@ringfence/core/ids";
import type { TransactionContext } from "../../platform/context.ts";
import { type Seal, sealWith } from "../../platform/keys/sealing-keys.ts";

/** A disclosure in the vault: of one claim of one entry. */
export type KeptDisclosure = { entryId: string; claim: string; encoded: string };

/** What is sealed opens for its own claim alone, so that no row can stand in for another. */
const contextOf = (
  organizationId: OrganizationId,
  { entryId, claim }: Pick<KeptDisclosure, "entryId" | "claim">,
) => `${organizationId}/${entryId}/${claim}`;

export type Sealed = { entryId: string; claim: string; sealed: Uint8Array };

/** Puts disclosures into the vault, each sealed with the key of its subject. */
export async function sealDisclosures(
  { db, organizationId }: TransactionContext,
  disclosures: readonly (KeptDisclosure & { key: Uint8Array })[],
) {
  const seals = new Map<Uint8Array, Seal>();
  const sealOf = (key: Uint8Array) => {
    const known = seals.get(key) ?? sealWith(key);
    seals.set(key, known);
    return known;
  };
  const sealed = disclosures.map((it) =>
    sealOf(it.key).seal(Buffer.from(it.encoded), contextOf(organizationId, it)),
  );
  await db.$executeRaw`
    INSERT INTO vault.disclosure (organization_id, entry_id, claim, sealed)
    SELECT ${organizationId}::uuid, entry_id, claim, sealed
    FROM unnest(${disclosures.map(({ entryId }) => entryId)}::uuid[],
        ${disclosures.map(({ claim }) => claim)}::text[], ${sealed}::bytea[])
      AS kept (entry_id, claim, sealed)`;
}

/** What was sealed with a key, as it was. */
export function openDisclosures(
  organizationId: OrganizationId,
  rows: readonly Sealed[],
  key: Uint8Array,
): KeptDisclosure[] {
  const { open } = sealWith(key);
  return rows.map(({ entryId, claim, sealed }) => ({
    entryId,
    claim,
    encoded: Buffer.from(open(sealed, contextOf(organizationId, { entryId, claim }))).toString(),
  }));
}
