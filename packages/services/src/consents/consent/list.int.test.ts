import { ConsentEventType, ListConsents } from "@ringfence/core/consents/consent";
import { aNumber, aSeller } from "@ringfence/db/testing";
import { expect, it } from "vitest";
import { aForm } from "../../../testing/forms.ts";
import { aSubmission } from "../../../testing/submissions.ts";
import { aConsent, aContext, as, db } from "../../../testing/scenes.ts";
import { submitEmbeddedForm } from "../capture-form/submit.ts";
import { listConsents } from "./list.ts";
import { recordConsent } from "./record.ts";
import { withdrawConsent } from "./withdraw.ts";

const page = (more: object = {}) => ListConsents.parse(more);

it("lists each consent once, with its standing and what it lacks", async () => {
  const ctx = await aContext();
  const { address } = await aForm(ctx);
  const { form, ...sent } = await aSubmission(ctx, address);
  await submitEmbeddedForm(form, sent);
  const { id } = await recordConsent(ctx, aConsent({ source: "import", evidence: {} }));
  await withdrawConsent(ctx, { consent: id, channel: "agent" });

  const { items, next } = await listConsents(ctx, page());
  expect(next).toBeNull();
  expect(items).toMatchObject([
    {
      id,
      source: "import",
      form: null,
      latest: ConsentEventType.enum.withdrawn,
      standing: [{ purpose: "marketing", status: "withdrawn" }],
      weaknesses: ["affirmative_action"],
    },
    { seller: "Acme", form: "Contact us", standing: [{ status: "granted" }], weaknesses: [] },
  ]);
});

it("finds the consents of a phone and of a source, page by page", async () => {
  const ctx = await aContext();
  const phone = aNumber();
  for (const source of ["paper", "phone", "paper"] as const) {
    await recordConsent(ctx, aConsent({ phone, source, obtainedAt: new Date(Date.now() - 1e6) }));
    await recordConsent(ctx, aConsent({ source }));
  }
  expect((await listConsents(ctx, page({ search: phone }))).items).toHaveLength(3);
  const papers = await listConsents(ctx, page({ source: "paper", limit: 2 }));
  const rest = await listConsents(
    ctx,
    page({ source: "paper", limit: 2, after: papers.next ?? undefined }),
  );
  const ids = [...papers.items, ...rest.items].map(({ id }) => id);
  expect([new Set(ids).size, rest.next]).toEqual([ids.length, null]);
  expect((await listConsents(ctx, page({ search: "no number" }))).items).toEqual([]);
});

it("shows members of one seller only that seller's consents", async () => {
  const ctx = await aContext();
  const sellerIds = [await aSeller(db, ctx.organizationId, "bank")];
  await recordConsent(ctx, aConsent({ seller: "acme" }));
  const actor = { type: "member", id: "bob", role: "agent", sellerIds } as const;
  expect((await listConsents({ ...ctx, actor }, page())).items).toEqual([]);
});

it("refuses developers, and lists nothing of another organization", async () => {
  const ctx = await aContext();
  await recordConsent(ctx, aConsent());
  await expect(listConsents(as(ctx, "developer"), page())).rejects.toMatchObject({
    code: "forbidden",
  });
  expect((await listConsents(await aContext(), page())).items).toEqual([]);
});
