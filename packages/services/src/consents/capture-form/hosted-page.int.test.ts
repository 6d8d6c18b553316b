import { expect, it } from "vitest";
import { aDisclosure, aDraft, aForm, delivery } from "../../../testing/forms.ts";
import { describeHosted, hostedUrl, openHosted } from "../../../testing/submissions.ts";
import { aContext } from "../../../testing/scenes.ts";
import { createFormContext } from "./capture-form.ts";
import { openHostedForm, readHostedForm, readPrintedForm } from "./hosted-page.ts";
import { closeCaptureForm, draftCaptureForm, publishCaptureForm } from "./draft-and-publish.ts";
import { DisclosureId } from "@ringfence/core/ids";

it("returns what the hosted page shows, with a new token each time", async () => {
  const ctx = await aContext();
  const { address } = await aForm(ctx);
  const open = () => openHosted(createFormContext(ctx, address));
  const [one, other] = [await open(), await open()];
  expect(one.form).toMatchObject({ seller: "Acme", version: 1 });
  expect(JSON.parse(one.page)).toMatchObject({ url: hostedUrl, title: "May Acme contact you?" });
  expect(one.token).not.toBe(other.token);
});

it("opens no form for members, nor by an address of another organization", async () => {
  const [ctx, other] = [await aContext(), await aContext()];
  const { address } = await aForm(ctx);
  const mine = createFormContext(ctx, address);
  const shown = { version: 1, page: describeHosted(await readHostedForm(mine)) };
  await expect(openHostedForm(ctx, shown)).rejects.toMatchObject({ code: "forbidden" });
  const { organizationId } = other;
  const elsewhere = { ...mine, organizationId };
  await expect(openHostedForm(elsewhere, shown)).rejects.toMatchObject({
    code: "not-found",
  });
});

it("shows the published form with its seller", async () => {
  const ctx = await aContext();
  const { id, address, settings } = await aForm(ctx);
  const changed = { ...settings, name: "required" as const };
  await draftCaptureForm(ctx, { id, name: "Later", kind: "website_form", settings: changed });
  expect(await readHostedForm(createFormContext(ctx, address))).toMatchObject({
    seller: "Acme",
    homeRegion: "US",
    settings: { name: "optional" },
  });
});

it("shows no draft, and nothing by an address of another organization", async () => {
  const [ctx, other] = [await aContext(), await aContext()];
  const { settings, address } = await aForm(ctx);
  const { id } = await draftCaptureForm(ctx, { name: "New", kind: "newsletter", settings });
  const drafted = { ...createFormContext(ctx, address), actor: { type: "form", id } as const };
  await expect(readHostedForm(drafted)).rejects.toMatchObject({ code: "not-found" });
  const { organizationId } = other;
  await expect(
    readHostedForm({ ...createFormContext(ctx, address), organizationId }),
  ).rejects.toMatchObject({
    code: "not-found",
  });
});

it("shows the signed version of a paper form, even after a newer one and after it was closed", async () => {
  const ctx = await aContext();
  const { id, address, settings } = await aForm(ctx, { kind: "paper" });
  const { id: textId, version } = await aDisclosure(ctx, aDraft({ text: "Acme may write to me." }));
  const changed = { ...settings, disclosures: [{ id: DisclosureId.parse(textId), version }] };
  await draftCaptureForm(ctx, { id, name: "Contact us", kind: "paper", settings: changed });
  await publishCaptureForm(ctx, { formId: id, delivery });
  await closeCaptureForm(ctx, id);
  const form = createFormContext(ctx, address);

  const first = await readPrintedForm(form, 1);
  expect(first).toMatchObject({ id, seller: "Acme", version: 1, isOpen: false, isOnPage: false });
  expect(first.disclosures.map(({ text }) => text)).toEqual([
    "Acme may call me about its offers. I can say no on any call.",
  ]);
  const latest = await readPrintedForm(form, null);
  expect(latest.version).toBe(2);
  expect(latest.disclosures.map(({ text }) => text)).toEqual(["Acme may write to me."]);
});

it("says that a website form can also be filled in on a page", async () => {
  const ctx = await aContext();
  const { address } = await aForm(ctx);
  expect(await readPrintedForm(createFormContext(ctx, address), null)).toMatchObject({
    isOnPage: true,
  });
});

it("shows no missing version, no draft, and nothing of another organization", async () => {
  const [ctx, other] = [await aContext(), await aContext()];
  const { address, settings } = await aForm(ctx, { kind: "paper" });
  const form = createFormContext(ctx, address);
  const { id } = await draftCaptureForm(ctx, { name: "New", kind: "paper", settings });
  const drafted = { ...form, actor: { type: "form", id } as const };
  const notThere = { code: "not-found" };
  await expect(readPrintedForm(form, 2)).rejects.toMatchObject(notThere);
  await expect(readPrintedForm(drafted, null)).rejects.toMatchObject(notThere);
  const { organizationId } = other;
  await expect(readPrintedForm({ ...form, organizationId }, 1)).rejects.toMatchObject(notThere);
});
