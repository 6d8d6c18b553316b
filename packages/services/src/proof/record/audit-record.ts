import { sql } from "kysely";
import { OrganizationId } from "@ringfence/core/ids";
import { StatementKind } from "@ringfence/core/proof/ledger";
import { type KeyTaking, type Message, createMessage } from "@ringfence/core/platform/message";
import type { Transaction } from "@ringfence/db";
import { z } from "zod";
import {
  type Installation,
  isOwnStatement,
  selectRow,
  selectRows,
} from "../../platform/internal.ts";
import { findStatements } from "../statement/internal.ts";
import { compareStatement } from "./compare-statement.ts";
import { type RecordedEvent, type EventTable, readEventRows } from "./audited-events.ts";
import { verifyMacs } from "./event-mac.ts";
import { verifyPreferences } from "./preference-macs.ts";

/** Events held in memory at once. */
const PAGE_SIZE = 500;
const FIRST = "00000000-0000-0000-0000-000000000000";
const TIMEOUT_MS = 24 * 3_600_000;

/** Counts of the events that were compared with their statements, and of the faults that were reported. */
export type RecordAudit = { events: number; faults: number };

type Auditing = Pick<Installation, "keys"> & { db: Transaction };
type OrganizationAudit = Auditing & { organizationId: OrganizationId };
type Report = (fault: Message) => void;

/**
 * Compares every event that affects verdicts (consents, opt-outs, corrections, suppressions) with its statement, in
 * both directions. Finds events that no statement signed with our keys supports, events that differ from their
 * statement, events without the MAC that they need, and statements whose event is gone. Call preferences have no
 * statement, so it compares them with the audit trail. Works page by page on one snapshot, and reports each fault as it
 * is found.
 */
export async function auditRecord(
  { db, keys }: Pick<Installation, "db" | "keys">,
  report: Report,
): Promise<RecordAudit> {
  const counted = { events: 0, faults: 0 };
  const reportAndCount = (fault: Message) => {
    counted.faults++;
    report(fault);
  };
  await db.prisma.$transaction(
    async (db) => {
      const organizations = await selectRows(
        { db },
        z.object({ id: OrganizationId }),
        sql`
        SELECT id FROM organization ORDER BY id`,
      );
      for (const { id: organizationId } of organizations) {
        const ctx = { db, keys, organizationId };
        const erased = await loadErasedSubjects(ctx);
        for (const table of tables) {
          counted.events += await auditTable(ctx, table, erased, reportAndCount);
        }
        await auditPreferences(ctx, reportAndCount);
      }
      await reportMissingEvents(db, reportAndCount);
    },
    { isolationLevel: "RepeatableRead", timeout: TIMEOUT_MS },
  );
  return counted;
}

const tables: readonly EventTable[] = ["consent", "opt_out", "correction", "suppression"];

async function auditTable(
  ctx: OrganizationAudit,
  table: EventTable,
  erased: ReadonlySet<string>,
  report: Report,
): Promise<number> {
  let count = 0;
  for (let after = FIRST; ;) {
    const events = await readEventRows[table](ctx, { after, limit: PAGE_SIZE });
    const last = events.at(-1);
    if (last === undefined) return count;
    await auditPage(ctx, events, erased, report);
    count += events.length;
    after = last.id;
  }
}

async function auditPage(
  ctx: OrganizationAudit,
  events: readonly RecordedEvent[],
  erased: ReadonlySet<string>,
  report: Report,
) {
  const about = events.map(({ id }) => id);
  const found = Map.groupBy(await findStatements(ctx, { about }), (one) => one.about);
  const forged = findForged(ctx, events);
  for (const event of events) {
    const values = { what: event.table, id: event.id };
    const stated = event.statementKinds.length > 0;
    const fault = stated
      ? compareStatement(ctx.keys, event, found.get(event.id) ?? [], erased)
      : null;
    if (fault?.fault === "differs") {
      const claims = fault.claims.join(", ");
      report({ key: "ledger.audit-differs", values: { ...values, claims } });
    } else if (fault) report({ key: `ledger.audit-${fault.fault}`, values });
    // An erased event without a MAC is no fault: a consent or correction of an older version gets its MAC only
    // if its statement says the same (adoptRecord), and an erased statement says nothing.
    const isErased = erased.has(event.subjectId);
    if (forged.has(event) && !(isErased && event.mac?.recorded === null))
      report({ key: "ledger.audit-unauthenticated", values });
  }
}

/**
 * Finds the events that need a MAC of ours and have no valid one. Such an event counts only as far as it forbids
 * calls.
 */
function findForged({ keys, organizationId }: OrganizationAudit, events: readonly RecordedEvent[]) {
  const needMac = events.flatMap((event) => (event.mac ? [{ event, ...event.mac }] : []));
  const verified = verifyMacs(
    keys,
    organizationId,
    needMac.map(({ input, recorded }) => ({ ...input, mac: recorded })),
  );
  return new Set(needMac.flatMap(({ event }, index) => (verified[index] ? [] : event)));
}

const Chosen = z.object({ callPreferenceId: z.uuid(), isProven: z.boolean() });

/**
 * Reports call preferences that the audit trail names and that are gone, or that have lost our MAC. Without them an
 * earlier one would count again, which may allow more calls.
 */
async function auditPreferences(
  { db, keys, organizationId }: OrganizationAudit,
  report: Report,
): Promise<void> {
  for (let after = FIRST; ;) {
    const entries = await db.auditEntry.findMany({
      where: { organizationId, action: "own-record.choose", id: { gt: after } },
      orderBy: { id: "asc" },
      take: PAGE_SIZE,
    });
    const last = entries.at(-1);
    if (last === undefined) return;
    // An entry that cannot be read was changed, which the digest of its day shows.
    const choices = entries.flatMap(({ details }) => Chosen.safeParse(details).data ?? []);
    const ids = choices.map(({ callPreferenceId }) => callPreferenceId);
    const rows = await db.callPreference.findMany({ where: { organizationId, id: { in: ids } } });
    const stored = rows.map((row) => ({ ...row, at: row.at.getTime() }));
    const verified = verifyPreferences(keys, organizationId, stored);
    const isAuthentic = new Map(rows.map(({ id }, index) => [id, verified[index] === true]));
    for (const { callPreferenceId: id, isProven } of choices) {
      if (!isAuthentic.has(id)) report({ key: "ledger.audit-preference-gone", values: { id } });
      else if (isProven && isAuthentic.get(id) === false)
        report({ key: "ledger.audit-preference-changed", values: { id } });
    }
    after = last.id;
  }
}

const Subjects = z.array(z.string());

/** Loads the subjects named by acts of erasure that our key signed. */
async function loadErasedSubjects(ctx: OrganizationAudit): Promise<Set<string>> {
  const { db, keys, organizationId } = ctx;
  const acts = await selectRows(
    { db },
    z.object({ about: z.string() }),
    sql`
    SELECT about FROM vault.statement JOIN ledger.entry USING (organization_id, entry_id)
    WHERE organization_id = ${organizationId}::uuid AND kind = 'erasure'`,
  );
  const erased = new Set<string>();
  for (let from = 0; from < acts.length; from += PAGE_SIZE) {
    const about = acts.slice(from, from + PAGE_SIZE).map((act) => act.about);
    for (const { jwt, claims } of await findStatements(ctx, { about })) {
      if (!isOwnStatement(keys, jwt)) continue;
      for (const subject of Subjects.catch([]).parse(claims?.subjects)) erased.add(subject);
    }
  }
  return erased;
}

const GoneEvent = z.object({ kind: z.string(), id: z.string() });
type GoneEvent = z.infer<typeof GoneEvent>;

/**
 * Reports statements whose event is gone. Counts those without a link to an event, without an entry in the
 * ledger, or missing from their subject's count.
 */
async function reportMissingEvents(db: Transaction, report: Report) {
  for (let after = FIRST; ;) {
    const page = await selectRows(
      { db },
      GoneEvent.extend({
        entryId: z.string(),
      }),
      sql`
      SELECT entry_id AS "entryId", kind, about AS id
      FROM vault.statement JOIN ledger.entry USING (organization_id, entry_id)
      WHERE entry_id > ${after}::uuid AND CASE
        WHEN kind LIKE 'consent.%' THEN NOT EXISTS (SELECT FROM consent_event AS event
          WHERE event.organization_id = statement.organization_id AND event.id = about)
        WHEN kind IN ('opt-out.recorded', 'opt-out.lifted') THEN NOT EXISTS (SELECT FROM opt_out
          WHERE opt_out.organization_id = statement.organization_id AND opt_out.id = about)
        WHEN kind = 'opt-out.corrected' THEN NOT EXISTS (
          SELECT FROM opt_out_correction_answer AS answer
          WHERE answer.organization_id = statement.organization_id AND is_accepted
            AND answer.correction_id = about)
        WHEN kind LIKE 'suppression.%' THEN NOT EXISTS (SELECT FROM suppression
          WHERE suppression.organization_id = statement.organization_id AND suppression.id = about)
        ELSE false END
      ORDER BY entry_id LIMIT ${PAGE_SIZE}`,
    );
    for (const { kind, id } of page) {
      report({ key: "ledger.audit-gone", values: { what: toEventTable(kind), id } });
    }
    const last = page.at(-1);
    if (last === undefined) break;
    after = last.entryId;
  }
  const counts = await selectRow(
    { db },
    z.object({ entries: z.number(), rows: z.number(), subjects: z.number() }),
    sql`
    SELECT (SELECT count(*) FROM ledger.entry
        WHERE kind = ANY (${StatementKind.options}::text[]) AND NOT EXISTS (
          SELECT FROM vault.statement
          WHERE statement.organization_id = entry.organization_id
            AND statement.entry_id = entry.entry_id))::float8 AS entries,
      (SELECT count(*) FROM vault.statement WHERE NOT EXISTS (
        SELECT FROM ledger.entry WHERE entry.entry_id = statement.entry_id))::float8 AS rows,
      (SELECT count(*) FROM vault.subject WHERE statements <> (
        SELECT count(*) FROM vault.statement
        WHERE statement.organization_id = subject.organization_id
          AND statement.subject_id = subject.subject_id))::float8 AS subjects`,
  );
  for (const [fault, count] of Object.entries(counts)) {
    if (count > 0) report(createMessage(countFaults[fault] ?? "ledger.audit-unnamed", { count }));
  }
}

const countFaults: Record<string, KeyTaking<{ count: number }>> = {
  entries: "ledger.audit-unnamed",
  rows: "ledger.audit-unlogged",
  subjects: "ledger.audit-chain",
};

function toEventTable(kind: string): EventTable {
  if (kind.startsWith("consent.")) return "consent";
  if (kind === "opt-out.corrected") return "correction";
  return kind.startsWith("opt-out.") ? "opt_out" : "suppression";
}
