import { expect, it } from "vitest";
import { aDisclosure, aDraft, aDraftForm, aForm, delivery } from "../../../testing/forms.ts";
import { aConsent, aContext, as, db } from "../../../testing/scenes.ts";
import { waitForLockWaiter } from "../../../testing/lock-waiter.ts";
import { listArchived } from "../../desk/archive/list-archived.ts";
import { closeCaptureForm, publishCaptureForm } from "../capture-form/draft-and-publish.ts";
import { recordConsent } from "../consent/record.ts";
import { type ServiceContext, inTransaction } from "../../platform/context.ts";
import { archiveDisclosure, restoreDisclosure } from "./archive.ts";
import { draftDisclosure, publishDisclosure } from "./draft-and-publish.ts";
import { listDisclosures, readDisclosure } from "./list.ts";

it("removes a disclosure from lists, keeps its versions, and lets nobody change it", async () => {
  const ctx = await aContext();
  const { id } = await aDisclosure(ctx);
  await draftDisclosure(ctx, aDraft({ id, text: "The next." }));
  await archiveDisclosure(as(ctx, "officer"), id);

  expect(await listDisclosures(ctx)).toEqual([]);
  expect(await listArchived(ctx, { kind: "disclosure" })).toMatchObject([
    { id, name: "Offers by phone", archived: { by: { type: "member" } } },
  ]);
  expect(await readDisclosure(ctx, id)).toMatchObject({
    versions: [{ version: 1 }],
    draft: { text: "The next." },
    archived: { at: expect.any(Date), by: { type: "member" } },
  });
  const refused = { code: "conflict", explanation: { key: "disclosure.is-archived" } };
  await expect(draftDisclosure(ctx, aDraft({ id }))).rejects.toMatchObject(refused);
  await expect(publishDisclosure(ctx, id)).rejects.toMatchObject(refused);
  await expect(archiveDisclosure(ctx, id)).rejects.toMatchObject(refused);
  const entries = await db.prisma.auditEntry.findMany({
    where: { organizationId: ctx.organizationId, action: "disclosure.change" },
    orderBy: { at: "desc" },
  });
  expect(entries[0]?.details).toEqual({ disclosureId: id, archived: true });
});

it("archives a mere draft under its title", async () => {
  const ctx = await aContext();
  const { id } = await draftDisclosure(ctx, aDraft({}, { title: "A first try" }));
  await archiveDisclosure(ctx, id);
  expect(await listArchived(ctx, { kind: "disclosure" })).toMatchObject([{ name: "A first try" }]);
});

it("still records consents that were given by it", async () => {
  const ctx = await aContext();
  const { id, version } = await aDisclosure(ctx);
  await archiveDisclosure(ctx, id);
  const { standing } = await recordConsent(ctx, aConsent({ disclosure: { id, version } }));
  expect(standing).toMatchObject([{ status: "granted" }]);
});

it("keeps a disclosure that a form uses, published or drafted, until the form is closed", async () => {
  const ctx = await aContext();
  const [collecting, drafted] = [
    await aDisclosure(ctx),
    await aDisclosure(ctx, aDraft({ text: "Another text that asks for calls." })),
  ];
  const { id: formId } = await aForm(ctx, { disclosures: [collecting] });
  await aDraftForm(ctx, { disclosures: [drafted] });
  const inUse = {
    code: "conflict",
    explanation: { key: "disclosure.in-use", values: { name: "Contact us" } },
  };
  await expect(archiveDisclosure(ctx, collecting.id)).rejects.toMatchObject(inUse);
  await expect(archiveDisclosure(ctx, drafted.id)).rejects.toMatchObject(inUse);
  await closeCaptureForm(ctx, formId);
  await archiveDisclosure(ctx, collecting.id);
  // Publishing the form would open it again.
  expect(await publishCaptureForm(ctx, { formId, delivery })).toEqual({
    faults: [{ key: "form.disclosure-archived", values: { name: "Offers by phone" } }],
  });
});

it("is used by no form that is published at the same moment", async () => {
  const ctx = await aContext();
  const { id: formId, settings } = await aForm(ctx);
  await closeCaptureForm(ctx, formId);
  const [{ id } = { id: "" }] = settings.disclosures;
  const asked = (await listDisclosures(ctx)).find((listed) => listed.id === id);
  if (asked === undefined) throw new Error("no disclosure");
  const work = async (first: ServiceContext) => {
    await archiveDisclosure(first, asked.id);
    const done = Promise.allSettled([publishCaptureForm(ctx, { formId, delivery })]);
    await waitForLockWaiter();
    return { done };
  };
  const { done } = await inTransaction(ctx, work, { timeoutMs: 30_000 });
  expect(await done).toMatchObject([
    { status: "fulfilled", value: { faults: [{ key: "form.disclosure-archived" }] } },
  ]);
});

it("is not archived if a form that uses it is published at the same moment", async () => {
  const ctx = await aContext();
  const disclosure = await aDisclosure(ctx);
  const { id: formId } = await aForm(ctx, { disclosures: [disclosure] });
  await closeCaptureForm(ctx, formId);
  const work = async (first: ServiceContext) => {
    await publishCaptureForm(first, { formId, delivery });
    const done = Promise.allSettled([archiveDisclosure(ctx, disclosure.id)]);
    await waitForLockWaiter();
    return { done };
  };
  const { done } = await inTransaction(ctx, work, { timeoutMs: 30_000 });
  expect(await done).toMatchObject([
    { status: "rejected", reason: { explanation: { key: "disclosure.in-use" } } },
  ]);
});

it("allows owners and officers, and archives nothing of another organization", async () => {
  const [ctx, other] = [await aContext(), await aContext()];
  const { id } = await aDisclosure(ctx);
  await expect(archiveDisclosure(as(ctx, "marketer"), id)).rejects.toMatchObject({
    code: "forbidden",
  });
  await expect(archiveDisclosure(other, id)).rejects.toMatchObject({ code: "not-found" });
});

it("restores a disclosure with its draft, to edit and publish", async () => {
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

it("allows owners and officers, and restores nothing of another organization", async () => {
  const [ctx, other] = [await aContext(), await aContext()];
  const { id } = await aDisclosure(ctx);
  await archiveDisclosure(ctx, id);
  await expect(restoreDisclosure(as(ctx, "marketer"), id)).rejects.toMatchObject({
    code: "forbidden",
  });
  await expect(restoreDisclosure(other, id)).rejects.toMatchObject({ code: "not-found" });
});
