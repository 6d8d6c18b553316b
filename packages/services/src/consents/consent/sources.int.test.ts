import { expect, it } from "vitest";
import { aForm } from "../../../testing/forms.ts";
import { aSubmission } from "../../../testing/submissions.ts";
import { aConsent, aContext, as } from "../../../testing/scenes.ts";
import { submitEmbeddedForm } from "../capture-form/submit.ts";
import { countSources } from "./sources.ts";
import { recordConsent } from "./record.ts";

it("counts consents by source and week, and how many are weak", async () => {
  const ctx = await aContext();
  const { id, address } = await aForm(ctx);
  for (let n = 0; n < 2; n++) {
    const { form, ...sent } = await aSubmission(ctx, address);
    await submitEmbeddedForm(form, sent);
  }
  await recordConsent(ctx, aConsent({ source: "import", evidence: {} }));

  const { sources, weeks } = await countSources(ctx);
  expect(sources).toMatchObject([
    { source: "website_form", form: { id, name: "Contact us" }, consents: 2, weak: 0 },
    { source: "import", form: null, consents: 1, weak: 1 },
  ]);
  expect(weeks).toHaveLength(12);
  expect(weeks.at(-1)).toMatchObject({ sound: 2, weak: 0 });
  expect(weeks[0]?.week.getUTCDay()).toBe(1);
});

it("refuses developers, and counts nothing of another organization", async () => {
  const ctx = await aContext();
  await recordConsent(ctx, aConsent());
  await expect(countSources(as(ctx, "developer"))).rejects.toMatchObject({ code: "forbidden" });
  expect((await countSources(await aContext())).sources).toEqual([]);
});
