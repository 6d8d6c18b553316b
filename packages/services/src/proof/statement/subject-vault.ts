import { sql } from "kysely";
import { z } from "zod";
import {
  type Cipher,
  type TransactionContext,
  createCipher,
  selectRows,
  toTable,
} from "../../platform/internal.ts";
import type { OrganizationId } from "@ringfence/core/ids";

/**
 * A subject of statements (a phone or another row), locked until the transaction ends. To seal is to encrypt
 * with the subject's key.
 */
export type Subject = {
  id: string;
  /** Key that encrypts the subject's disclosures. */
  key: Uint8Array;
  /** Number of statements. */
  statements: number;
  /** SHA-256 of the latest statement; null if there is none. */
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
 * Locks the subjects with these ids and returns them by id. Creates missing subjects. A subject without a key
 * gets one, also if its key was erased: its disclosures were deleted then.
 */
export async function lockSubjects(
  ctx: TransactionContext,
  ids: readonly string[],
): Promise<Map<string, Subject>> {
  const { db, organizationId } = ctx;
  const sortedIds = [...new Set(ids)].toSorted();
  // First adds, then locks, each in the order of ids, so that two such calls cannot deadlock.
  const added = await addSubjects(ctx, await findMissing(ctx, sortedIds));
  const others = sortedIds.filter((id) => !added.has(id));
  if (others.length === 0) return added;
  const rows = await selectRows(
    { db },
    SubjectRow,
    sql`
    SELECT subject_id AS id, statements, head, wrapped_key AS wrapped, wrapping_key_id AS "wrappedBy"
    FROM vault.subject
    WHERE organization_id = ${organizationId}::uuid AND subject_id = ANY (${others}::uuid[])
    ORDER BY subject_id FOR UPDATE`,
  );
  const keyless = rows.filter(({ wrapped }) => wrapped === null).map(({ id }) => id);
  const createdKeys = await createSubjectKeys(ctx, keyless);
  const subjects = await Promise.all(
    rows.map(async ({ id, statements, head, wrapped, wrappedBy }): Promise<Subject> => {
      const key = createdKeys.get(id) ?? (await unwrapKey(ctx, { wrapped, wrappedBy }));
      return { id, statements, head, key };
    }),
  );
  return new Map([...subjects.map((subject) => [subject.id, subject] as const), ...added]);
}

/** Finds the ids that no subject has, in their order. */
async function findMissing(
  { db, organizationId }: TransactionContext,
  ids: readonly string[],
): Promise<string[]> {
  const rows = await selectRows(
    { db },
    z.object({ id: z.string() }),
    sql`
    SELECT subject_id AS id FROM vault.subject
    WHERE organization_id = ${organizationId}::uuid AND subject_id = ANY (${ids}::uuid[])`,
  );
  const known = new Set(rows.map(({ id }) => id));
  return ids.filter((id) => !known.has(id));
}

/** Adds subjects, each with a new key. Returns those that nobody else has added meanwhile; they are locked. */
async function addSubjects(
  { db, organizationId, keys }: TransactionContext,
  ids: readonly string[],
): Promise<Map<string, Subject>> {
  if (ids.length === 0) return new Map();
  const { vault } = keys;
  const created = await wrapNewKeys(keys, vault, ids);
  const rows = await selectRows(
    { db },
    z.object({ id: z.string() }),
    sql`
    INSERT INTO vault.subject (organization_id, subject_id, wrapped_key, wrapping_key_id)
    SELECT ${organizationId}::uuid, id, wrapped, ${vault.id}
    FROM ${toTable(created, { id: "uuid", wrapped: "bytea" })} AS created ORDER BY index
    ON CONFLICT DO NOTHING RETURNING subject_id AS id`,
  );
  const added = new Set(rows.map(({ id }) => id));
  return new Map(
    created.flatMap(({ id, key }) =>
      added.has(id) ? [[id, { id, key, statements: 0, head: null }] as const] : [],
    ),
  );
}

/** Creates a key for each subject, and encrypts it with the wrapping key. */
const wrapNewKeys = (
  { random }: Pick<TransactionContext["keys"], "random">,
  vault: TransactionContext["keys"]["vault"],
  ids: readonly string[],
) =>
  Promise.all(
    ids.map(async (id) => {
      const key = random(KEY_BYTES);
      return { id, key, wrapped: await vault.wrap(key) };
    }),
  );

/** Decrypts the key of a subject. Throws if it has none, as after an erasure. */
export async function unwrapKey(
  { keys }: Pick<TransactionContext, "keys">,
  { wrapped, wrappedBy }: Pick<SubjectRow, "wrapped" | "wrappedBy">,
): Promise<Uint8Array> {
  if (wrapped === null || wrappedBy === null) throw new Error("a subject has no key");
  return keys.vault.unwrap(wrapped, wrappedBy);
}

/**
 * Replaces the keys of subjects, which must exist and be locked, so that backups of what the old keys sealed cannot be
 * read. Delete their disclosures first and seal again those that stay: `openStatements` throws on a row that the new
 * key does not open.
 */
export async function createSubjectKeys(
  { db, organizationId, keys }: TransactionContext,
  ids: readonly string[],
): Promise<Map<string, Uint8Array>> {
  if (ids.length === 0) return new Map();
  // Read once, so that `wrap` and `vault.id` use the same wrapping key even if it is rotated meanwhile.
  const { vault } = keys;
  const created = await wrapNewKeys(keys, vault, ids);
  await db.$executeRaw`
    UPDATE vault.subject SET wrapped_key = created.wrapped, wrapping_key_id = ${vault.id}
    FROM ${toTable(created, { id: "uuid", wrapped: "bytea" })} AS created
    WHERE organization_id = ${organizationId}::uuid AND subject_id = created.id`;
  return new Map(created.map(({ id, key }) => [id, key]));
}

/** A decrypted disclosure of one claim of one ledger entry. */
type Disclosure = { entryId: string; claim: string; encoded: string };

/** Binds a sealed disclosure to its entry and claim, so that rows cannot be swapped. */
const sealContext = (
  organizationId: OrganizationId,
  { entryId, claim }: Pick<Disclosure, "entryId" | "claim">,
) => `${organizationId}/${entryId}/${claim}`;

/** A disclosure as the vault stores it, encrypted with the key of its subject. */
export const SealedDisclosure = z.object({
  entryId: z.string(),
  claim: z.string(),
  sealed: z.instanceof(Uint8Array),
});
export type SealedDisclosure = z.infer<typeof SealedDisclosure>;

/** Encrypts each disclosure with the key of its subject, as rows of the vault. */
export function sealDisclosures(
  organizationId: OrganizationId,
  disclosures: readonly (Disclosure & { key: Uint8Array })[],
): SealedDisclosure[] {
  const ciphers = new Map<Uint8Array, Cipher>();
  const getCipher = (key: Uint8Array) => {
    const cipher = ciphers.get(key) ?? createCipher(key);
    ciphers.set(key, cipher);
    return cipher;
  };
  return disclosures.map(({ entryId, claim, encoded, key }) => ({
    entryId,
    claim,
    sealed: getCipher(key).seal(
      Buffer.from(encoded),
      sealContext(organizationId, { entryId, claim }),
    ),
  }));
}

/** Encrypts disclosures and stores them in the vault. */
export async function storeDisclosures(
  { db, organizationId }: TransactionContext,
  disclosures: readonly (Disclosure & { key: Uint8Array })[],
) {
  const sealed = sealDisclosures(organizationId, disclosures);
  await db.$executeRaw`
    INSERT INTO vault.disclosure (organization_id, entry_id, claim, sealed)
    SELECT ${organizationId}::uuid, entry_id, claim, sealed
    FROM ${toTable(sealed, { entryId: "uuid", claim: "text", sealed: "bytea" })} AS disclosure`;
}

/** Decrypts disclosures with the subject's key. Throws if one was encrypted with another key, or was changed. */
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
