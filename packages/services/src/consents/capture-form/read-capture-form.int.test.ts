import { expect, it } from "vitest";
import { aForm } from "../../../testing/forms.ts";
import { aContext, as } from "../../../testing/scenes.ts";
import { readCaptureForm } from "./read-capture-form.ts";

it("shows a form with its texts, to who may read it", async () => {
  const ctx = await aContext();
  const { id, address, settings } = await aForm(ctx);
  expect(await readCaptureForm(as(ctx, "auditor"), id)).toMatchObject({
    id,
    address,
    draft: settings,
    disclosures: [{ language: "en" }],
    versions: [{ version: 1, settings, disclosures: [{ language: "en" }] }],
  });
});

it("is not for developers, nor does it show one of another organization", async () => {
  const ctx = await aContext();
  const { id } = await aForm(ctx);
  await expect(readCaptureForm(as(ctx, "developer"), id)).rejects.toMatchObject({
    code: "forbidden",
  });
  await expect(readCaptureForm(await aContext(), id)).rejects.toMatchObject({ code: "not-found" });
});
