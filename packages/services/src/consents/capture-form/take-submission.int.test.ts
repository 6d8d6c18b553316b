import { expect, it } from "vitest";
import { aNumber } from "@ringfence/db/testing";
import {
  aDisclosure,
  aDraft,
  aForm,
  aboutData,
  delivery,
  passChecks,
} from "../../../testing/forms.ts";
import { aSubmission, onRecord } from "../../../testing/submissions.ts";
import { aContext, db } from "../../../testing/scenes.ts";
import { recordContacts } from "../../people/contact/record-contacts.ts";
import { draftDisclosure } from "../disclosure/draft-disclosure.ts";
import { publishDisclosure } from "../disclosure/publish-disclosure.ts";
import { optOut } from "../../do-not-call/opt-out/opt-out.ts";
import { draftCaptureForm } from "./draft-capture-form.ts";
import { publishCaptureForm } from "./publish-capture-form.ts";
import { takeSubmission } from "./take-submission.ts";

async function scene(more: Parameters<typeof aForm>[1] = {}) {
  const ctx = await aContext();
  const { id, address, settings } = await aForm(ctx, more);
  const send = async (submission: object = {}, how: object = {}) => {
    const { form, ...sent } = await aSubmission(ctx, address, submission);
    return takeSubmission(form, { ...sent, ...how });
  };
  return { ctx, id, address, settings, send };
}

it("puts on record exactly what was shown, with what the server saw", async () => {
  const { ctx, id, address } = await scene();
  const { form, submission, ...seen } = await aSubmission(ctx, address, { name: "Ada Lovelace" });
  expect(await takeSubmission(form, { submission, ...seen })).toEqual({
    confirmation: null,
    reference: expect.any(String),
    receipt: expect.any(String),
  });

  const [event] = await onRecord(ctx);
  expect(event).toMatchObject({
    type: "granted",
    source: "website_form",
    purposes: ["marketing"],
    formId: id,
    formVersion: 1,
    isWritten: true,
    isProven: false,
    actor: { type: "form", id },
    evidence: [
      {
        body: {
          act: "ticked",
          ip: "203.0.113.7",
          userAgent: "Test/1",
          shown: submission.asked[0],
          page: submission.page,
          origin: "https://shop.example",
        },
      },
    ],
  });
  expect(event?.elements).toContain("right_to_withdraw");
  expect(event?.at).toEqual(event?.recordedAt);
});

it("keeps two consents where two boxes are ticked, and one where one is", async () => {
  const ctx = await aContext();
  const calls = await aDisclosure(ctx, aDraft({ language: "ru" }));
  const data = await aDisclosure(ctx, aDraft({ language: "ru" }, aboutData));
  const { address } = await aForm(ctx, { jurisdictions: ["RU"], disclosures: [calls, data] });
  const { form, ...both } = await aSubmission(ctx, address);
  await takeSubmission(form, both);
  expect((await onRecord(ctx)).map(({ purposes }) => purposes.join()).toSorted()).toEqual([
    "",
    "marketing",
  ]);

  const other = await aSubmission(ctx, address);
  const [first, second] = other.submission.asked;
  const asked = [first, { ...second, isChecked: false }] as typeof other.submission.asked;
  await takeSubmission(form, { ...other, submission: { ...other.submission, asked } });
  expect(await onRecord(ctx)).toHaveLength(3);
});

it("refuses a token that was used, also by two at once", async () => {
  const { ctx, address } = await scene();
  const { form, ...sent } = await aSubmission(ctx, address);
  const all = await Promise.allSettled([1, 2, 3].map(() => takeSubmission(form, sent)));
  expect(all.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
  await expect(takeSubmission(form, sent)).rejects.toMatchObject({ code: "conflict" });
  expect(await onRecord(ctx)).toHaveLength(1);
});

it("leaves the token to who mends a slip", async () => {
  const { ctx, address } = await scene();
  const { form, submission, ...sent } = await aSubmission(ctx, address);
  const slip = { ...submission, phone: "call me" };
  expect(await takeSubmission(form, { submission: slip, ...sent })).toMatchObject({
    faults: [{ path: "/phone" }],
  });
  expect(await takeSubmission(form, { submission, ...sent })).toMatchObject({ confirmation: null });
});

it.each<[string, (token: string) => string]>([
  ["of another time", (token) => token.replace(/\.\d/, ".9")],
  ["of another version", (token) => token.replace(/\.1\.(?=[^.]*$)/, ".2.")],
  ["with another code", (token) => token.replace(/.$/, (end) => (end === "A" ? "Q" : "A"))],
  ["that is none", () => "x"],
])("refuses a token %s", async (_, forge) => {
  const { ctx, address } = await scene();
  const { form, submission, ...sent } = await aSubmission(ctx, address);
  const forged = { ...submission, token: forge(submission.token) };
  await expect(takeSubmission(form, { submission: forged, ...sent })).rejects.toMatchObject({
    code: "invalid",
    path: "/token",
  });
  expect(await onRecord(ctx)).toEqual([]);
});

it("refuses a time that is not the server's, and words that are not the published ones", async () => {
  const { ctx, send } = await scene();
  const [issuedAt, elapsedMs] = ["2026-01-01T00:00:00Z", 3_600_000];
  expect(await send({ issuedAt, elapsedMs })).toMatchObject({
    faults: [{ path: "/issuedAt" }, { path: "/elapsedMs" }],
  });
  const other = await aDisclosure(ctx);
  const asked = [{ ...other, wasChecked: false, isChecked: true }];
  expect((await send({ asked })).faults).toMatchObject([
    { message: { key: "submission.words-changed" } },
  ]);
  expect(await onRecord(ctx)).toEqual([]);
});

it("refuses a page that was opened before the form was published anew", async () => {
  const { ctx, id, address, settings } = await scene();
  const { form, ...sent } = await aSubmission(ctx, address);
  const [old] = settings.disclosures;
  await draftDisclosure(ctx, aDraft({ id: old?.id, text: "Acme may also write." }));
  const { version = 0 } = old ? await publishDisclosure(ctx, old.id) : {};
  const disclosures = settings.disclosures.map(({ id }) => ({ id, version }));
  await draftCaptureForm(ctx, {
    id,
    name: "New words",
    kind: "website_form",
    settings: { ...settings, disclosures },
  });
  await passChecks(ctx, id);
  await publishCaptureForm(ctx, id, delivery);
  await expect(takeSubmission(form, sent)).rejects.toMatchObject({ path: "/token" });
});

it("does not take a box that was ticked already for an act", async () => {
  const { ctx, address } = await scene();
  const { form, submission, ...sent } = await aSubmission(ctx, address);
  const asked = submission.asked.map((one) => ({ ...one, wasChecked: true }));
  await takeSubmission(form, { submission: { ...submission, asked }, ...sent });
  const [event] = await onRecord(ctx);
  expect(event?.elements).not.toContain("affirmative_action");
});

it("is held after a refusal, and answers the same", async () => {
  const { ctx, send } = await scene();
  const phone = aNumber();
  await optOut(ctx, { phone, channel: "sms" });
  expect(Object.keys(await send({ phone }))).toEqual(Object.keys(await send()));
});

it("changes nothing of who is known, and introduces who is not", async () => {
  const { ctx, send } = await scene();
  const [known, unknown] = [aNumber(), aNumber()];
  await recordContacts(ctx, { rows: [{ name: "Ada", phones: [known] }] });
  await send({ phone: known, name: "Mallory", email: "m@example.org" });
  await send({ phone: unknown, name: "Bob" });
  const { organizationId } = ctx;
  const contacts = await db.prisma.contact.findMany({ where: { organizationId } });
  expect(contacts.map(({ name, email }) => `${name} ${email}`).toSorted()).toEqual([
    "Ada null",
    "Bob null",
  ]);
});

it("takes no token of a form of another organization", async () => {
  const [one, other] = [await scene(), await scene()];
  const { form, ...sent } = await aSubmission(one.ctx, one.address);
  const elsewhere = { ...form, organizationId: other.ctx.organizationId };
  await expect(takeSubmission(elsewhere, sent)).rejects.toMatchObject({ code: "not-found" });
  const swapped = { ...elsewhere, actor: { type: "form", id: other.id } as const };
  await expect(takeSubmission(swapped, sent)).rejects.toMatchObject({ path: "/token" });
});
