import { sql } from "kysely";
import { z } from "zod";
import {
  type Cipher,
  type TransactionContext,
  createCipher,
  selectRows,
} from "../../platform/internal.ts";
import type { OrganizationId } from "@ringfence/core/ids";

/** A subject of statements, locked until the transaction ends. */
export type Subject = {
  id: string;
  /** Key that seals the subject's disclosures. */
  key: Uint8Array;
  /** Number of statements, and the SHA-256 of the latest. */
  statements: number;
  head: Uint8Array | null;
};

const SubjectRow = z.object({
  id: z.string(),
  statements: z.number(),
  head: z.instanceof(Uint8Array).nullable(),
  wrapped: z.instanceof(Uint8Array).nullable(),
  wrappedBy: z.string().nullable(),
});
type SubjectRow = z.infer<typeof SubjectRow>;

const KEY_BYTES = 32;

/**
 * Locks the subjects of these ids and returns their keys. A subject without a key, or whose key was erased,
 * gets a new one; what the old one sealed is gone for good.
 */
export async function lockSubjects(
  ctx: TransactionContext,
  ids: readonly string[],
): Promise<Map<string, Subject>> {
  const { db, organizationId } = ctx;
  const sortedIds = [...new Set(ids)].toSorted();
  await db.$executeRaw`
    INSERT INTO vault.subject (organization_id, subject_id)
    SELECT ${organizationId}::uuid, id FROM unnest(${sortedIds}::uuid[]) AS id
    ON CONFLICT DO NOTHING`;
  // Always locks in the order of ids, so that two concurrent transactions cannot deadlock.
  const rows = await selectRows(
    { db },
    SubjectRow,
    sql`
    SELECT subject_id AS id, statements, head, wrapped_key AS wrapped, wrapping_key_id AS "wrappedBy"
    FROM vault.subject
    WHERE organization_id = ${organizationId}::uuid AND subject_id = ANY (${sortedIds}::uuid[])
    ORDER BY subject_id FOR UPDATE`,
  );
  const keyless = rows.filter(({ wrapped }) => wrapped === null).map(({ id }) => id);
  const made = await createSubjectKeys(ctx, keyless);
  const subjects = await Promise.all(
    rows.map(async ({ id, statements, head, wrapped, wrappedBy }): Promise<Subject> => {
      const key = made.get(id) ?? (await unwrapKey(ctx, { wrapped, wrappedBy }));
      return { id, statements, head, key };
    }),
  );
  return new Map(subjects.map((subject) => [subject.id, subject]));
}

export async function unwrapKey(
  { keys }: Pick<TransactionContext, "keys">,
  { wrapped, wrappedBy }: Pick<SubjectRow, "wrapped" | "wrappedBy">,
): Promise<Uint8Array> {
  if (wrapped === null || wrappedBy === null) throw new Error("a subject has no key");
  return keys.vault.unwrap(wrapped, wrappedBy);
}

/** New keys for subjects, in place of what they had. */
export async function createSubjectKeys(
  { db, organizationId, keys }: TransactionContext,
  ids: readonly string[],
): Promise<Map<string, Uint8Array>> {
  if (ids.length === 0) return new Map();
  const made = ids.map((id) => ({ id, key: keys.random(KEY_BYTES) }));
  const { vault } = keys; // one and the same: the key may be rotated meanwhile
  const wrapped = await Promise.all(made.map(({ key }) => vault.wrap(key)));
  await db.$executeRaw`
    UPDATE vault.subject SET wrapped_key = made.wrapped, wrapping_key_id = ${vault.id}
    FROM unnest(${ids}::uuid[], ${wrapped}::bytea[]) AS made (id, wrapped)
    WHERE organization_id = ${organizationId}::uuid AND subject_id = made.id`;
  return new Map(made.map(({ id, key }) => [id, key]));
}

/** A disclosure in the vault: of one claim of one entry. */
type Disclosure = { entryId: string; claim: string; encoded: string };

/** Binds a sealed disclosure to its entry and claim, so that rows cannot be swapped. */
const sealContext = (
  organizationId: OrganizationId,
  { entryId, claim }: Pick<Disclosure, "entryId" | "claim">,
) => `${organizationId}/${entryId}/${claim}`;

export const SealedDisclosure = z.object({
  entryId: z.string(),
  claim: z.string(),
  sealed: z.instanceof(Uint8Array),
});
export type SealedDisclosure = z.infer<typeof SealedDisclosure>;

/** Puts disclosures into the vault, each sealed with the key of its subject. */
export async function sealDisclosures(
  { db, organizationId }: TransactionContext,
  disclosures: readonly (Disclosure & { key: Uint8Array })[],
) {
  const seals = new Map<Uint8Array, Cipher>();
  const findSeal = (key: Uint8Array) => {
    const known = seals.get(key) ?? createCipher(key);
    seals.set(key, known);
    return known;
  };
  const sealed = disclosures.map((it) =>
    findSeal(it.key).seal(Buffer.from(it.encoded), sealContext(organizationId, it)),
  );
  await db.$executeRaw`
    INSERT INTO vault.disclosure (organization_id, entry_id, claim, sealed)
    SELECT ${organizationId}::uuid, entry_id, claim, sealed
    FROM unnest(${disclosures.map(({ entryId }) => entryId)}::uuid[],
        ${disclosures.map(({ claim }) => claim)}::text[], ${sealed}::bytea[])
      AS kept (entry_id, claim, sealed)`;
}

/** Opens sealed disclosures with the subject's key. */
export function openDisclosures(
  organizationId: OrganizationId,
  rows: readonly SealedDisclosure[],
  key: Uint8Array,
): Disclosure[] {
  const { open } = createCipher(key);
  return rows.map(({ entryId, claim, sealed }) => ({
    entryId,
    claim,
    encoded: Buffer.from(open(sealed, sealContext(organizationId, { entryId, claim }))).toString(),
  }));
}
