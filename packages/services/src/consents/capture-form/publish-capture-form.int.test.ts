import { expect, it } from "vitest";
import {
  aboutData,
  aDisclosure,
  aDraft,
  aDraftForm,
  aForm,
  delivery,
} from "../../../testing/forms.ts";
import { aContext, as, db } from "../../../testing/scenes.ts";
import { draftDisclosure } from "../disclosure/draft-disclosure.ts";
import { publishCaptureForm } from "./publish-capture-form.ts";
import { readCaptureForm } from "./read-capture-form.ts";

it("lets a form collect, version after version", async () => {
  const ctx = await aContext();
  const { id, published } = await aForm(ctx);
  expect(published).toEqual({ version: 1 });
  expect(await publishCaptureForm(ctx, id, delivery)).toEqual({ version: 2 });

  expect((await readCaptureForm(ctx, id)).versions.map(({ version }) => version)).toEqual([2, 1]);
});

it("wants two documents in Russia", async () => {
  const ctx = await aContext();
  const calls = await aDisclosure(ctx, aDraft({ language: "ru" }));
  const alone = await aForm(ctx, { jurisdictions: ["RU"], disclosures: [calls] });
  expect(alone.published.faults?.map(({ key }) => key)).toEqual(["form.two-documents"]);

  const data = await aDisclosure(ctx, aDraft({ language: "ru" }, aboutData));
  const both = await aForm(ctx, { jurisdictions: ["RU"], disclosures: [calls, data] });
  expect(both.published).toEqual({ version: 1 });
});

it("asks by no text that is a draft, or of another organization", async () => {
  const [ctx, other] = [await aContext(), await aContext()];
  const { id } = await draftDisclosure(ctx, aDraft());
  for (const disclosure of [{ id, version: 1, text: "" }, await aDisclosure(other)]) {
    const { published } = await aForm(ctx, { disclosures: [disclosure] });
    expect(published.faults?.map(({ key }) => key)).toContain("form.disclosure-unpublished");
  }
});

it("stays as it was published, whoever tries to change it", async () => {
  const { id: formId } = await aForm(await aContext());
  const { captureFormVersion } = db.prisma;
  const where = { formId };
  await expect(captureFormVersion.updateMany({ where, data: { version: 7 } })).rejects.toThrow(
    "append-only",
  );
});

it("is for owners and officers, and for no form of another organization", async () => {
  const ctx = await aContext();
  const { id } = await aForm(ctx);
  await expect(publishCaptureForm(as(ctx, "agent"), id, delivery)).rejects.toMatchObject({
    code: "forbidden",
  });
  await expect(publishCaptureForm(await aContext(), id, delivery)).rejects.toMatchObject({
    code: "not-found",
  });
});

it("publishes no form that asks back by a means that is not set up", async () => {
  const ctx = await aContext();
  const confirmation = { means: "sms", isAsked: true } as const;
  const { id } = await aDraftForm(ctx, { origins: [], confirmation });
  const unset = { sms: false, email: true };
  expect(await publishCaptureForm(ctx, id, unset)).toEqual({
    faults: [{ key: "form.sms-unset" }],
  });
  expect((await readCaptureForm(ctx, id)).versions).toEqual([]);
  expect(await publishCaptureForm(ctx, id, delivery)).toEqual({ version: 1 });
});
