import { sql } from "kysely";
import { z } from "zod";
import { bundledRuleSetHash } from "@ringfence/core/people/jurisdiction";
import { type Installation, selectRows } from "../../platform/internal.ts";
import { INSTALLATION_ID, recordStatement } from "./append-statement.ts";

/**
 * Records on the ledger which rules judge screenings from now on, unless they are the latest ones recorded. A
 * return to an older version is recorded too. Each screening's own record says which rules judged it.
 */
export async function recordRules(
  { db, keys }: Pick<Installation, "db" | "keys">,
  rules = bundledRuleSetHash,
): Promise<void> {
  await db.prisma.$transaction(async (tx) => {
    // The lock makes workers that start together record the rules once.
    await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended('rules.changed', 0))`;
    const recorded = await selectRows(
      { db: tx },
      z.object({ statement: z.string() }),
      sql`
      SELECT statement FROM ledger.entry
      WHERE organization_id = ${INSTALLATION_ID}::uuid AND kind = 'rules.changed'
      ORDER BY accepted_at DESC, entry_id DESC`,
    );
    if (readRules(recorded[0]?.statement) === rules) return;
    const [clock] = await selectRows(
      { db: tx },
      z.object({ now: z.date() }),
      sql`SELECT clock_timestamp() AS now`,
    );
    if (clock === undefined) throw new Error("the database returned no time");
    await recordStatement(
      { db: tx, keys },
      {
        organizationId: INSTALLATION_ID,
        kind: "rules.changed",
        subject: `${rules}/${recorded.length + 1}`,
        at: clock.now,
        claims: { rules },
      },
    );
  });
}

/** Reads the hash of the rules from a statement of ours. */
function readRules(statement: string | undefined): unknown {
  const [, payload] = statement?.split(".") ?? [];
  return payload === undefined
    ? null
    : Reflect.get(Object(JSON.parse(Buffer.from(payload, "base64url").toString())), "rules");
}
