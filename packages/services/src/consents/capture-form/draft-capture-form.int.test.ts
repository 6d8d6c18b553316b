import { expect, it } from "vitest";
import { aForm } from "../../../testing/forms.ts";
import { aContext, as } from "../../../testing/scenes.ts";
import { draftCaptureForm } from "./draft-capture-form.ts";
import { readCaptureForm } from "./read-capture-form.ts";

it("changes the draft, and not what collects", async () => {
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

it("is for owners and officers", async () => {
  const ctx = await aContext();
  const { settings } = await aForm(ctx);
  const input = { name: "Mine", kind: "paper" as const, settings };
  await expect(draftCaptureForm(as(ctx, "marketer"), input)).rejects.toMatchObject({
    code: "forbidden",
  });
});

it("does not know the forms of another organization", async () => {
  const { id, settings } = await aForm(await aContext());
  const input = { id, name: "Mine", kind: "paper" as const, settings };
  await expect(draftCaptureForm(await aContext(), input)).rejects.toMatchObject({
    code: "not-found",
  });
});
