import { expect, it } from "vitest";
import { aForm } from "../../../testing/forms.ts";
import { aSubmission } from "../../../testing/submissions.ts";
import { aConsent, aContext, as, db } from "../../../testing/scenes.ts";
import { submitEmbeddedForm } from "../capture-form/submit.ts";
import { ConsentId } from "@ringfence/core/ids";
import { readConsent } from "./detail.ts";
import { recordConsent } from "./record.ts";

it("shows the events and their evidence, and records who looked", async () => {
  const ctx = await aContext();
  const { address } = await aForm(ctx);
  const { form, ...sent } = await aSubmission(ctx, address);
  await submitEmbeddedForm(form, sent);
  const where = { organizationId: ctx.organizationId };
  const { consentId } = await db.prisma.consentEvent.findFirstOrThrow({ where });

  expect(await readConsent(ctx, ConsentId.parse(consentId))).toMatchObject({
    phone: sent.submission.phone,
    standing: [{ purpose: "marketing", status: "granted" }],
    events: [
      {
        type: "granted",
        form: { name: "Contact us", version: 1 },
        disclosure: { version: 1, isPublished: true },
        by: { type: "form", name: "Contact us" },
        evidence: [{ act: "ticked", page: sent.submission.page }],
      },
    ],
  });
  const looked = { ...where, action: "consent.read" };
  expect(await db.prisma.auditEntry.count({ where: looked })).toBe(1);
});

it("refuses developers, and shows no consent of another organization", async () => {
  const ctx = await aContext();
  const { id } = await recordConsent(ctx, aConsent());
  await expect(readConsent(as(ctx, "developer"), id)).rejects.toMatchObject({ code: "forbidden" });
  await expect(readConsent(await aContext(), id)).rejects.toMatchObject({ code: "not-found" });
});
