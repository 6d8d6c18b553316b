import { readContactRow } from "@ringfence/core/people/contact";
import { answerRows, type ManyRows, type RowsAnswer } from "@ringfence/core/platform/rows";
import { allow } from "../../platform/access/allow.ts";
import { appendAudit } from "../../platform/audit/append-audit.ts";
import {
  inTransaction,
  type ServiceContext,
  type TransactionContext,
} from "../../platform/context.ts";
import { organizationOf } from "../../account/organization/organization-of.ts";
import { applyContacts } from "./apply-contacts.ts";

/**
 * Brings contacts up to what rows say of them, each found by its external id or a phone. Safe to
 * repeat. No row can lift a refusal: nothing here touches one, and no phone is ever taken away.
 */
export async function recordContacts(
  ctx: ServiceContext,
  { rows, firstLine = 1 }: ManyRows,
): Promise<RowsAnswer> {
  allow(ctx, "contact.record");

  const record = async (ctx: TransactionContext) => {
    const { homeRegion } = await organizationOf(ctx);
    const read = rows.map((row, index) => readContactRow(firstLine + index, row, homeRegion));
    const unreadable = read.filter((row) => row.status === "rejected");
    const plan = await applyContacts(
      ctx,
      read.filter((row) => row.status === "read"),
    );
    const outcomes = [...unreadable, ...plan.outcomes];
    const answer = answerRows(outcomes.toSorted((a, b) => a.line - b.line));
    await appendAudit(ctx, "contact.record", {
      created: plan.created.length,
      updated: plan.updated.length,
      rejected: answer.rejected,
    });
    return answer;
  };
  return inTransaction(ctx, record, { timeoutMs: 60_000 });
}
