import { expect, it } from "vitest";
import { aDisclosure, aDraft } from "../../../testing/forms.ts";
import { aConsent, aContext, as, db } from "../../../testing/scenes.ts";
import { recordConsent } from "../consent/record-consent.ts";
import { draftDisclosure } from "./draft-disclosure.ts";
import { readDisclosure } from "./read-disclosure.ts";

it("keeps a text as it is worked on, and its next words in its place", async () => {
  const ctx = await aContext();
  const { id } = await draftDisclosure(ctx, aDraft());
  await draftDisclosure(ctx, aDraft({ id, text: "Acme may phone me." }));

  const { draft, versions } = await readDisclosure(ctx, id);
  expect([draft?.text, versions]).toEqual(["Acme may phone me.", []]);
});

it("works on the next version of what was published", async () => {
  const ctx = await aContext();
  const { id } = await aDisclosure(ctx);
  await draftDisclosure(ctx, aDraft({ id, text: "Acme may phone me." }));

  const { draft, versions } = await readDisclosure(ctx, id);
  expect(draft?.text).toBe("Acme may phone me.");
  expect(versions.map(({ version }) => version)).toEqual([1]);
});

it("makes no version of words that nobody published", async () => {
  const ctx = await aContext();
  await recordConsent(ctx, aConsent());
  const { organizationId } = ctx;
  const { id } = await db.prisma.disclosure.findFirstOrThrow({ where: { organizationId } });

  await expect(draftDisclosure(ctx, aDraft({ id }))).rejects.toMatchObject({ code: "not-found" });
});

it("says which sellers there are", async () => {
  const draft = aDraft({}, { seller: "acmee" });
  await expect(draftDisclosure(await aContext(), draft)).rejects.toMatchObject({
    path: "/terms/seller",
  });
});

it("is for owners and officers", async () => {
  const marketer = as(await aContext(), "marketer");
  await expect(draftDisclosure(marketer, aDraft())).rejects.toMatchObject({ code: "forbidden" });
});

it("does not know the disclosures of another organization", async () => {
  const { id } = await aDisclosure(await aContext());
  const ctx = await aContext();
  await expect(draftDisclosure(ctx, aDraft({ id }))).rejects.toMatchObject({ code: "not-found" });
});
