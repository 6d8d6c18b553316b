import type { CheckAnswer, CheckResult } from "@ringfence/core/consents/form-check";
import { canonicalJson } from "@ringfence/core/people/jurisdiction";
import type { CaptureFormId } from "@ringfence/core/ids";
import { actorOnRecord } from "../../platform/access/actor-on-record.ts";
import { allow } from "../../platform/access/allow.ts";
import { appendAudit } from "../../platform/audit/append-audit.ts";
import { inTransaction, type ServiceContext } from "../../platform/context.ts";
import { ServiceError } from "../../platform/errors.ts";
import { checksOf } from "./checks-of.ts";
import { lockForm } from "./lock-form.ts";

/**
 * An officer answers what a check could not tell. The answer is signed with the installation's key,
 * over the form's draft too, so that it cannot be carried to another page.
 */
export async function answerFormCheck(
  ctx: ServiceContext,
  { id, ...answer }: CheckAnswer & { id: CaptureFormId },
) {
  allow(ctx, "capture-form.change");

  return inTransaction(ctx, async (ctx) => {
    const { db, organizationId, keys, now, actor } = ctx;
    const form = await lockForm(ctx, id);
    const { results } = checksOf(form);
    if (!results?.some((result) => isOpen(result, answer))) {
      throw new ServiceError("invalid", { key: "form.no-question" }, "/check");
    }
    const said = { ...answer, at: now.toISOString(), by: actorOnRecord(actor) };
    const signed = canonicalJson(["ringfence/form-answer@v1", id, form.draft, said]);
    const signature = Buffer.from(keys.permit.sign(Buffer.from(signed))).toString("base64url");
    const kept = JSON.stringify([{ ...said, key: keys.permit.id, signature }]);
    await db.$executeRaw`
      UPDATE capture_form SET answers = answers || ${kept}::jsonb
      WHERE organization_id = ${organizationId}::uuid AND id = ${id}::uuid`;
    await appendAudit(ctx, "capture-form.change", { formId: id, check: answer.check });
  });
}

const isOpen = ({ check, finding }: CheckResult, answer: CheckAnswer) =>
  check === answer.check && finding.result === "cannot-tell";
