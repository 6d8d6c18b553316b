import { type OwnPolicy, PolicyHash, parsePolicy } from "@ringfence/core/calling/policy";
import { SellerId } from "@ringfence/core/ids";
import type { Db } from "@ringfence/db";
import { z } from "zod";
import { sql } from "kysely";
import { type TransactionContext, selectRow } from "../../platform/internal.ts";
import { readRules } from "./policy.ts";

/*
 * Loads the policies that judge a call. The statement that reads the facts of the call names them by hash, in the same
 * snapshot. A policy never changes, so what is known under its hash is known for good. One that cannot be read is an
 * error, and the call is then refused as one that cannot be checked.
 */

/** A policy in force, as `policies_in_force` of the database returns it. */
export const NamedPolicy = z.object({ sellerId: SellerId.nullable(), hash: PolicyHash });
export type NamedPolicy = z.infer<typeof NamedPolicy>;

/** Reads the text of policies by their hashes. */
export type ReadPolicyTexts = (
  hashes: readonly string[],
) => Promise<readonly { hash: string; document: string }[]>;

/** Cached rules by hash, the latest used last. */
const cachedRules = new Map<string, OwnPolicy["rules"]>();
const MAX_CACHED = 1_000;

/** Loads the rules of policies, in the order of `named`. Throws if one cannot be read. */
export async function loadPolicies(
  named: readonly NamedPolicy[],
  read: ReadPolicyTexts,
): Promise<OwnPolicy[]> {
  if (named.length === 0) return [];
  const missing = named.flatMap(({ hash }) => (cachedRules.has(hash) ? [] : hash));
  const texts = missing.length === 0 ? [] : await read(missing);
  const loaded = new Map(texts.map(({ hash, document }) => [hash, parsePolicy(hash, document)]));
  return named.map(({ sellerId, hash }) => {
    const rules = cachedRules.get(hash) ?? loaded.get(hash);
    if (rules === undefined) throw new Error(`the policy ${hash} that is in force cannot be read`);
    cachedRules.delete(hash);
    cachedRules.set(hash, rules);
    for (const oldest of cachedRules.keys()) {
      if (cachedRules.size <= MAX_CACHED) break;
      cachedRules.delete(oldest);
    }
    return { hash, sellerId, rules };
  });
}

/** Loads the policies in force now, of the organization and of each of its sellers. */
export async function loadPoliciesInForce(ctx: TransactionContext): Promise<OwnPolicy[]> {
  const { named } = await selectRow(
    ctx,
    z.object({ named: z.array(NamedPolicy).nullable() }),
    sql`SELECT policies_in_force(${ctx.organizationId}::uuid, ${ctx.now}) AS named`,
  );
  return loadPolicies(named ?? [], (hashes) => loadPolicyTexts(ctx, hashes));
}

/** Loads the texts of the organization's policies by their hashes. */
export async function loadPolicyTexts(
  { db, organizationId }: TransactionContext,
  hashes: readonly string[],
): Promise<readonly { hash: string; document: string }[]> {
  return db.policy.findMany({
    where: { organizationId, hash: { in: [...hashes] } },
    select: { hash: true, document: true },
    distinct: ["hash"],
    orderBy: { hash: "asc" },
  });
}

/**
 * Loads the policies that judged a call of a seller, by their hashes. Those that this version cannot read are left out.
 */
export async function loadPastPolicies(
  { db, organizationId }: TransactionContext,
  { hashes, seller }: { hashes: readonly string[]; seller: SellerId },
): Promise<OwnPolicy[]> {
  if (hashes.length === 0) return [];
  const rows = await db.policy.findMany({
    where: {
      organizationId,
      hash: { in: [...hashes] },
      OR: [{ sellerId: null }, { sellerId: seller }],
    },
    distinct: ["hash", "sellerId"],
  });
  return rows.flatMap((row) => {
    const rules = readRules(row);
    const { hash, sellerId } = row;
    return rules === null ? [] : { hash, sellerId: SellerId.nullable().parse(sellerId), rules };
  });
}

const StoredTexts = z.array(z.object({ hash: z.string(), document: z.string() }));

/** Creates a reader of the policies of organizations. A hash names one text, whoever published it. */
export const readPolicyTexts =
  (db: Pick<Db["pool"], "query">): ReadPolicyTexts =>
  async (hashes) => {
    const { rows } = await db.query(
      "SELECT DISTINCT ON (hash) hash, document FROM policy WHERE hash = ANY ($1)",
      [hashes],
    );
    return StoredTexts.parse(rows);
  };
