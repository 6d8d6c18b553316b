import type { TransactionContext } from "../../platform/context.ts";

/** Whom statements are about, as the vault knows them: locked until the transaction ends. */
export type Subject = {
  id: string;
  /** With which its disclosures are sealed. */
  key: Uint8Array;
  /** How many statements there are, and the SHA-256 of the latest. */
  statements: number;
  head: Uint8Array | null;
};

type SubjectRow = Omit<Subject, "key"> & { wrapped: Uint8Array | null; wrappedBy: string | null };

const KEY_BYTES = 32;

/**
 * The subjects of these ids, each with its key: one that has none yet, or whose key was erased, gets
 * a new one. What the old one had sealed is gone for good.
 */
export async function holdSubjects(
  ctx: TransactionContext,
  ids: readonly string[],
): Promise<Map<string, Subject>> {
  const { db, organizationId } = ctx;
  const wanted = [...new Set(ids)].toSorted();
  await db.$executeRaw`
    INSERT INTO vault.subject (organization_id, subject_id)
    SELECT ${organizationId}::uuid, id FROM unnest(${wanted}::uuid[]) AS id
    ON CONFLICT DO NOTHING`;
  // In the order of the ids, so that of two at once neither waits for the other in a circle.
  const rows = await db.$queryRaw<SubjectRow[]>`
    SELECT subject_id AS id, statements, head, wrapped_key AS wrapped, wrapping_key_id AS "wrappedBy"
    FROM vault.subject
    WHERE organization_id = ${organizationId}::uuid AND subject_id = ANY (${wanted}::uuid[])
    ORDER BY subject_id FOR UPDATE`;
  const keyless = rows.filter(({ wrapped }) => wrapped === null).map(({ id }) => id);
  const made = await makeKeys(ctx, keyless);
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
export async function makeKeys(
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
