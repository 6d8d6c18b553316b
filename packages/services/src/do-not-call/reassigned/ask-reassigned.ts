import { command } from "../../platform/verb.ts";
import type { ReassignedQueryId } from "@ringfence/core/ids";
import { planOf } from "@ringfence/core/people/phone";
import { actorOnRecord } from "../../platform/access/actor-on-record.ts";
import { appendAudit } from "../../platform/audit/append-audit.ts";
import type { TransactionContext } from "../../platform/context.ts";
import { ServiceError } from "../../platform/errors.ts";
import { freshIds } from "../../platform/fresh-ids.ts";

/** The states and territories whose numbers the database knows, and those of no place (toll-free). */
const asked = new Set(["US", "PR", "VI", "GU", "AS", "MP", null]);

/**
 * Writes down about which numbers a database of reassigned numbers is to be asked, and since when: all
 * of the United States of which there is a consent, since the day of the last. Where it was a day earlier
 * at that instant, it is asked since that: it says `yes` too often rather than not.
 */
export const askReassigned = command({
  name: "askReassigned",
  action: "reassigned.ask",
  transaction: { timeoutMs: 120_000 },
  run: async (ctx): Promise<{ id: ReassignedQueryId; numbers: number }> => {
    const { db, organizationId, now, actor } = ctx;
    const questions = (await lastConsents(ctx)).filter(({ phone }) =>
      asked.has(planOf(Number(phone.slice(1))).country),
    );
    if (questions.length === 0) {
      throw new ServiceError("conflict", { key: "error.reassigned-nobody" });
    }
    const [id] = await freshIds<ReassignedQueryId>(ctx, 1);
    if (!id) throw new Error("a query got no id");
    const numbers = questions.length;
    await db.reassignedQuery.create({
      data: { organizationId, id, askedAt: now, numbers, actor: actorOnRecord(actor) },
    });
    await db.$executeRaw`
        INSERT INTO reassigned_question (organization_id, query_id, phone_id, consent_date)
        SELECT ${organizationId}::uuid, ${id}::uuid, phone_id, day
        FROM unnest(${questions.map(({ phoneId }) => phoneId)}::uuid[],
          ${questions.map(({ day }) => day)}::date[]) AS question (phone_id, day)`;
    await appendAudit(ctx, "reassigned.ask", { queryId: id, numbers });
    return { id, numbers };
  },
  audit: "by run",
});

/** By the calendar of UTC-12, where a day is the last to begin. */
const lastConsents = ({ db, organizationId, now }: TransactionContext) =>
  db.$queryRaw<{ phoneId: string; phone: string; day: string }[]>`
    SELECT phone.id AS "phoneId", e164 AS phone,
      to_char(max(at) AT TIME ZONE 'UTC' - interval '12 hours', 'YYYY-MM-DD') AS day
    FROM consent_event JOIN phone ON phone.organization_id = consent_event.organization_id
      AND phone.id = phone_id
    WHERE consent_event.organization_id = ${organizationId}::uuid AND e164 LIKE '+1%'
      AND type IN ('granted', 'renewed') AND at <= ${now}::timestamptz
    GROUP BY phone.id, e164`;
