import { sql } from "kysely";
import { z } from "zod";
import { type Action, may } from "@ringfence/core/platform/access";
import { type TransactionContext, selectRow } from "../../platform/internal.ts";

/** Steps of the setup checklist, in order. */
const steps = [
  { key: "registry", action: "registry.change" },
  { key: "form", action: "capture-form.change" },
  { key: "import", action: "import.run-record" },
  { key: "api-key", action: "api-key.change" },
  { key: "screening", action: "screening.run" },
] as const satisfies readonly { key: string; action: Action }[];

export type FirstStep = { key: (typeof steps)[number]["key"]; isDone: boolean };

const DoneRow = z.object({
  registry: z.boolean(),
  form: z.boolean(),
  import: z.boolean(),
  "api-key": z.boolean(),
  screening: z.boolean(),
});

/**
 * Lists the steps of the setup checklist that the actor may do, each with whether it is done, judged by what is on
 * record. Returns none once all of them are done, or if the actor may not set up the organization.
 */
export async function loadFirstSteps(ctx: TransactionContext): Promise<readonly FirstStep[]> {
  const { organizationId, actor } = ctx;
  if (!may(actor, "registry.change")) return [];
  const ofOurs = sql`organization_id = ${organizationId}::uuid`;
  const done = await selectRow(
    ctx,
    DoneRow,
    sql`
    SELECT EXISTS (SELECT FROM registry WHERE ${ofOurs} AND disconnected_at IS NULL) AS registry,
      EXISTS (SELECT FROM capture_form_version WHERE ${ofOurs}) AS form,
      EXISTS (
        SELECT FROM run JOIN import ON import.organization_id = run.organization_id AND import.id = subject_id
        WHERE run.${ofOurs} AND job = 'import.run' AND status = 'done' AND NOT is_dry_run
      ) AS import,
      EXISTS (SELECT FROM api_key WHERE ${ofOurs} AND revoked_at IS NULL) AS "api-key",
      EXISTS (SELECT FROM screening WHERE ${ofOurs}) AS screening`,
  );
  const allowed = steps
    .filter(({ action }) => may(actor, action))
    .map(({ key }) => ({ key, isDone: done[key] }));
  return allowed.every(({ isDone }) => isDone) ? [] : allowed;
}
