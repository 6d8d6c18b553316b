import { aForm as aPage } from "@ringfence/core/testing/rendered-form";
import { expect, it } from "vitest";
import { aDraftForm, delivery } from "../../../testing/forms.ts";
import { aContext, as } from "../../../testing/scenes.ts";
import type { RootContext } from "../../platform/context.ts";
import { answerFormCheck } from "./answer-form-check.ts";
import { checkCaptureForm } from "./check-capture-form.ts";
import { draftCaptureForm } from "./draft-capture-form.ts";
import { publishCaptureForm } from "./publish-capture-form.ts";
import { readCaptureForm } from "./read-capture-form.ts";

const url = "https://shop.example/contact";
const render = async () => aPage();

/** As the job does it. */
const byJob = (ctx: RootContext): RootContext => ({
  ...ctx,
  actor: { type: "job", name: "form.check" },
});

it("keeps what the page shows, and lets no form collect with what blocks", async () => {
  const ctx = await aContext();
  const { id } = await aDraftForm(ctx, { url, jurisdictions: ["GB"] });
  const keysNow = async () =>
    (await publishCaptureForm(ctx, id, delivery)).faults?.map(({ key }) => key);
  expect(await keysNow()).toEqual(["form.unchecked"]);

  const results = await checkCaptureForm(byJob(ctx), id, render);
  expect(results).toHaveLength(34);
  // The page shows other words than those that were published.
  expect(await keysNow()).toContain("form.check-failed");
  expect((await readCaptureForm(ctx, id)).checks).toEqual(results);
});

it("asks to be checked again once the form is changed", async () => {
  const ctx = await aContext();
  const { id, settings } = await aDraftForm(ctx, { url });
  await checkCaptureForm(byJob(ctx), id, render);
  await draftCaptureForm(ctx, { id, name: "Other", kind: "website_form", settings });
  expect((await readCaptureForm(ctx, id)).checks).toBeNull();
});

it("keeps nothing of a page whose form was changed meanwhile", async () => {
  const ctx = await aContext();
  const { id, settings } = await aDraftForm(ctx, { url });
  const meanwhile = async () => {
    const changed = { ...settings, name: "required" as const };
    await draftCaptureForm(ctx, { id, name: "Other", kind: "website_form", settings: changed });
    return aPage();
  };
  await expect(checkCaptureForm(byJob(ctx), id, meanwhile)).rejects.toMatchObject({
    code: "conflict",
  });
});

it("needs a page, an officer, and no form of another organization", async () => {
  const ctx = await aContext();
  const [{ id }, without] = [await aDraftForm(ctx, { url }), await aDraftForm(ctx)];
  await expect(checkCaptureForm(byJob(ctx), without.id, render)).rejects.toMatchObject({
    path: "/settings/url",
  });
  await expect(checkCaptureForm(as(ctx, "owner"), id, render)).rejects.toMatchObject({
    code: "forbidden",
  });
  await expect(checkCaptureForm(byJob(await aContext()), id, render)).rejects.toMatchObject({
    code: "not-found",
  });
  const answer = { id, check: "age-asked", holds: true, note: "I looked." } as const;
  await expect(answerFormCheck(ctx, answer)).rejects.toMatchObject({ path: "/check" });
});
