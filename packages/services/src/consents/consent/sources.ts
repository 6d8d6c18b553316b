import { query } from "../../platform/verb.ts";
import { type ConsentSource, strongElements } from "@ringfence/core/consents/consent";
import type { CaptureFormId } from "@ringfence/core/ids";
import { visibleSellerIds } from "../../platform/access/allow.ts";
import type { TransactionContext } from "../../platform/context.ts";

/** Weeks that a trend shows. */
const WEEKS = 12;
/** All consents are counted, two million in some twelve seconds. */
const TIMEOUT_MS = 60_000;

/** What came by one source; by one of its forms, where it came by one of ours. */
export type SourceCount = {
  source: ConsentSource;
  form: { id: CaptureFormId; name: string } | null;
  consents: number;
  /** Those that lack what makes a consent provable, or were found void. */
  weak: number;
  last: Date;
};

export type WeekCount = { week: Date; sound: number; weak: number };

/** Where consents came from, how many of them are weak, and how both went in the last weeks. */
export const countSources = query({
  name: "countSources",
  action: "consent.read",
  transaction: { timeoutMs: TIMEOUT_MS },
  run: async (ctx) => ({ at: ctx.now, sources: await bySource(ctx), weeks: await byWeek(ctx) }),
  audit: "by run",
});

type Row = Omit<SourceCount, "form"> & { formId: CaptureFormId | null; formName: string | null };

async function bySource({ db, organizationId, actor }: TransactionContext): Promise<SourceCount[]> {
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

/** Weeks begin on Monday, UTC; also those in which nothing came. */
const byWeek = ({ db, organizationId, now, actor }: TransactionContext) =>
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
