import {
  type JurisdictionId,
  KeptParts,
  type Law,
  LawDocument,
  type RuleBook,
  bundledLaw,
  hashRuleSet,
  lawDocument,
  readRuleBook,
  restoreParts,
  toRuleBook,
} from "@ringfence/core/people/jurisdiction";
import { OrganizationId } from "@ringfence/core/ids";
import type { Db } from "@ringfence/db";
import { sql } from "kysely";
import { z } from "zod";
import { ServiceError, type TransactionContext, selectRows } from "../../platform/internal.ts";

/*
 * Finds the law that judges an organization's calls. The statement that reads the facts of a call reads the hash of
 * the rule set too, in the same snapshot, so that no process judges by an older law once an update is committed. A
 * rule set never changes, so what is known under its hash is known for good.
 */

/** Cached laws by hash, the latest used last. */
const cachedLaws = new Map<string, Law>();
/** Organizations that have not accepted every change may each have a law of their own. */
const MAX_CACHED = 64;

/** Reads the text of a stored rule set. */
export type ReadText = (hash: string) => Promise<string | null>;

/**
 * Loads the law of a hash, which `current_rule_set` returned; null is the law that comes with the program. Throws if it
 * cannot be read.
 */
export async function loadLawByHash(hash: string | null, read: ReadText): Promise<Law> {
  if (hash === null || hash === bundledLaw.hash) return bundledLaw;
  const law = cachedLaws.get(hash) ?? (await readLaw(hash, read));
  cachedLaws.delete(hash);
  cachedLaws.set(hash, law);
  for (const oldest of cachedLaws.keys()) {
    if (cachedLaws.size <= MAX_CACHED) break;
    cachedLaws.delete(oldest);
  }
  return law;
}

async function readLaw(hash: string, read: ReadText): Promise<Law> {
  const text = await read(hash);
  // A document changed with the database's checks off does not count as the rule set of that hash.
  if (text === null || hashRuleSet(text) !== hash) {
    throw new Error(`the rule set ${hash} that is in force cannot be read`);
  }
  const document: unknown = JSON.parse(text);
  const kept = KeptParts.safeParse(document).data;
  if (kept === undefined) return { hash, book: readRuleBook(document), keptBook: null };
  const base = await loadLawByHash(kept.base, read);
  const restored = restoreParts(await loadLawDocument(kept.base, read), kept);
  return { hash, book: base.book, keptBook: toRuleBook(restored) };
}

/** Loads the document of a law, without examples if it is not the one that comes with the program. */
export async function loadLawDocument(hash: string | null, read: ReadText): Promise<LawDocument> {
  if (hash === null || hash === bundledLaw.hash) return LawDocument.parse(lawDocument);
  const text = await read(hash);
  if (text === null || hashRuleSet(text) !== hash) throw new Error(`no rule set ${hash}`);
  return LawDocument.parse(JSON.parse(text));
}

const StoredText = z.object({ document: z.string() });

/** Creates a reader of stored rule sets. */
export const readRuleSetText =
  (db: Pick<Db["pool"], "query">): ReadText =>
  async (hash) => {
    const { rows } = await db.query("SELECT document FROM rule_set WHERE hash = $1", [hash]);
    return StoredText.optional().parse(rows[0])?.document ?? null;
  };

type Reading = Pick<TransactionContext, "db">;

const NamedRuleSet = z.object({ id: OrganizationId, ruleSet: z.string().nullable() });

/** Loads the law that judges the calls of each of these organizations now. */
export async function loadLaws(
  { db }: Reading,
  organizationIds: readonly OrganizationId[],
): Promise<ReadonlyMap<OrganizationId, Law>> {
  const rows = await selectRows(
    { db },
    NamedRuleSet,
    sql`SELECT id, current_rule_set(id) AS "ruleSet" FROM organization
      WHERE id = ANY (${[...new Set(organizationIds)]}::uuid[])`,
  );
  const laws = new Map<OrganizationId, Law>();
  for (const { id, ruleSet } of rows) {
    const read = async (hash: string) =>
      (await db.ruleSet.findUnique({ where: { hash } }))?.document ?? null;
    laws.set(id, await loadLawByHash(ruleSet, read));
  }
  return laws;
}

/** Loads the law that judges an organization's calls now. */
export async function loadLaw({
  db,
  organizationId,
}: Reading & { organizationId: OrganizationId }): Promise<Law> {
  const law = (await loadLaws({ db }, [organizationId])).get(organizationId);
  if (law === undefined) throw new Error(`no organization ${organizationId}`);
  return law;
}

/** Throws `invalid-field` unless the law knows the place. */
export function assertKnownPlace({ jurisdictions }: RuleBook, jurisdiction: JurisdictionId): void {
  if (jurisdictions.has(jurisdiction)) return;
  const values = { value: jurisdiction };
  throw new ServiceError(
    "invalid-field",
    { key: "jurisdiction.place-unknown", values },
    "/jurisdiction",
  );
}
