import { sql } from "kysely";
import { z } from "zod";
import {
  ComplaintDecision,
  ComplaintSource,
  ListComplaints,
  NEAR_DUE_DAYS,
} from "@ringfence/core/desk/complaint";
import { ComplaintId, PhoneId } from "@ringfence/core/ids";
import { DAY_MS } from "@ringfence/core/platform/time";
import {
  type TransactionContext,
  loadMemberNames,
  query,
  selectRows,
} from "../../platform/internal.ts";

const PAGE_SIZE = 50;

const Row = z.object({
  id: ComplaintId,
  phoneId: PhoneId,
  /** Null if it was erased. */
  phone: z.string().nullable(),
  text: z.string(),
  source: ComplaintSource,
  regulator: z.string().nullable(),
  receivedAt: z.date(),
  dueAt: z.date(),
  /** Number of calls that it is about. */
  calls: z.number(),
  assigneeId: z.string().nullable(),
  decision: ComplaintDecision.nullable(),
  decidedAt: z.date().nullable(),
  appealedAt: z.date().nullable(),
});

export type ComplaintView = Omit<z.infer<typeof Row>, "assigneeId"> & {
  isOverdue: boolean;
  /** Name of the member who handles it; null if nobody does. */
  assignee: string | null;
};

/** Lists complaints: open ones, those due first, or decided ones, the latest first. */
export const listComplaints = query({
  name: "listComplaints",
  action: "complaint.read",
  input: ListComplaints,
  run: async (ctx, { after, ...filters }) => {
    const rows = await selectRows(ctx, Row, selectComplaints(ctx, filters, after));
    const shown = rows.slice(0, PAGE_SIZE);
    const names = await loadMemberNames(
      ctx,
      shown.flatMap(({ assigneeId }) => assigneeId ?? []),
    );
    const items: ComplaintView[] = shown.map(({ assigneeId, ...row }) => ({
      ...row,
      isOverdue: row.decidedAt === null && row.dueAt < ctx.now,
      assignee: assigneeId === null ? null : (names.get(assigneeId) ?? null),
    }));
    return { items, next: rows.length > PAGE_SIZE ? (items.at(-1)?.id ?? null) : null };
  },
  audit: ({ items }) => (items.length > 0 ? { complaints: items.length } : null),
});

function selectComplaints(
  { organizationId, actor, now }: TransactionContext,
  { isDecided, source, isUrgent, isMine }: Omit<ListComplaints, "after">,
  after: ComplaintId | undefined,
) {
  const member = isMine && actor.type === "member" ? actor.id : null;
  const near = new Date(now.getTime() + NEAR_DUE_DAYS * DAY_MS);
  // Both lists sort upwards by a number and the id: decided complaints by the negative of their time.
  const place = isDecided
    ? sql`-extract(epoch FROM decided_at), complaint.id`
    : sql`extract(epoch FROM due_at), complaint.id`;
  const placeOfCursor = sql`
    SELECT ${place} FROM complaint
    WHERE organization_id = ${organizationId}::uuid AND id = ${after ?? null}::uuid`;
  return sql`
    SELECT complaint.id, complaint.phone_id, e164 AS phone, text, source, regulator, received_at,
      due_at, assignee_id, decision, decided_at, appealed_at,
      (SELECT count(*)::int FROM complaint_call AS link
        WHERE link.organization_id = complaint.organization_id AND link.complaint_id = complaint.id
          AND link.unlinked_at IS NULL) AS calls
    FROM complaint JOIN phone
      ON phone.organization_id = complaint.organization_id AND phone.id = complaint.phone_id
    WHERE complaint.organization_id = ${organizationId}::uuid
      AND (decided_at IS NOT NULL) = ${isDecided}
      AND (${source ?? null}::text IS NULL OR source = ${source ?? null}::text)
      AND (NOT ${isUrgent} OR due_at < ${near}::timestamptz)
      AND (${member}::uuid IS NULL OR assignee_id = ${member}::uuid)
      AND (${after === undefined} OR (${place}) > (${placeOfCursor}))
    ORDER BY ${place} LIMIT ${PAGE_SIZE + 1}`;
}
