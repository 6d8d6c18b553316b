import { sql } from "kysely";
import { z } from "zod";
import {
  type TransactionContext,
  query,
  selectRows,
  visibleSellerIds,
} from "../../platform/internal.ts";
import { ConsentSource, strongElements } from "@ringfence/core/consents/consent";
import { CaptureFormId } from "@ringfence/core/ids";

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

const WeekCount = z.object({ week: z.date(), sound: z.int(), weak: z.int() });
export type WeekCount = z.infer<typeof WeekCount>;

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

const Row = z.object({
  source: ConsentSource,
  formId: CaptureFormId.nullable(),
  formName: z.string().nullable(),
  consents: z.int(),
  weak: z.int(),
  last: z.date(),
});

async function countBySource({
  db,
  organizationId,
  actor,
}: TransactionContext): Promise<SourceCount[]> {
  const rows = await selectRows(
    { db },
    Row,
    sql`
    SELECT source, form_id AS "formId", capture_form.name AS "formName",
      count(*)::int AS consents, count(*) FILTER (WHERE is_weak)::int AS weak, max(at) AS last
    FROM consent_strength(${organizationId}::uuid, ${strongElements}::text[],
      ${visibleSellerIds(actor)}::uuid[]) AS given
    LEFT JOIN capture_form ON capture_form.organization_id = ${organizationId}::uuid
      AND capture_form.id = form_id
    GROUP BY source, form_id, capture_form.name
    ORDER BY consents DESC, source, "formName"`,
  );
  return rows.map(({ formId, formName, ...row }) => ({
    ...row,
    form: formId && formName !== null ? { id: formId, name: formName } : null,
  }));
}

/** Counts each of the last weeks, even those without consents. Weeks begin on Monday, UTC. */
const countByWeek = ({ db, organizationId, now, actor }: TransactionContext) =>
  selectRows(
    { db },
    WeekCount,
    sql`
    SELECT week, count(given.at) FILTER (WHERE NOT is_weak)::int AS sound,
      count(given.at) FILTER (WHERE is_weak)::int AS weak
    FROM generate_series(
      date_trunc('week', ${now}::timestamptz, 'UTC') - make_interval(weeks => ${WEEKS - 1}::int),
      date_trunc('week', ${now}::timestamptz, 'UTC'), interval '1 week') AS week
    LEFT JOIN consent_strength(${organizationId}::uuid, ${strongElements}::text[],
      ${visibleSellerIds(actor)}::uuid[]) AS given
      ON date_trunc('week', given.at, 'UTC') = week
    GROUP BY week ORDER BY week`,
  );
