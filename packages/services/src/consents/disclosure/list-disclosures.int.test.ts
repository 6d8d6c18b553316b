import { expect, it } from "vitest";
import { aDisclosure, aDraft, aForm } from "../../../testing/forms.ts";
import { aSubmission } from "../../../testing/submissions.ts";
import { aConsent, aContext, as } from "../../../testing/scenes.ts";
import { takeSubmission } from "../capture-form/take-submission.ts";
import { recordConsent } from "../consent/record-consent.ts";
import { draftDisclosure } from "./draft-disclosure.ts";
import { listDisclosures } from "./list-disclosures.ts";

it("lists drafts and what was published, with how many agreed by it; words of others stay out", async () => {
  const ctx = await aContext();
  const published = await aDisclosure(ctx);
  await draftDisclosure(ctx, aDraft({ id: published.id, text: "Other words." }));
  const { id } = await draftDisclosure(ctx, aDraft({ language: "ru" }));
  const { address } = await aForm(ctx, { disclosures: [published] });
  const { form, ...sent } = await aSubmission(ctx, address);
  await takeSubmission(form, sent);
  await recordConsent(ctx, aConsent());

  expect(await listDisclosures(ctx)).toMatchObject([
    { id, version: 0, hasDraft: true, language: "ru", consents: 0 },
    { id: published.id, version: 1, hasDraft: true, language: "en", consents: 1 },
  ]);
});

it("is not for developers", async () => {
  const developer = as(await aContext(), "developer");
  await expect(listDisclosures(developer)).rejects.toMatchObject({ code: "forbidden" });
});

it("lists nothing of another organization", async () => {
  await aDisclosure(await aContext());
  expect(await listDisclosures(await aContext())).toEqual([]);
});
