import { describe, expect, it } from "vitest";
import { aDraftForm, delivery, passChecks } from "../../../testing/forms.ts";
import { aContext, as, db } from "../../../testing/scenes.ts";
import { answerFormCheck, checkCaptureForm, endFormCheck, requestFormCheck } from "./check-page.ts";
import { aForm as aPage } from "@ringfence/core/testing/rendered-form";
import type { RootContext } from "../../platform/context.ts";
import { draftCaptureForm, publishCaptureForm } from "./draft-and-publish.ts";
import { readCaptureForm } from "./list.ts";
import { canonicalJson } from "@ringfence/core/people/jurisdiction";
import { aRun } from "../../../testing/runs.ts";
import { claimRun, readRun } from "../../platform/run/index.ts";

describe("request form check", () => {
  const url = "https://shop.example/contact";

  it("starts a check of the page, or returns the running one", async () => {
    const ctx = await aContext();
    const { id } = await aDraftForm(ctx, { url });
    const first = await requestFormCheck(ctx, id);
    expect(first.isNew).toBe(true);
    expect(await requestFormCheck(ctx, id)).toEqual({ runId: first.runId, isNew: false });
  });

  it("needs a page, an officer, and no form of another organization", async () => {
    const ctx = await aContext();
    const [{ id }, without] = [await aDraftForm(ctx, { url }), await aDraftForm(ctx)];
    await expect(requestFormCheck(ctx, without.id)).rejects.toMatchObject({
      path: "/settings/url",
    });
    await expect(requestFormCheck(as(ctx, "agent"), id)).rejects.toMatchObject({
      code: "forbidden",
    });
    await expect(requestFormCheck(await aContext(), id)).rejects.toMatchObject({
      code: "not-found",
    });
  });
});

describe("check capture form", () => {
  const url = "https://shop.example/contact";

  const render = async () => aPage();

  /** The context in which the job checks pages. */
  const byJob = (ctx: RootContext, renderForm = render) => ({
    ...ctx,
    actor: { type: "job", name: "form.check" } as const,
    renderForm,
  });

  it("saves what the page shows, and blocks publication when a check fails", async () => {
    const ctx = await aContext();
    const { id } = await aDraftForm(ctx, { url, jurisdictions: ["GB"] });
    const keysNow = async () =>
      (await publishCaptureForm(ctx, { formId: id, delivery })).faults?.map(({ key }) => key);
    expect(await keysNow()).toEqual(["form.unchecked"]);

    const results = await checkCaptureForm(byJob(ctx), id);
    expect(results).toHaveLength(34);
    // The page shows other words than those that were published.
    expect(await keysNow()).toContain("form.check-failed");
    expect((await readCaptureForm(ctx, id)).checks).toEqual(results);
  });

  it("needs another check after the form changes", async () => {
    const ctx = await aContext();
    const { id, settings } = await aDraftForm(ctx, { url });
    await checkCaptureForm(byJob(ctx), id);
    await draftCaptureForm(ctx, { id, name: "Other", kind: "website_form", settings });
    expect((await readCaptureForm(ctx, id)).checks).toBeNull();
  });

  it("saves nothing if the form changed during the check", async () => {
    const ctx = await aContext();
    const { id, settings } = await aDraftForm(ctx, { url });
    const meanwhile = async () => {
      const changed = { ...settings, name: "required" as const };
      await draftCaptureForm(ctx, { id, name: "Other", kind: "website_form", settings: changed });
      return aPage();
    };
    await expect(checkCaptureForm(byJob(ctx, meanwhile), id)).rejects.toMatchObject({
      code: "conflict",
    });
  });

  it("needs a page, an officer, and no form of another organization", async () => {
    const ctx = await aContext();
    const [{ id }, without] = [await aDraftForm(ctx, { url }), await aDraftForm(ctx)];
    await expect(checkCaptureForm(byJob(ctx), without.id)).rejects.toMatchObject({
      path: "/settings/url",
    });
    await expect(
      checkCaptureForm({ ...as(ctx, "owner"), renderForm: render }, id),
    ).rejects.toMatchObject({
      code: "forbidden",
    });
    await expect(checkCaptureForm(byJob(await aContext()), id)).rejects.toMatchObject({
      code: "not-found",
    });
    const answer = { formId: id, check: "age-asked", holds: true, note: "I looked." } as const;
    await expect(answerFormCheck(ctx, answer)).rejects.toMatchObject({ path: "/check" });
  });
});

async function scene() {
  const ctx = await aContext();
  const settings = { url: "https://shop.example/contact", jurisdictions: ["GB"] };
  const { id } = await aDraftForm(ctx, settings);
  const results = await checkCaptureForm(
    { ...ctx, actor: { type: "job", name: "form.check" }, renderForm: async () => aPage() },
    id,
  );
  const open = results.find(({ finding }) => finding.result === "cannot-tell");
  if (open === undefined) throw new Error("every check could tell");
  return { ctx, id, answer: { formId: id, check: open.check, holds: true, note: "I looked." } };
}

it("saves an officer's answer, signed, next to the result of the check", async () => {
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

it("allows owners and officers, and answers nothing of another organization", async () => {
  const { ctx, answer } = await scene();
  await expect(answerFormCheck(as(ctx, "marketer"), answer)).rejects.toMatchObject({
    code: "forbidden",
  });
  await expect(answerFormCheck(await aContext(), answer)).rejects.toMatchObject({
    code: "not-found",
  });
});

it("ends no check whose results were discarded by a change", async () => {
  const ctx = await aContext();
  const { id, settings } = await aDraftForm(ctx, { url: "https://shop.example/contact" });
  const { runId } = await requestFormCheck(ctx, id);
  const job = { ...ctx, actor: { type: "job", name: "form.check" } } as const;
  const claimed = await claimRun(job, { runId, worker: "a" });
  if (claimed.outcome !== "claimed") throw new Error(claimed.outcome);
  const ending = { formId: id, claim: claimed.claim, outcome: { checks: 34 }, error: null };

  await passChecks(ctx, id);
  await draftCaptureForm(ctx, { id, name: "Other", kind: "website_form", settings });
  expect(await requestFormCheck(ctx, id)).toEqual({ runId, isNew: false });
  expect(await endFormCheck(job, ending)).toBe(false);
  expect(await readRun(ctx, runId)).toMatchObject({ status: "running" });

  // The form was changed while a browser was still opening its page.
  const error = { key: "form.unchecked" } as const;
  expect(await endFormCheck(job, { ...ending, outcome: {}, error })).toBe(false);

  await passChecks(ctx, id);
  expect(await endFormCheck(job, ending)).toBe(true);
  expect(await readRun(ctx, runId)).toMatchObject({ status: "done", outcome: { checks: 34 } });
});

it("ends no check of another organization", async () => {
  const { id: formId } = await aDraftForm(await aContext());
  const job = await aContext({ type: "job", name: "form.check" });
  const claim = { runId: (await aRun(job)).runId, worker: "a", attempt: 1 };
  await expect(
    endFormCheck(job, { formId, claim, outcome: {}, error: null }),
  ).rejects.toMatchObject({
    code: "not-found",
  });
});
