import {
  KeptParts,
  type LawChange,
  LawDocument,
  bundledLaw,
  compareLaws,
  hashRuleSet,
  keepFormerParts,
  canonicalJson,
  lawDocument,
  restoreParts,
  serializeRuleSet,
} from "@ringfence/core/people/jurisdiction";
import type { Transaction } from "@ringfence/db";
import { sql } from "kysely";
import { z } from "zod";
import { type Installation, selectRow, selectRows } from "../../platform/internal.ts";
import { INSTALLATION_ID, recordStatement } from "../../proof/ledger/internal.ts";
import { type ReadText, loadLawDocument } from "./load-law.ts";

/*
 * Puts a law in force for the whole installation, in one transaction: the rule set, what each organization keeps of
 * the former law, and the statement on the ledger. What an organization keeps is always computed from what judges
 * its calls at that moment, so that no sequence of updates loses a part that it has not accepted.
 */

/** Origin of a law: a release of the software, or a signed update. */
type LawOrigin =
  | { source: "release" }
  | { source: "update"; keyId: string; fileSha256: string; summary: string };

export type InstalledLaw = { number: number; hash: string; asOf: string };

/**
 * Locks the law of the installation until the transaction ends: nobody else in any organization installs one, proposes
 * or accepts a change, or eases a rule meanwhile.
 */
export const lockLaw = ({ db }: { db: Transaction }) =>
  db.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended('law', 0))`;

/** Creates a reader of stored rule sets in a transaction. */
export const createRuleSetReader =
  ({ db }: { db: Transaction }): ReadText =>
  async (hash) =>
    (await db.ruleSet.findUnique({ where: { hash } }))?.document ?? null;

/** Finds the law that is in force; null before the first. */
export async function findInstalledLaw({ db }: { db: Transaction }): Promise<InstalledLaw | null> {
  const row = await db.installedLaw.findFirst({ orderBy: { number: "desc" } });
  return (
    row && {
      number: row.number,
      hash: row.ruleSet,
      asOf: row.asOf.toISOString().slice(0, 10),
    }
  );
}

/**
 * Installs a law after the one that is in force, and returns its hash and what it changes; nothing for the first law.
 * Call it with the law locked (`lockLaw`). The caller has checked that it may replace that one.
 */
export async function installLaw(
  { db, keys }: { db: Transaction } & Pick<Installation, "keys">,
  law: LawDocument,
  origin: LawOrigin,
): Promise<{ hash: string; changes: LawChange[] }> {
  const text = serializeRuleSet(law);
  const hash = await saveText(db, text);
  const former = await findInstalledLaw({ db });
  const read = createRuleSetReader({ db });
  const before = former && (await loadLawDocument(former.hash, read));
  // A stored law has no examples, and they are no change.
  const after = LawDocument.parse(JSON.parse(text));
  const { number } = await db.installedLaw.create({
    data: {
      ruleSet: hash,
      previous: former?.hash ?? null,
      asOf: new Date(law.as_of),
      ...origin,
    },
  });
  const changes = before === null ? [] : compareLaws(before, after);
  if (before !== null) {
    await keepForOrganizations(db, { before, after, hash });
    await endEasings(db, changes);
  }
  const { now } = await selectRow(
    { db },
    z.object({ now: z.date() }),
    sql`SELECT clock_timestamp() AS now`,
  );
  const { source, ...signed } = { keyId: null, fileSha256: null, ...origin };
  await recordStatement(
    { db, keys },
    {
      organizationId: INSTALLATION_ID,
      kind: "rules.changed",
      subject: `${hash}/${number}`,
      at: now,
      claims: {
        rules: hash,
        previous: former?.hash ?? null,
        asOf: law.as_of,
        source,
        keyId: signed.keyId,
        fileSha256: signed.fileSha256,
      },
    },
  );
  return { hash, changes };
}

/** Saves a rule set by its hash, unless it is stored. */
async function saveText(db: Transaction, text: string): Promise<string> {
  const hash = hashRuleSet(text);
  await db.$executeRaw`
    INSERT INTO rule_set (hash, document) VALUES (${hash}, ${text}) ON CONFLICT DO NOTHING`;
  return hash;
}

const OrganizationRow = z.object({ ids: z.array(z.string()), ruleSet: z.string().nullable() });

/** Keeps, for each organization, the former version of every part whose change is not provably stricter. */
async function keepForOrganizations(
  db: Transaction,
  { before, after, hash }: { before: LawDocument; after: LawDocument; hash: string },
) {
  const groups = await selectRows(
    { db },
    OrganizationRow,
    sql`
    SELECT array_agg(organization.id::text) AS ids, rule_set AS "ruleSet"
    FROM organization LEFT JOIN organization_law ON organization_id = organization.id
    GROUP BY rule_set`,
  );
  for (const { ids, ruleSet } of groups) {
    const held = ruleSet === null ? before : restoreParts(before, await loadKeptParts(db, ruleSet));
    await saveKeptParts(db, ids, keepFormerParts(hash, listLooserChanges(held, after)));
  }
}

/** Lists the changes that an organization has to accept. */
export const listLooserChanges = (held: LawDocument, current: LawDocument): LawChange[] =>
  compareLaws(held, current).filter(({ effect }) => effect === "looser");

/** Loads what an organization keeps, by the hash of its rule set. */
export async function loadKeptParts(db: Transaction, hash: string): Promise<KeptParts> {
  const text = await createRuleSetReader({ db })(hash);
  if (text === null || hashRuleSet(text) !== hash) throw new Error(`no rule set ${hash}`);
  return KeptParts.parse(JSON.parse(text));
}

/**
 * Saves what organizations keep of a former law, in place of what they kept. With no part to keep, they keep nothing.
 */
export async function saveKeptParts(
  db: Transaction,
  organizationIds: readonly string[],
  parts: KeptParts,
): Promise<void> {
  if (Object.keys(parts.kept).length === 0) {
    await db.$executeRaw`
      DELETE FROM organization_law WHERE organization_id = ANY (${organizationIds}::uuid[])`;
    return;
  }
  const hash = await saveText(db, canonicalJson(parts));
  await db.$executeRaw`
    INSERT INTO organization_law (organization_id, rule_set)
    SELECT id, ${hash} FROM unnest(${organizationIds}::uuid[]) AS id
    ON CONFLICT (organization_id) DO UPDATE SET rule_set = excluded.rule_set`;
}

/** Ends officers' decisions to let a rule warn if the rule is new or changed, because they were about another text. */
async function endEasings(db: Transaction, changes: readonly LawChange[]) {
  const ruleIds = changes.flatMap(({ effect, after }) => {
    if (effect === "words" || after === null) return [];
    if (after.kind === "rule") return after.rule.rule_id;
    return after.kind === "place" ? (after.place.rules ?? []).map(({ rule_id }) => rule_id) : [];
  });
  await db.$executeRaw`
    WITH ended AS (
      DELETE FROM rule_override WHERE rule_id = ANY (${ruleIds}) RETURNING *
    )
    INSERT INTO past_rule_override
      (organization_id, id, rule_id, reason, member_id, at, ended_by, ended_at)
    SELECT organization_id, uuid7(), rule_id, reason, member_id, at, NULL, clock_timestamp()
    FROM ended`;
}

/**
 * Puts the law of this version of the program in force if it is not older than the installation's and never was in
 * force here: an older program that is started again changes nothing. Programs call it as they start.
 */
export async function installBundledLaw({
  db: { prisma },
  keys,
}: Pick<Installation, "db" | "keys">): Promise<void> {
  const law = LawDocument.parse(lawDocument);
  await prisma.$transaction(
    async (db) => {
      await lockLaw({ db });
      const current = await findInstalledLaw({ db });
      if (current !== null) {
        const was = await db.installedLaw.count({ where: { ruleSet: bundledLaw.hash } });
        if (was > 0 || law.as_of < current.asOf) return;
      }
      await installLaw({ db, keys }, law, { source: "release" });
    },
    // All programs start at once, and wait here for a connection and for the program that installs the law.
    { maxWait: 60_000, timeout: 60_000 },
  );
}
