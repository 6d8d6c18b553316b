import {
  ServiceError,
  type TransactionContext,
  command,
  createIds,
  selectRows,
  toStoredActor,
  toTable,
} from "../../platform/internal.ts";
import { readPhone } from "@ringfence/core/people/phone";
import {
  KnownSuppression,
  type NewSuppression,
  RecordSuppression,
  ReportWrongNumber,
  type SuppressionPlan,
  findSuppressionFault,
  planSuppressions,
} from "@ringfence/core/do-not-call/suppression";
import { loadOrganization } from "../../account/organization/internal.ts";
import { findOrAddPhone, lockPhones, queueRejudgement } from "../../people/phone/internal.ts";
import { sql } from "kysely";
import { SuppressionId } from "@ringfence/core/ids";
import { recordSuppressionStatements } from "../../proof/record/internal.ts";

/** Records that a number must not be called. Safe to repeat. */
export const recordSuppression = command({
  name: "recordSuppression",
  action: "suppression.record",
  input: RecordSuppression,
  run: (ctx, input) => saveForWrittenNumber(ctx, input),
  audit: ({ phoneId, id: suppressionId }) => ({ phoneId, suppressionId }),
});

/**
 * Records that somebody else answers at a number. It is not called again until an officer has looked and ended the
 * suppression, whatever consents are on record for it. Safe to repeat.
 */
export const reportWrongNumber = command({
  name: "reportWrongNumber",
  action: "suppression.report-wrong-number",
  input: ReportWrongNumber,
  run: (ctx, input) => saveForWrittenNumber(ctx, { ...input, reason: "wrong_person" }),
  audit: ({ phoneId, id: suppressionId }) => ({ phoneId, suppressionId }),
});

async function saveForWrittenNumber(ctx: TransactionContext, input: RecordSuppression) {
  const { homeRegion } = await loadOrganization(ctx);
  const read = readPhone(input.phone, (input.region ?? homeRegion).toUpperCase());
  if ("fault" in read) throw new ServiceError("invalid", read.fault, "/phone");
  const { phone } = read;
  const ends = findSuppressionFault(input, ctx.now);
  if (ends) throw new ServiceError("invalid", ends, "/until");

  const phoneId = await findOrAddPhone(ctx, phone);
  const { reason, at = null, until = null } = input;
  const [outcome] = await saveSuppressions(ctx, [{ phoneId, reason, at, until }]);
  if (!outcome) throw new Error("a suppression was not put on record");
  return { ...outcome, phoneId, phone };
}

/**
 * Locks the phones and saves suppressions. They never shorten one that is already on record for the phone. Returns what
 * is then on record, in the order of `sent`. The caller writes the audit rows.
 */
export const saveSuppressions = async (
  ctx: TransactionContext,
  sent: readonly Omit<NewSuppression, "newId">[],
): Promise<SuppressionPlan["outcomes"]> => {
  const phoneIds = sent.map(({ phoneId }) => phoneId);
  const { db, organizationId, now } = await lockPhones(ctx, phoneIds);
  const known = await selectRows(
    { db },
    KnownSuppression,
    sql`
    SELECT id, phone_id AS "phoneId", reason, at, until FROM suppression
    WHERE organization_id = ${organizationId}::uuid AND phone_id = ANY (${phoneIds}::uuid[])`,
  );

  const ids = await createIds(ctx, SuppressionId, sent.length);
  const fresh = sent.flatMap((one, index) => (ids[index] ? { ...one, newId: ids[index] } : []));
  const plan = planSuppressions(fresh, known, now);
  await insertSuppressions(ctx, plan.created);
  await extendSuppressions(ctx, plan.updated);
  await recordSuppressionStatements(ctx, "suppression.recorded", [
    ...plan.created,
    ...plan.updated,
  ]);
  await queueRejudgement(
    ctx,
    [...plan.created, ...plan.updated].map(({ phoneId, at }) => ({ phoneId, since: at })),
  );
  return plan.outcomes;
};

async function insertSuppressions(
  { db, organizationId, now, actor }: TransactionContext,
  created: readonly KnownSuppression[],
) {
  if (created.length === 0) return;
  const table = toTable(created, {
    id: "uuid",
    phoneId: "uuid",
    reason: "text",
    at: "timestamptz",
    until: "timestamptz",
  });
  await db.$executeRaw`
    INSERT INTO suppression (organization_id, id, phone_id, reason, at, until, recorded_at, actor)
    SELECT ${organizationId}::uuid, id, phone_id, reason, at, until, ${now},
      ${JSON.stringify(toStoredActor(actor))}::jsonb
    FROM ${table} AS made`;
}

async function extendSuppressions(
  { db, organizationId }: TransactionContext,
  updated: readonly KnownSuppression[],
) {
  if (updated.length === 0) return;
  await db.$executeRaw`
    UPDATE suppression SET until = sent.until
    FROM ${toTable(updated, { id: "uuid", until: "timestamptz" })} AS sent
    WHERE organization_id = ${organizationId}::uuid AND suppression.id = sent.id`;
}
