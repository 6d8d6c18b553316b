import { describe, expect, it } from "vitest";
import { aNumber } from "@ringfence/db/testing";
import {
  aDisclosure,
  aDraft,
  aForm,
  aboutData,
  delivery,
  origin,
  passChecks,
} from "../../../testing/forms.ts";
import {
  aHostedSubmission,
  aSubmission,
  hostedUrl,
  onRecord,
} from "../../../testing/submissions.ts";
import { aContext, db } from "../../../testing/scenes.ts";
import { recordContacts } from "../../people/contact/record-contacts.ts";
import { draftDisclosure, publishDisclosure } from "../disclosure/draft-and-publish.ts";
import { recordOptOut } from "../../do-not-call/opt-out/record.ts";
import { draftCaptureForm, publishCaptureForm } from "./draft-and-publish.ts";
import { submitEmbeddedForm, submitHostedForm } from "./submit.ts";
import { openPhoneStatements } from "../../../testing/statements.ts";

describe("submitEmbeddedForm", () => {
  async function scene(more: Parameters<typeof aForm>[1] = {}) {
    const ctx = await aContext();
    const { id, address, settings } = await aForm(ctx, more);
    const send = async (submission: object = {}, how: object = {}) => {
      const { form, ...sent } = await aSubmission(ctx, address, submission);
      return submitEmbeddedForm(form, { ...sent, ...how });
    };
    return { ctx, id, address, settings, send };
  }

  it("records exactly what was shown, with what the server saw", async () => {
    const { ctx, id, address } = await scene();
    const { form, submission, ...seen } = await aSubmission(ctx, address, { name: "Ada Lovelace" });
    expect(await submitEmbeddedForm(form, { submission, ...seen })).toEqual({
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

  it("records one consent for each ticked box", async () => {
    const ctx = await aContext();
    const calls = await aDisclosure(ctx, aDraft({ language: "ru" }));
    const data = await aDisclosure(ctx, aDraft({ language: "ru" }, aboutData));
    const { address } = await aForm(ctx, { jurisdictions: ["RU"], disclosures: [calls, data] });
    const { form, ...both } = await aSubmission(ctx, address);
    await submitEmbeddedForm(form, both);
    expect((await onRecord(ctx)).map(({ purposes }) => purposes.join()).toSorted()).toEqual([
      "",
      "marketing",
    ]);

    const other = await aSubmission(ctx, address);
    const [first, second] = other.submission.asked;
    const asked = [first, { ...second, isChecked: false }] as typeof other.submission.asked;
    await submitEmbeddedForm(form, { ...other, submission: { ...other.submission, asked } });
    expect(await onRecord(ctx)).toHaveLength(3);
  });

  it("records each box with its own version, if a form shows two versions of one text", async () => {
    const ctx = await aContext();
    const first = await aDisclosure(ctx);
    const { id, address, settings } = await aForm(ctx, { disclosures: [first] });
    const sms = aDraft({ id: first.id, text: "Acme may write to me." }, { channels: ["sms"] });
    const second = await aDisclosure(ctx, sms);
    const disclosures = [first, second].map(({ version }) => ({ id: first.id, version }));
    // Such a form can no longer be published, but could be before.
    await db.prisma.captureFormVersion.create({
      data: {
        organizationId: ctx.organizationId,
        formId: id,
        version: 2,
        name: "Contact us",
        kind: "website_form",
        settings: { ...settings, disclosures },
        answers: [],
        publishedAt: new Date(),
        actor: {},
      },
    });
    const { form, ...sent } = await aSubmission(ctx, address);
    await submitEmbeddedForm(form, sent);
    const events = await onRecord(ctx);
    expect(
      events.map(({ disclosureVersion, channels }) => `${disclosureVersion} ${channels.join()}`),
    ).toEqual(["1 voice_live", "2 sms"]);
  });

  it("rejects a used token, even from two requests at once", async () => {
    const { ctx, address } = await scene();
    const { form, ...sent } = await aSubmission(ctx, address);
    const all = await Promise.allSettled([1, 2, 3].map(() => submitEmbeddedForm(form, sent)));
    expect(all.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    await expect(submitEmbeddedForm(form, sent)).rejects.toMatchObject({ code: "conflict" });
    expect(await onRecord(ctx)).toHaveLength(1);
  });

  it("keeps the token valid while the person corrects a mistake", async () => {
    const { ctx, address } = await scene();
    const { form, submission, ...sent } = await aSubmission(ctx, address);
    const slip = { ...submission, phone: "call me" };
    expect(await submitEmbeddedForm(form, { submission: slip, ...sent })).toMatchObject({
      faults: [{ path: "/phone" }],
    });
    expect(await submitEmbeddedForm(form, { submission, ...sent })).toMatchObject({
      confirmation: null,
    });
  });

  it.each<[string, (token: string) => string]>([
    ["of another time", (token) => token.replace(/\.\d/, ".9")],
    ["of another version", (token) => token.replace(/\.1\.(?=[^.]*$)/, ".2.")],
    ["with another code", (token) => token.replace(/.$/, (end) => (end === "A" ? "Q" : "A"))],
    ["that is none", () => "x"],
  ])("rejects a token %s", async (_, forge) => {
    const { ctx, address } = await scene();
    const { form, submission, ...sent } = await aSubmission(ctx, address);
    const forged = { ...submission, token: forge(submission.token) };
    await expect(submitEmbeddedForm(form, { submission: forged, ...sent })).rejects.toMatchObject({
      code: "invalid",
      path: "/token",
    });
    expect(await onRecord(ctx)).toEqual([]);
  });

  it("rejects a time that is not the server's, and words that differ from the published ones", async () => {
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

  it("rejects a page opened before the form was published again", async () => {
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
    await publishCaptureForm(ctx, { formId: id, delivery });
    await expect(submitEmbeddedForm(form, sent)).rejects.toMatchObject({ path: "/token" });
  });

  it("does not count a box that was ticked beforehand as an act", async () => {
    const { ctx, address } = await scene();
    const { form, submission, ...sent } = await aSubmission(ctx, address);
    const asked = submission.asked.map((one) => ({ ...one, wasChecked: true }));
    await submitEmbeddedForm(form, { submission: { ...submission, asked }, ...sent });
    const [event] = await onRecord(ctx);
    expect(event?.elements).not.toContain("affirmative_action");
  });

  it("holds a consent after an opt-out, and answers the same", async () => {
    const { ctx, send } = await scene();
    const phone = aNumber();
    await recordOptOut(ctx, { phone, channel: "sms" });
    expect(Object.keys(await send({ phone }))).toEqual(Object.keys(await send()));
  });

  it("leaves known contacts unchanged, and adds unknown ones, without hidden characters in their names", async () => {
    const { ctx, send } = await scene();
    const [known, unknown] = [aNumber(), aNumber()];
    await recordContacts(ctx, { rows: [{ name: "Ada", phones: [known] }] });
    await send({ phone: known, name: "Mallory", email: "m@example.org" });
    await send({ phone: unknown, name: "Bob" });
    await send({ phone: aNumber(), name: "\u202EyllaS" });
    await send({ phone: aNumber(), name: "\u200B" });
    const { organizationId } = ctx;
    const contacts = await db.prisma.contact.findMany({ where: { organizationId } });
    expect(contacts.map(({ name, email }) => `${name} ${email}`).toSorted()).toEqual([
      "Ada null",
      "Bob null",
      "yllaS null",
    ]);
  });

  it("rejects a token of a form of another organization", async () => {
    const [one, other] = [await scene(), await scene()];
    const { form, ...sent } = await aSubmission(one.ctx, one.address);
    const elsewhere = { ...form, organizationId: other.ctx.organizationId };
    await expect(submitEmbeddedForm(elsewhere, sent)).rejects.toMatchObject({ code: "not-found" });
    const swapped = { ...elsewhere, actor: { type: "form", id: other.id } as const };
    await expect(submitEmbeddedForm(swapped, sent)).rejects.toMatchObject({ path: "/token" });
  });
});

describe("submitHostedForm", () => {
  async function scene(more: Parameters<typeof aForm>[1] = {}) {
    const ctx = await aContext();
    return { ctx, ...(await aForm(ctx, more)) };
  }

  it("records what the page showed, and states that it was the hosted page", async () => {
    const { ctx, id, address } = await scene({ origins: [] });
    const { form, ...sent } = await aHostedSubmission(ctx, address, { name: "Ada Lovelace" });
    expect(await submitHostedForm(form, sent)).toMatchObject({ confirmation: null });

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
    expect(await openPhoneStatements(ctx)).toMatchObject([
      { claims: { placement: { type: "hosted", origin: "https://rf.example" }, url: hostedUrl } },
    ]);
  });

  it("states that a form on another site was embedded", async () => {
    const { ctx, address } = await scene();
    const { form, ...sent } = await aSubmission(ctx, address);
    await submitEmbeddedForm(form, sent);
    expect(await openPhoneStatements(ctx)).toMatchObject([
      { claims: { placement: { type: "embedded", origin } } },
    ]);
  });

  it("rejects a hosted page's token from another site, and the other way round", async () => {
    const { ctx, address } = await scene();
    const { form, ...hosted } = await aHostedSubmission(ctx, address);
    const { form: _, ...embedded } = await aSubmission(ctx, address);
    const submission = { ...embedded.submission, token: hosted.token };
    await expect(submitEmbeddedForm(form, { ...embedded, submission })).rejects.toMatchObject({
      path: "/token",
    });
    for (const page of [hosted.page, origin]) {
      const swapped = { ...hosted, token: embedded.submission.token, page };
      await expect(submitHostedForm(form, swapped)).rejects.toMatchObject({ path: "/token" });
    }
    expect(await onRecord(ctx)).toEqual([]);
  });

  it.each([
    ["other words", { text: "Acme must call me." }],
    ["another address", { url: "https://evil.example/f/form" }],
    ["another language", { language: "ru" }],
    ["fewer texts", { disclosures: [] }],
  ])("rejects a page that comes back with %s than its token was issued for", async (_, change) => {
    const { ctx, address } = await scene();
    const { form, ...sent } = await aHostedSubmission(ctx, address);
    const page = JSON.stringify({ ...JSON.parse(sent.page), ...change });
    await expect(submitHostedForm(form, { ...sent, page })).rejects.toMatchObject({
      code: "invalid",
      path: "/token",
    });
    expect(await onRecord(ctx)).toEqual([]);
  });

  it("states the text that the page showed, even if a newer one was published meanwhile", async () => {
    const { ctx, address } = await scene();
    const { form, ...sent } = await aHostedSubmission(ctx, address);
    const [{ id, version }] = JSON.parse(sent.page).disclosures;
    await draftDisclosure(ctx, aDraft({ id, text: "Acme may also write." }));
    await publishDisclosure(ctx, id);
    await db.prisma.seller.updateMany({
      where: { organizationId: ctx.organizationId },
      data: { name: "Another name" },
    });
    await submitHostedForm(form, sent);
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
    expect(await openPhoneStatements(ctx)).toMatchObject([
      { claims: { disclosure: { id, version } } },
    ]);
  });

  it("rejects a page opened before the form was published again", async () => {
    const { ctx, id, address, settings } = await scene();
    const { form, ...sent } = await aHostedSubmission(ctx, address);
    await draftCaptureForm(ctx, { id, name: "New", kind: "website_form", settings });
    await passChecks(ctx, id);
    await publishCaptureForm(ctx, { formId: id, delivery });
    await expect(submitHostedForm(form, sent)).rejects.toMatchObject({ path: "/token" });
  });

  it("rejects a used token, even from two requests at once, and a token of another form", async () => {
    const { ctx, address } = await scene();
    const { form, ...sent } = await aHostedSubmission(ctx, address);
    const all = await Promise.allSettled([1, 2].map(() => submitHostedForm(form, sent)));
    expect(all.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    await expect(submitHostedForm(form, sent)).rejects.toMatchObject({ code: "conflict" });

    const other = await aForm(ctx, { disclosures: [await aDisclosure(ctx)] });
    const { form: elsewhere } = await aHostedSubmission(ctx, other.address);
    const unspent = await aHostedSubmission(ctx, address);
    await expect(
      submitHostedForm(elsewhere, { ...unspent, fields: sent.fields }),
    ).rejects.toMatchObject({ path: "/token" });
    expect(await onRecord(ctx)).toHaveLength(1);
  });

  it("reports what is wrong with each field, and keeps the token valid", async () => {
    const { ctx, address } = await scene({ email: "required" });
    const { form, fields, ...sent } = await aHostedSubmission(ctx, address);
    const send = (typed: object) =>
      submitHostedForm(form, { ...sent, fields: { ...fields, ...typed } });
    const faultsIn = async (typed: object) => (await send(typed)).faults?.map(({ path }) => path);
    expect(await faultsIn({ email: "ada@" })).toEqual(["/email"]);
    expect(await faultsIn({ phone: "12", ticked: [] })).toEqual(["/email", "/asked", "/phone"]);
    expect(await send({ email: "ada@example.org" })).toMatchObject({ confirmation: null });
  });

  it("rejects a token of a form of another organization", async () => {
    const [one, other] = [await scene(), await scene()];
    const { form, ...sent } = await aHostedSubmission(one.ctx, one.address);
    const elsewhere = { ...form, organizationId: other.ctx.organizationId };
    await expect(submitHostedForm(elsewhere, sent)).rejects.toMatchObject({
      code: "not-found",
    });
    const swapped = { ...elsewhere, actor: { type: "form", id: other.id } as const };
    await expect(submitHostedForm(swapped, sent)).rejects.toMatchObject({ path: "/token" });
  });
});
