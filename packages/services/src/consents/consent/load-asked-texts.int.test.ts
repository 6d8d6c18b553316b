import { expect, it } from "vitest";
import { aboutData, aDisclosure, aDraft, aForm } from "../../../testing/forms.ts";
import { anEvidenceFile, anOfflineConsent } from "../../../testing/evidence.ts";
import { aFileContext } from "../../../testing/imports.ts";
import { db } from "../../../testing/scenes.ts";
import type { FileContext } from "../../platform/context.ts";
import { recordOfflineConsents } from "./record-offline-consents.ts";

const readEvents = ({ organizationId }: FileContext) =>
  db.prisma.consentEvent.findMany({
    where: { organizationId },
    include: { evidence: true },
    orderBy: { id: "asc" },
  });

it("records what was signed on a form for each text, as the form was published", async () => {
  const ctx = await aFileContext();
  const calls = await aDisclosure(ctx, aDraft({}, { validDays: 30 }));
  const data = await aDisclosure(ctx, aDraft({}, aboutData));
  const { id: form } = await aForm(ctx, { kind: "paper", disclosures: [calls, data] });
  const { id: file } = await anEvidenceFile(ctx, "scan");
  const now = new Date();
  const input = anOfflineConsent(file, {
    means: "paper",
    asked: { form, version: 1, disclosures: [calls.id, data.id] },
    obtainedAt: now.toISOString(),
  });

  const { consents } = await recordOfflineConsents(ctx, input);

  expect(consents.map(({ standing }) => standing.map(({ status }) => status))).toEqual([
    ["granted"],
    [],
  ]);
  const of = { formId: form, formVersion: 1, source: "paper", isWritten: true, at: now };
  const evidence = [{ body: { act: "signed", scan: expect.any(String) }, fileId: file }];
  expect(await readEvents(ctx)).toMatchObject([
    {
      ...of,
      evidence,
      disclosureId: calls.id,
      purposes: ["marketing"],
      elements: expect.arrayContaining(["period", "signature", "right_to_withdraw"]),
      validUntil: new Date(now.getTime() + 30 * 86_400_000),
    },
    { ...of, evidence, disclosureId: data.id, purposes: [], validUntil: null },
  ]);
});

it("refuses a form of another day, and a text that is not of the form", async () => {
  const ctx = await aFileContext();
  const { id: form, settings } = await aForm(ctx, { kind: "phone" });
  const { id: file } = await anEvidenceFile(ctx);
  const disclosures = settings.disclosures.map(({ id }) => id);
  const now = new Date().toISOString();
  const record = (asked: object, obtainedAt = now) =>
    recordOfflineConsents(ctx, anOfflineConsent(file, { asked, obtainedAt }));

  const before = record({ form, version: 1, disclosures }, "2026-01-01T10:00:00Z");
  await expect(before).rejects.toMatchObject({ explanation: { key: "consent.before-form" } });
  const notThere = record({ form, version: 2, disclosures });
  await expect(notThere).rejects.toMatchObject({ path: "/asked/form" });
  const { id: other } = await aDisclosure(ctx);
  const strange = record({ form, version: 1, disclosures: [...disclosures, other] });
  await expect(strange).rejects.toMatchObject({ path: "/asked/disclosures" });
  expect(await readEvents(ctx)).toEqual([]);
});
