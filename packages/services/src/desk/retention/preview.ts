import { RetentionKind } from "@ringfence/core/desk/retention";
import { RetentionPolicyId } from "@ringfence/core/ids";
import { sql } from "kysely";
import { z } from "zod";
import { query, selectRows } from "../../platform/internal.ts";

const DueCount = z.object({
  kind: RetentionKind,
  rows: z.int(),
  oldest: z.date().nullable(),
});
/** Count of the rows of a kind that a sweep would remove now, and the oldest of them. */
export type DueCount = z.infer<typeof DueCount>;

/** The view of each kind that says what is due under a policy. */
export const dueViews: Readonly<Record<RetentionKind, string>> = {
  complaints: "due_complaint",
  calls: "due_call",
  screenings: "due_screening",
  evidence: "due_evidence",
  activities: "due_activity",
  messages: "due_message",
  imports: "due_import",
  scrubs: "due_scrub",
  "sign-ins": "due_sign_in",
  audit: "due_audit",
  contacts: "due_contact",
};

/**
 * Counts what a sweep would remove now under a policy, also one that is only proposed. Rows that go only after others
 * have gone, such as the screening of a call, are counted once those are gone.
 */
export const previewRetention = query({
  name: "previewRetention",
  action: "retention.read",
  // Long, because it counts over all records.
  transaction: { timeoutMs: 120_000 },
  input: z.strictObject({ policyId: RetentionPolicyId }),
  run: async ({ db, organizationId }, { policyId }): Promise<DueCount[]> => {
    await db.$executeRaw`SELECT set_config('work_mem', '128MB', true)`;
    const due: DueCount[] = [];
    for (const kind of RetentionKind.options) {
      due.push(
        ...(await selectRows(
          { db },
          DueCount,
          sql`
          SELECT ${kind} AS kind, count(*)::int AS rows, min(at) AS oldest FROM ${sql.table(dueViews[kind])}
          WHERE organization_id = ${organizationId}::uuid AND policy_id = ${policyId}::uuid`,
        )),
      );
    }
    return due;
  },
  audit: "none",
});
