import { sql } from "kysely";
import { z } from "zod";
import { OrganizationId, PhoneId } from "@ringfence/core/ids";
import { SuppressionReason } from "@ringfence/core/do-not-call/suppression";
import {
  type Installation,
  type TransactionContext,
  inTransaction,
  isOwnStatement,
  selectRows,
} from "../../platform/internal.ts";
import { recordStatement } from "../ledger/internal.ts";
import { findStatements } from "../statement/internal.ts";
import { SuppressionRow, recordSuppressionStatements } from "./suppression-macs.ts";
import { saveConsentMacs } from "./consent-macs.ts";
import { saveCorrectionMacs } from "./correction-macs.ts";
import { isStatedInFull } from "./compare-statement.ts";
import { readEventRows } from "./audited-events.ts";

const PAGE_SIZE = 500;
const FIRST = "00000000-0000-0000-0000-000000000000";
const TIMEOUT_MS = 60_000;

/**
 * Counts of the events that got their MAC, and of those that did not, because no valid statement matches them in full.
 */
export type AdoptionCounts = { adopted: number; refused: number };

/**
 * Adds MACs to events recorded by earlier versions. Each worker runs it when it starts, so it reads only events
 * without a MAC. A consent or a correction gets one only if a statement signed with our key says the same in full.
 * Suppressions were not stated by earlier versions, so they are stated once as they are now, by one worker. That
 * this was done is stated too, so that no later suppression can be adopted this way; a new organization states it when
 * it is founded.
 */
export async function adoptRecord({
  db,
  keys,
}: Pick<Installation, "db" | "keys">): Promise<AdoptionCounts> {
  const total = { adopted: 0, refused: 0 };
  const organizations = await db.prisma.organization.findMany({ select: { id: true } });
  for (const { id } of organizations) {
    const actor = { type: "job", name: "record.adopt" } as const;
    const ctx = { db, keys, organizationId: OrganizationId.parse(id), actor };
    for (const table of ["consent", "correction"] as const) {
      for (let after = FIRST; ;) {
        const page = await inTransaction(ctx, (ctx) => adoptPage(ctx, table, after), {
          timeoutMs: TIMEOUT_MS,
        });
        total.adopted += page.adopted;
        total.refused += page.refused;
        if (page.last === null) break;
        after = page.last;
      }
    }
    total.adopted += await inTransaction(ctx, adoptSuppressions, { timeoutMs: 60 * TIMEOUT_MS });
  }
  return total;
}

async function adoptPage(
  ctx: TransactionContext,
  table: "consent" | "correction",
  after: string,
): Promise<AdoptionCounts & { last: string | null }> {
  const page = { after, limit: PAGE_SIZE, lacksMac: true };
  const withoutMac = await readEventRows[table](ctx, page);
  const about = withoutMac.map(({ id }) => id);
  const found = Map.groupBy(await findStatements(ctx, { about }), (one) => one.about);
  const stated = withoutMac.filter((event) =>
    isStatedInFull(ctx.keys, event, found.get(event.id) ?? []),
  );
  // The MACs cover the values that were compared. A row that was changed since has no valid MAC.
  const adopted = stated.flatMap(({ id, mac }) => (mac === null ? [] : { id, input: mac.input }));
  await (table === "consent" ? saveConsentMacs(ctx, adopted) : saveCorrectionMacs(ctx, adopted));
  return {
    adopted: adopted.length,
    refused: withoutMac.length - adopted.length,
    last: withoutMac.at(-1)?.id ?? null,
  };
}

async function adoptSuppressions(ctx: TransactionContext): Promise<number> {
  if (await wereAdopted(ctx)) return 0;
  let suppressions = 0;
  for (let after = FIRST; ;) {
    const page = await lockWithoutMac(ctx, after);
    await recordSuppressionStatements(ctx, "suppression.recorded", page);
    suppressions += page.length;
    const last = page.at(-1);
    if (last === undefined) break;
    after = last.id;
  }
  await stateAdoption(ctx, { suppressions });
  return suppressions;
}

/**
 * Locks and reads the next suppressions without a MAC, so that none ends between its reading and its statement, and
 * another worker that starts at the same time finds none.
 */
const lockWithoutMac = ({ db, organizationId }: TransactionContext, after: string) =>
  selectRows(
    { db },
    SuppressionRow.extend({ phoneId: PhoneId, reason: SuppressionReason }),
    sql`
    SELECT id, phone_id AS "phoneId", reason, at, until, recorded_at AS "recordedAt"
    FROM suppression
    WHERE organization_id = ${organizationId}::uuid AND mac IS NULL AND id > ${after}::uuid
    ORDER BY id LIMIT ${PAGE_SIZE} FOR UPDATE`,
  );

/** States that no suppression without a MAC may be adopted from now on. */
export const stateAdoption = (
  ctx: TransactionContext,
  { suppressions }: { suppressions: number },
) =>
  recordStatement(ctx, {
    organizationId: ctx.organizationId,
    kind: "record.adopted",
    subject: ctx.organizationId,
    at: ctx.now,
    claims: { suppressions },
  });

async function wereAdopted({ db, keys, organizationId }: TransactionContext): Promise<boolean> {
  const entries = await selectRows(
    { db },
    z.object({ statement: z.string() }),
    sql`
    SELECT statement FROM ledger.entry
    WHERE organization_id = ${organizationId}::uuid AND kind = 'record.adopted'`,
  );
  return entries.some(({ statement }) => isOwnStatement(keys, statement));
}
