import { command } from "../../platform/verb.ts";
import { z } from "zod";
import type { CheckAnswer, CheckResult } from "@ringfence/core/consents/form-check";
import { canonicalJson } from "@ringfence/core/people/jurisdiction";
import type { CaptureFormId } from "@ringfence/core/ids";
import { actorOnRecord } from "../../platform/access/actor-on-record.ts";
import { appendAudit } from "../../platform/audit/append-audit.ts";
import { ServiceError } from "../../platform/errors.ts";
import { checksOf } from "./checks-of.ts";
import { lockForm } from "./lock-form.ts";

/**
 * An officer answers what a check could not tell. The answer is signed with the installation's key,
 * over the form's draft too, so that it cannot be carried to another page.
 */
export const answerFormCheck = command({
  name: "answerFormCheck",
  action: "capture-form.change",
  input: z.custom<CheckAnswer & { id: CaptureFormId }>(),
  run: async (ctx, { id, ...answer }) => {
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
  },
  audit: "by run",
});

const isOpen = ({ check, finding }: CheckResult, answer: CheckAnswer) =>
  check === answer.check && finding.result === "cannot-tell";
