import { type TransactionContext, query, visibleSellerIds } from "../../platform/internal.ts";
import { type ConsentSource, strongElements } from "@ringfence/core/consents/consent";
import type { CaptureFormId } from "@ringfence/core/ids";

/** Number of weeks in the trend. */
const WEEKS = 12;
/** Every consent is counted: two million take about twelve seconds. */
const TIMEOUT_MS = 60_000;

/** Consents from one source, or from one of our forms. */
export type SourceCount = {
  source: ConsentSource;
  form: { id: CaptureFormId; name: string } | null;
  consents: number;
  /** Consents that lack an element of proof, or were invalidated. */
  weak: number;
  last: Date;
};

export type WeekCount = { week: Date; sound: number; weak: number };

/** Counts consents by source and by week, and how many of them are weak. */
export const countSources = query({
  name: "countSources",
  action: "consent.read",
  transaction: { timeoutMs: TIMEOUT_MS },
  run: async (ctx) => ({
    at: ctx.now,
    sources: await countBySource(ctx),
    weeks: await countByWeek(ctx),
  }),
  audit: "none",
});

type Row = Omit<SourceCount, "form"> & { formId: CaptureFormId | null; formName: string | null };

async function countBySource({
  db,
  organizationId,
  actor,
}: TransactionContext): Promise<SourceCount[]> {
  const rows = await db.$queryRaw<Row[]>`
    SELECT source, form_id AS "formId", capture_form.name AS "formName",
      count(*)::int AS consents, count(*) FILTER (WHERE is_weak)::int AS weak, max(at) AS last
    FROM consent_strength(${organizationId}::uuid, ${strongElements}::text[],
      ${visibleSellerIds(actor)}::uuid[]) AS given
    LEFT JOIN capture_form ON capture_form.organization_id = ${organizationId}::uuid
      AND capture_form.id = form_id
    GROUP BY source, form_id, capture_form.name
    ORDER BY consents DESC, source, "formName"`;
  return rows.map(({ formId, formName, ...row }) => ({
    ...row,
    form: formId && formName !== null ? { id: formId, name: formName } : null,
  }));
}

/** Counts each of the last weeks, even those without consents. Weeks begin on Monday, UTC. */
const countByWeek = ({ db, organizationId, now, actor }: TransactionContext) =>
  db.$queryRaw<WeekCount[]>`
    SELECT week, count(given.at) FILTER (WHERE NOT is_weak)::int AS sound,
      count(given.at) FILTER (WHERE is_weak)::int AS weak
    FROM generate_series(
      date_trunc('week', ${now}::timestamptz, 'UTC') - make_interval(weeks => ${WEEKS - 1}::int),
      date_trunc('week', ${now}::timestamptz, 'UTC'), interval '1 week') AS week
    LEFT JOIN consent_strength(${organizationId}::uuid, ${strongElements}::text[],
      ${visibleSellerIds(actor)}::uuid[]) AS given
      ON date_trunc('week', given.at, 'UTC') = week
    GROUP BY week ORDER BY week`;
