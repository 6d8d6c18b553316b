import type { CaptureFormId } from "@ringfence/core/ids";
import type { TransactionContext } from "../../platform/context.ts";
import { ServiceError } from "../../platform/errors.ts";

export type FormRow = {
  name: string;
  kind: string;
  draft: unknown;
  checks: unknown;
  answers: unknown;
};

/** A form, so that nobody else changes it meanwhile. Another organization's looks the same as none. */
export async function lockForm(
  { db, organizationId }: TransactionContext,
  id: CaptureFormId,
): Promise<FormRow> {
  const [row] = await db.$queryRaw<FormRow[]>`
    SELECT name, kind, draft, checks, answers FROM capture_form
    WHERE organization_id = ${organizationId}::uuid AND id = ${id}::uuid FOR UPDATE`;
  if (!row) throw new ServiceError("not-found", { key: "form.not-found" });
  return row;
}
