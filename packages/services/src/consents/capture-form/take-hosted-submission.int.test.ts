import { expect, it } from "vitest";
import {
  aDisclosure,
  aDraft,
  aForm,
  origin,
  passChecks,
  delivery,
} from "../../../testing/forms.ts";
import {
  aHostedSubmission,
  aSubmission,
  hostedUrl,
  onRecord,
} from "../../../testing/submissions.ts";
import { aContext, db } from "../../../testing/scenes.ts";
import { statedOf } from "../../../testing/statements.ts";
import { draftDisclosure } from "../disclosure/draft-disclosure.ts";
import { publishDisclosure } from "../disclosure/publish-disclosure.ts";
import { draftCaptureForm } from "./draft-capture-form.ts";
import { publishCaptureForm } from "./publish-capture-form.ts";
import { takeHostedSubmission } from "./take-hosted-submission.ts";
import { takeSubmission } from "./take-submission.ts";

async function scene(more: Parameters<typeof aForm>[1] = {}) {
  const ctx = await aContext();
  return { ctx, ...(await aForm(ctx, more)) };
}

it("puts on record what the page showed, and states that it was our own page", async () => {
  const { ctx, id, address } = await scene({ origins: [] });
  const { form, ...sent } = await aHostedSubmission(ctx, address, { name: "Ada Lovelace" });
  expect(await takeHostedSubmission(form, sent)).toMatchObject({ confirmation: null });

  const [event] = await onRecord(ctx);
  expect(event).toMatchObject({
    type: "granted",
    formId: id,
    evidence: [
      {
        body: {
          act: "ticked",
          placement: { type: "hosted", origin: "https://rf.example" },
          page: {
            url: hostedUrl,
            title: "May Acme contact you?",
            controls: [
              { name: "phone", type: "tel", isFilled: true },
              { name: "name", type: "text", isFilled: true },
              { name: "email", type: "email", isFilled: false },
              { type: "checkbox", isChecked: true },
            ],
          },
        },
      },
    ],
  });
  expect(await statedOf(ctx)).toMatchObject([
    { claims: { placement: { type: "hosted", origin: "https://rf.example" }, url: hostedUrl } },
  ]);
});

it("states of a page of another site that the form was embedded in it", async () => {
  const { ctx, address } = await scene();
  const { form, ...sent } = await aSubmission(ctx, address);
  await takeSubmission(form, sent);
  expect(await statedOf(ctx)).toMatchObject([
    { claims: { placement: { type: "embedded", origin } } },
  ]);
});

it("takes no token of our own page through the door for other sites, nor the other way round", async () => {
  const { ctx, address } = await scene();
  const { form, ...hosted } = await aHostedSubmission(ctx, address);
  const { form: _, ...embedded } = await aSubmission(ctx, address);
  const submission = { ...embedded.submission, token: hosted.token };
  await expect(takeSubmission(form, { ...embedded, submission })).rejects.toMatchObject({
    path: "/token",
  });
  for (const page of [hosted.page, origin]) {
    const swapped = { ...hosted, token: embedded.submission.token, page };
    await expect(takeHostedSubmission(form, swapped)).rejects.toMatchObject({ path: "/token" });
  }
  expect(await onRecord(ctx)).toEqual([]);
});

it.each([
  ["other words", { text: "Acme must call me." }],
  ["another address", { url: "https://evil.example/f/form" }],
  ["another language", { language: "ru" }],
  ["fewer texts", { disclosures: [] }],
])("refuses a page that comes back with %s than its token was given for", async (_, change) => {
  const { ctx, address } = await scene();
  const { form, ...sent } = await aHostedSubmission(ctx, address);
  const page = JSON.stringify({ ...JSON.parse(sent.page), ...change });
  await expect(takeHostedSubmission(form, { ...sent, page })).rejects.toMatchObject({
    code: "invalid",
    path: "/token",
  });
  expect(await onRecord(ctx)).toEqual([]);
});

it("states the text that the page showed, though a newer one was published before it was sent", async () => {
  const { ctx, address } = await scene();
  const { form, ...sent } = await aHostedSubmission(ctx, address);
  const [{ id, version }] = JSON.parse(sent.page).disclosures;
  await draftDisclosure(ctx, aDraft({ id, text: "Acme may also write." }));
  await publishDisclosure(ctx, id);
  await db.prisma.seller.updateMany({
    where: { organizationId: ctx.organizationId },
    data: { name: "Another name" },
  });
  await takeHostedSubmission(form, sent);
  const [event] = await onRecord(ctx);
  expect(event).toMatchObject({
    disclosureId: id,
    disclosureVersion: version,
    evidence: [
      {
        body: {
          page: { title: "May Acme contact you?" },
          shown: { text: "Acme may call me about its offers. I can say no on any call." },
        },
      },
    ],
  });
  expect(await statedOf(ctx)).toMatchObject([{ claims: { disclosure: { id, version } } }]);
});

it("refuses a page that was opened before the form was published anew", async () => {
  const { ctx, id, address, settings } = await scene();
  const { form, ...sent } = await aHostedSubmission(ctx, address);
  await draftCaptureForm(ctx, { id, name: "New", kind: "website_form", settings });
  await passChecks(ctx, id);
  await publishCaptureForm(ctx, id, delivery);
  await expect(takeHostedSubmission(form, sent)).rejects.toMatchObject({ path: "/token" });
});

it("refuses a token that was used, also by two at once, and one of another form", async () => {
  const { ctx, address } = await scene();
  const { form, ...sent } = await aHostedSubmission(ctx, address);
  const all = await Promise.allSettled([1, 2].map(() => takeHostedSubmission(form, sent)));
  expect(all.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
  await expect(takeHostedSubmission(form, sent)).rejects.toMatchObject({ code: "conflict" });

  const other = await aForm(ctx, { disclosures: [await aDisclosure(ctx)] });
  const { form: elsewhere } = await aHostedSubmission(ctx, other.address);
  const unspent = await aHostedSubmission(ctx, address);
  await expect(
    takeHostedSubmission(elsewhere, { ...unspent, fields: sent.fields }),
  ).rejects.toMatchObject({ path: "/token" });
  expect(await onRecord(ctx)).toHaveLength(1);
});

it("says of each field what is wrong with it, and leaves the token for another try", async () => {
  const { ctx, address } = await scene({ email: "required" });
  const { form, fields, ...sent } = await aHostedSubmission(ctx, address);
  const send = (typed: object) =>
    takeHostedSubmission(form, { ...sent, fields: { ...fields, ...typed } });
  const faultsIn = async (typed: object) => (await send(typed)).faults?.map(({ path }) => path);
  expect(await faultsIn({ email: "ada@" })).toEqual(["/email"]);
  expect(await faultsIn({ phone: "12", ticked: [] })).toEqual(["/email", "/asked", "/phone"]);
  expect(await send({ email: "ada@example.org" })).toMatchObject({ confirmation: null });
});

it("takes no token of a form of another organization", async () => {
  const [one, other] = [await scene(), await scene()];
  const { form, ...sent } = await aHostedSubmission(one.ctx, one.address);
  const elsewhere = { ...form, organizationId: other.ctx.organizationId };
  await expect(takeHostedSubmission(elsewhere, sent)).rejects.toMatchObject({ code: "not-found" });
  const swapped = { ...elsewhere, actor: { type: "form", id: other.id } as const };
  await expect(takeHostedSubmission(swapped, sent)).rejects.toMatchObject({ path: "/token" });
});
