import { expect, it } from "vitest";
import {
  aDisclosure,
  aDraft,
  aDraftForm,
  aForm,
  aboutData,
  delivery,
} from "../../../testing/forms.ts";
import { aContext, as, db } from "../../../testing/scenes.ts";
import { closeCaptureForm, draftCaptureForm, publishCaptureForm } from "./draft-and-publish.ts";
import { readCaptureForm } from "./list.ts";
import { draftDisclosure } from "../disclosure/draft-and-publish.ts";
import { aSubmission } from "../../../testing/submissions.ts";
import { submitEmbeddedForm } from "./submit.ts";

it("changes the draft, but not the published form", async () => {
  const ctx = await aContext();
  const { id, settings } = await aForm(ctx);
  const changed = { ...settings, name: "required" as const };
  await draftCaptureForm(ctx, { id, name: "Write us", kind: "website_form", settings: changed });

  expect(await readCaptureForm(ctx, id)).toMatchObject({
    name: "Write us",
    draft: { name: "required" },
    versions: [{ version: 1, settings: { name: "optional" } }],
  });
});

it("allows owners and officers", async () => {
  const ctx = await aContext();
  const { settings } = await aForm(ctx);
  const input = { name: "Mine", kind: "paper" as const, settings };
  await expect(draftCaptureForm(as(ctx, "marketer"), input)).rejects.toMatchObject({
    code: "forbidden",
  });
});

it("finds no form of another organization", async () => {
  const { id, settings } = await aForm(await aContext());
  const input = { id, name: "Mine", kind: "paper" as const, settings };
  await expect(draftCaptureForm(await aContext(), input)).rejects.toMatchObject({
    code: "not-found",
  });
});

it("publishes a form, version after version", async () => {
  const ctx = await aContext();
  const { id, published } = await aForm(ctx);
  expect(published).toEqual({ version: 1 });
  expect(await publishCaptureForm(ctx, { formId: id, delivery })).toEqual({ version: 2 });

  expect((await readCaptureForm(ctx, id)).versions.map(({ version }) => version)).toEqual([2, 1]);
});

it("requires two documents in Russia", async () => {
  const ctx = await aContext();
  const calls = await aDisclosure(ctx, aDraft({ language: "ru" }));
  const alone = await aForm(ctx, { jurisdictions: ["RU"], disclosures: [calls] });
  expect(alone.published.faults?.map(({ key }) => key)).toEqual(["form.two-documents"]);

  const data = await aDisclosure(ctx, aDraft({ language: "ru" }, aboutData));
  const both = await aForm(ctx, { jurisdictions: ["RU"], disclosures: [calls, data] });
  expect(both.published).toEqual({ version: 1 });
});

it("rejects a text that is a draft, or of another organization", async () => {
  const [ctx, other] = [await aContext(), await aContext()];
  const { id } = await draftDisclosure(ctx, aDraft());
  for (const disclosure of [{ id, version: 1, text: "" }, await aDisclosure(other)]) {
    const { published } = await aForm(ctx, { disclosures: [disclosure] });
    expect(published.faults?.map(({ key }) => key)).toContain("form.disclosure-unpublished");
  }
});

it("never changes a published version", async () => {
  const { id: formId } = await aForm(await aContext());
  const { captureFormVersion } = db.prisma;
  const where = { formId };
  await expect(captureFormVersion.updateMany({ where, data: { version: 7 } })).rejects.toThrow(
    "append-only",
  );
});

it("allows owners and officers, and finds no form of another organization", async () => {
  const ctx = await aContext();
  const { id } = await aForm(ctx);
  await expect(
    publishCaptureForm(as(ctx, "agent"), { formId: id, delivery }),
  ).rejects.toMatchObject({
    code: "forbidden",
  });
  await expect(
    publishCaptureForm(await aContext(), { formId: id, delivery }),
  ).rejects.toMatchObject({
    code: "not-found",
  });
});

it("does not publish a form that confirms by a means that is not set up", async () => {
  const ctx = await aContext();
  const confirmation = { means: "sms", isAsked: true } as const;
  const { id } = await aDraftForm(ctx, { origins: [], confirmation });
  const unset = { sms: false, email: true };
  expect(await publishCaptureForm(ctx, { formId: id, delivery: unset })).toEqual({
    faults: [{ key: "form.sms-unset" }],
  });
  expect((await readCaptureForm(ctx, id)).versions).toEqual([]);
  expect(await publishCaptureForm(ctx, { formId: id, delivery })).toEqual({ version: 1 });
});

it("accepts nothing once closed, even from an open page, until it is published again", async () => {
  const ctx = await aContext();
  const { id, address } = await aForm(ctx);
  const { form, ...sent } = await aSubmission(ctx, address);
  await closeCaptureForm(ctx, id);
  await expect(submitEmbeddedForm(form, sent)).rejects.toMatchObject({ code: "conflict" });

  await publishCaptureForm(ctx, { formId: id, delivery });
  const again = await aSubmission(ctx, address);
  expect(await submitEmbeddedForm(again.form, again)).toMatchObject({ confirmation: null });
});

it("allows owners and officers, and closes no form of another organization", async () => {
  const ctx = await aContext();
  const { id } = await aForm(ctx);
  await expect(closeCaptureForm(as(ctx, "agent"), id)).rejects.toMatchObject({ code: "forbidden" });
  await expect(closeCaptureForm(await aContext(), id)).rejects.toMatchObject({ code: "not-found" });
});
