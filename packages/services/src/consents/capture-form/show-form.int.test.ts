import { expect, it } from "vitest";
import { aForm } from "../../../testing/forms.ts";
import { aContext } from "../../../testing/scenes.ts";
import { draftCaptureForm } from "./draft-capture-form.ts";
import { formContext } from "./form-context.ts";
import { showForm } from "./show-form.ts";

it("shows a form as it was published, with its seller", async () => {
  const ctx = await aContext();
  const { id, address, settings } = await aForm(ctx);
  const changed = { ...settings, name: "required" as const };
  await draftCaptureForm(ctx, { id, name: "Later", kind: "website_form", settings: changed });
  expect(await showForm(formContext(ctx, address))).toMatchObject({
    seller: "Acme",
    homeRegion: "US",
    settings: { name: "optional" },
  });
});

it("shows no draft, and nothing by an address of another organization", async () => {
  const [ctx, other] = [await aContext(), await aContext()];
  const { settings, address } = await aForm(ctx);
  const { id } = await draftCaptureForm(ctx, { name: "New", kind: "newsletter", settings });
  const drafted = { ...formContext(ctx, address), actor: { type: "form", id } as const };
  await expect(showForm(drafted)).rejects.toMatchObject({ code: "not-found" });
  const { organizationId } = other;
  await expect(showForm({ ...formContext(ctx, address), organizationId })).rejects.toMatchObject({
    code: "not-found",
  });
});
