import { expect, it } from "vitest";
import { aDisclosure, aDraft } from "../../../testing/forms.ts";
import { aContext, as } from "../../../testing/scenes.ts";
import { archiveDisclosure } from "./archive-disclosure.ts";
import { draftDisclosure } from "./draft-disclosure.ts";
import { listDisclosures } from "./list-disclosures.ts";
import { publishDisclosure } from "./publish-disclosure.ts";
import { restoreDisclosure } from "./restore-disclosure.ts";

it("brings a disclosure back with its draft, to be worked on and published", async () => {
  const ctx = await aContext();
  const { id } = await aDisclosure(ctx);
  await draftDisclosure(ctx, aDraft({ id, text: "Acme may call me about offers. I can say no." }));
  await expect(restoreDisclosure(ctx, id)).rejects.toMatchObject({
    code: "not-found",
    explanation: { key: "disclosure.not-archived" },
  });
  await archiveDisclosure(ctx, id);
  await restoreDisclosure(as(ctx, "officer"), id);
  expect(await listDisclosures(ctx)).toMatchObject([{ id, version: 1, hasDraft: true }]);
  expect(await publishDisclosure(ctx, id)).toEqual({ version: 2 });
});

it("is for owners and officers, and restores nothing of another organization", async () => {
  const [ctx, other] = [await aContext(), await aContext()];
  const { id } = await aDisclosure(ctx);
  await archiveDisclosure(ctx, id);
  await expect(restoreDisclosure(as(ctx, "marketer"), id)).rejects.toMatchObject({
    code: "forbidden",
  });
  await expect(restoreDisclosure(other, id)).rejects.toMatchObject({ code: "not-found" });
});
