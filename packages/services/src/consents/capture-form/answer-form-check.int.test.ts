import { aForm as aPage } from "@ringfence/core/testing/rendered-form";
import { canonicalJson } from "@ringfence/core/people/jurisdiction";
import { expect, it } from "vitest";
import { aDraftForm } from "../../../testing/forms.ts";
import { aContext, as, db } from "../../../testing/scenes.ts";
import { answerFormCheck } from "./answer-form-check.ts";
import { checkCaptureForm } from "./check-capture-form.ts";
import { readCaptureForm } from "./read-capture-form.ts";

async function scene() {
  const ctx = await aContext();
  const settings = { url: "https://shop.example/contact", jurisdictions: ["GB"] };
  const { id } = await aDraftForm(ctx, settings);
  const results = await checkCaptureForm(
    { ...ctx, actor: { type: "job", name: "form.check" } },
    id,
    async () => aPage(),
  );
  const open = results.find(({ finding }) => finding.result === "cannot-tell");
  if (open === undefined) throw new Error("every check could tell");
  return { ctx, id, answer: { id, check: open.check, holds: true, note: "I looked." } };
}

it("keeps an officer's answer, signed, beside what the check found", async () => {
  const { ctx, id, answer } = await scene();
  await answerFormCheck(ctx, answer);
  expect((await readCaptureForm(ctx, id)).answers).toMatchObject([
    { check: answer.check, holds: true, note: "I looked." },
  ]);

  const where = { organizationId: ctx.organizationId, id };
  const { answers, draft } = await db.prisma.captureForm.findFirstOrThrow({ where });
  const [{ key, signature, ...said }] = answers as [{ key: string; signature: string }];
  expect(key).toBe(ctx.keys.permit.id);
  const signed = canonicalJson(["ringfence/form-answer@v1", id, draft, said]);
  const own = Buffer.from(ctx.keys.permit.sign(Buffer.from(signed))).toString("base64url");
  expect(signature).toBe(own);
});

it("is for owners and officers, and answers nothing of another organization", async () => {
  const { ctx, answer } = await scene();
  await expect(answerFormCheck(as(ctx, "marketer"), answer)).rejects.toMatchObject({
    code: "forbidden",
  });
  await expect(answerFormCheck(await aContext(), answer)).rejects.toMatchObject({
    code: "not-found",
  });
});
