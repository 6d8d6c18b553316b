import { expect, it } from "vitest";
import { aDisclosure, aDraft, aForm } from "../../../testing/forms.ts";
import { aSubmission } from "../../../testing/submissions.ts";
import { aConsent, aContext, as } from "../../../testing/scenes.ts";
import { submitEmbeddedForm } from "../capture-form/submit.ts";
import { recordConsent } from "../consent/record.ts";
import { draftDisclosure } from "./draft-and-publish.ts";
import { listDisclosures, readDisclosure } from "./list.ts";

it("lists drafts and published texts with their consents, and leaves out texts that others stored", async () => {
  const ctx = await aContext();
  const published = await aDisclosure(ctx);
  await draftDisclosure(ctx, aDraft({ id: published.id, text: "Other words." }));
  const { id } = await draftDisclosure(ctx, aDraft({ language: "ru" }));
  const { address } = await aForm(ctx, { disclosures: [published] });
  const { form, ...sent } = await aSubmission(ctx, address);
  await submitEmbeddedForm(form, sent);
  await recordConsent(ctx, aConsent());

  expect(await listDisclosures(ctx)).toMatchObject([
    { id, version: 0, hasDraft: true, language: "ru", consents: 0 },
    { id: published.id, version: 1, hasDraft: true, language: "en", consents: 1 },
  ]);
});

it("refuses developers", async () => {
  const developer = as(await aContext(), "developer");
  await expect(listDisclosures(developer)).rejects.toMatchObject({ code: "forbidden" });
});

it("lists nothing of another organization", async () => {
  await aDisclosure(await aContext());
  expect(await listDisclosures(await aContext())).toEqual([]);
});

it("shows its versions to readers", async () => {
  const ctx = await aContext();
  const { id, text } = await aDisclosure(ctx);
  expect(await readDisclosure(as(ctx, "agent"), id)).toMatchObject({
    id,
    draft: null,
    versions: [{ version: 1, text, terms: { purposes: ["marketing"] } }],
  });
});

it("refuses developers, and shows no disclosure of another organization", async () => {
  const ctx = await aContext();
  const { id } = await aDisclosure(ctx);
  await expect(readDisclosure(as(ctx, "developer"), id)).rejects.toMatchObject({
    code: "forbidden",
  });
  await expect(readDisclosure(await aContext(), id)).rejects.toMatchObject({ code: "not-found" });
});
