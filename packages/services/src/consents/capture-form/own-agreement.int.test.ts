import { describe, expect, it } from "vitest";
import { by as request } from "../../../testing/confirmations.ts";
import { aDisclosure, aDraft, aForm, delivery } from "../../../testing/forms.ts";
import { waitForLockWaiter } from "../../../testing/lock-waiter.ts";
import {
  agree,
  aPersonWithForm,
  answerText,
  openOwn,
  ownFormUrl,
  ticks,
} from "../../../testing/own-forms.ts";
import { findPhoneId } from "../../../testing/phones.ts";
import { answered, asked } from "../../../testing/reassigned.ts";
import { db } from "../../../testing/scenes.ts";
import { openPhoneStatements } from "../../../testing/statements.ts";
import { openHosted } from "../../../testing/submissions.ts";
import { withdrawOwnConsent } from "../../desk/own-record/withdraw-own-consent.ts";
import { recordOptOut } from "../../do-not-call/opt-out/record.ts";
import { reportWrongNumber } from "../../do-not-call/suppression/record.ts";
import { inTransaction } from "../../platform/context.ts";
import { createFormContext } from "./capture-form.ts";
import { closeCaptureForm, draftCaptureForm, publishCaptureForm } from "./draft-and-publish.ts";
import { agreeToForm, readOwnForm } from "./own-agreement.ts";
import { submitHostedForm } from "./submit.ts";

describe("after a code sent to the phone", () => {
  it("records exactly what was ticked, and what the person saw", async () => {
    const made = await aPersonWithForm();
    const person = made.by("sms");
    expect(await made.reasons()).toContain("consent-missing");
    expect(await agree(person, made)).toMatchObject({ reference: null });

    const [event, ...more] = await made.events();
    expect(more).toEqual([]);
    expect(event).toMatchObject({
      type: "granted",
      isProven: false,
      source: "website_form",
      purposes: ["marketing"],
      channels: ["voice_live"],
      disclosureId: made.disclosure.id,
      formId: made.formId,
      formVersion: 1,
      actor: { type: "person", code: "sms" },
      evidence: [
        {
          body: {
            act: "ticked",
            code: "sms",
            ...request,
            placement: { type: "own_page", origin: "https://rf.example" },
            shown: { text: made.disclosure.text, wasChecked: false, isChecked: true },
            page: {
              url: ownFormUrl,
              controls: [
                { name: `purpose-${made.disclosure.id} marketing`, isChecked: true },
                { name: `purpose-${made.disclosure.id} survey`, isChecked: false },
                { name: `channel-${made.disclosure.id} voice_live`, isChecked: true },
                { name: `channel-${made.disclosure.id} voice_autodialed`, isChecked: false },
              ],
            },
          },
        },
      ],
    });
    expect(event?.mac).not.toBeNull();
    expect(await openPhoneStatements(made.office)).toMatchObject([
      {
        kind: "consent.granted",
        claims: { purposes: ["marketing"], placement: { type: "own_page" }, is_proven: false },
      },
    ]);
    expect(await made.reasons()).toEqual([]);
    expect(await made.reasons("survey")).toContain("consent-insufficient");
  });

  it("counts without a second message, even if the form asks back elsewhere", async () => {
    const confirmation = { means: "sms", isAsked: true } as const;
    const made = await aPersonWithForm({ confirmation });
    expect(await agree(made.by("sms"), made)).toMatchObject({ reference: null });
    expect((await made.events()).map(({ type }) => type)).toEqual(["granted"]);
    const { organizationId } = made.office;
    expect(await db.prisma.confirmation.count({ where: { organizationId } })).toBe(0);
  });

  it("is taken back on the same page", async () => {
    const made = await aPersonWithForm();
    const person = made.by("sms");
    const { consentId } = await agree(person, made);
    if (consentId === undefined) throw new Error("nothing was recorded");
    await withdrawOwnConsent(person, { consent: consentId });
    expect(await made.reasons()).toContain("consent-withdrawn");
  });

  it("lifts no refusal by itself, and asks by a text message whose answer lifts it", async () => {
    const made = await aPersonWithForm();
    const { office, phone } = made;
    await recordOptOut(office, { phone, channel: "web" });
    const person = made.by("sms");
    expect((await readOwnForm(person, made)).effect).toBe("refused");

    const agreed = await agree(person, made);

    expect((await made.events()).map(({ type }) => type)).toEqual(["requested"]);
    expect(await made.reasons()).toContain("opted-out");
    await answerText(office, made.formId, agreed);
    expect((await made.events()).map(({ type, isProven }) => [type, isProven])).toEqual([
      ["requested", false],
      ["granted", true],
    ]);
    expect(await made.reasons()).not.toContain("opted-out");
    expect(await made.reasons("survey")).toContain("opted-out");
  });

  it("asks too if the person refused while the consent waited", async () => {
    const made = await aPersonWithForm();
    const { office, phone } = made;
    const { sending } = await inTransaction(office, async (ctx) => {
      await recordOptOut(ctx, { phone, channel: "web" });
      const sending = agree(made.by("sms"), made);
      await waitForLockWaiter();
      return { sending };
    });
    expect((await sending).reference).not.toBeNull();
    expect((await made.events()).map(({ type }) => type)).toEqual(["requested"]);
    expect(await made.reasons()).toContain("opted-out");
  });

  it("asks again after an unanswered message, which no other page may do for a month", async () => {
    const made = await aPersonWithForm({ confirmation: { means: "sms", isAsked: true } });
    const { office, phone } = made;
    await recordOptOut(office, { phone, channel: "web" });
    const first = await agree(made.by("sms"), made);
    const again = await agree(made.by("sms"), made);
    expect([first.reference, again.reference]).not.toContain(null);
    expect((await agree(made.by("letter"), made)).reference).toBeNull();
  });

  it("counts for whoever has a reassigned number now, and revives no earlier consent", async () => {
    const {
      ctx: office,
      phones: [phone = ""],
      queryId,
    } = await asked(1);
    await answered(office, queryId, [`${phone.slice(2)},2026-01-04,yes`]);
    const known = { office, phone, phoneId: await findPhoneId(office, phone) };
    const made = await aPersonWithForm({}, known);
    await agree(made.by("letter"), made);
    expect(await made.reasons()).toEqual(["number-reassigned"]);
    const survey = ticks(made.disclosure.id, { purposes: ["survey"] });
    await agree(made.by("sms"), made, { fields: { ticked: survey } });
    expect(await made.reasons("survey")).toEqual([]);
    expect(await made.reasons()).not.toEqual([]);
    await agree(made.by("sms"), made);
    expect(await made.reasons()).toEqual([]);
  });

  it("allows no call to a number that reaches somebody else", async () => {
    const made = await aPersonWithForm();
    await reportWrongNumber(made.office, { phone: made.phone });
    await agree(made.by("sms"), made);
    expect(await made.reasons()).not.toEqual([]);
    expect(await made.reasons()).toContain("suppressed");
  });
});

describe("after a code issued by a member", () => {
  it.each(["spoken", "letter"] as const)(
    "allows no call until the person answers a message to the phone: %s",
    async (code) => {
      const made = await aPersonWithForm();
      const person = made.by(code);
      expect((await readOwnForm(person, made)).effect).toBe("handed");
      const agreed = await agree(person, made);
      const [event] = await made.events();
      expect(event).toMatchObject({ type: "requested", actor: { code }, isProven: false });
      expect(await made.reasons()).toContain("consent-missing");
      expect(await openPhoneStatements(made.office)).toEqual([]);
      const [message] = await answerText(made.office, made.formId, agreed);
      expect(message?.to).toBe(made.phone);
      expect(await made.reasons()).not.toContain("consent-missing");
    },
  );

  it("lifts no refusal", async () => {
    const made = await aPersonWithForm();
    await recordOptOut(made.office, { phone: made.phone, channel: "agent" });
    await agree(made.by("letter"), made);
    expect((await made.events()).map(({ type }) => type)).toEqual(["requested"]);
    expect(await made.reasons()).toContain("opted-out");
  });
});

describe("what is refused", () => {
  it("records a form once, however often it is sent at once", async () => {
    const made = await aPersonWithForm();
    const person = made.by("sms");
    const { token, page } = await openOwn(person, made.formId);
    const fields = { ticked: ticks(made.disclosure.id) };
    const sent = { formId: made.formId, token, page, fields, ...request };
    const all = await Promise.allSettled([1, 2, 3].map(() => agreeToForm(person, sent)));
    expect(all.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    expect(await made.events()).toHaveLength(1);
  });

  it("records nothing without a tick, or with half of a choice", async () => {
    const made = await aPersonWithForm();
    const person = made.by("sms");
    const { id } = made.disclosure;
    const half = { fields: { ticked: ticks(id, { channels: [] }) } };
    const nothing = { fields: { ticked: ticks(id, { purposes: [], channels: [] }) } };
    const forged = { fields: { ticked: ticks(id, { purposes: ["fraud"] as never }) } };
    expect(await agree(person, made, half)).toMatchObject({ faults: [{ path: `/ticked/${id}` }] });
    expect(await agree(person, made, nothing)).toMatchObject({ faults: [{ path: "/asked" }] });
    expect(await agree(person, made, forged)).toMatchObject({ faults: [{}] });
    expect(await made.events()).toEqual([]);
  });

  it("refuses a changed page, another version, and a token of the hosted page or of another phone", async () => {
    const made = await aPersonWithForm();
    const { office, formId, address, disclosure } = made;
    const person = made.by("sms");
    const invalid = { code: "invalid" };
    const opened = await openOwn(person, formId);
    const page = opened.page.replace("Acme may", "Acme must");
    await expect(agree(person, made, { page })).rejects.toMatchObject(invalid);

    const hosted = await openHosted(createFormContext(office, address));
    const ofHosted = { token: hosted.token, page: hosted.page };
    await expect(agree(person, made, ofHosted)).rejects.toMatchObject(invalid);
    const form = createFormContext(office, address);
    const elsewhere = { fields: { phone: made.phone, ticked: [disclosure.id] }, ...request };
    const { token } = opened;
    await expect(
      submitHostedForm(form, { token, page: opened.page, ...elsewhere }),
    ).rejects.toMatchObject(invalid);

    const other = await aPersonWithForm();
    const theirs = { ...person, actor: other.by("sms").actor };
    await expect(
      agreeToForm(theirs, { formId, token, page: opened.page, fields: {}, ...request }),
    ).rejects.toMatchObject({ code: "not-found" });

    const settings = { origins: [], jurisdictions: ["US"], name: "none", email: "none" } as const;
    const second = await aDisclosure(office, aDraft({ text: "Acme may write to me." }));
    const { id, version } = second;
    await draftCaptureForm(office, {
      id: formId,
      name: "Contact us",
      kind: "website_form",
      settings: { ...settings, disclosures: [{ id, version }], confirmation: null } as never,
    });
    await db.prisma.captureForm.updateMany({ where: { id: formId }, data: { checks: [] } });
    await publishCaptureForm(office, { formId, delivery });
    const old = { token: opened.token, page: opened.page };
    await expect(agree(person, made, old)).rejects.toMatchObject(invalid);
    expect(await made.events()).toEqual([]);
  });

  it("opens neither a closed form nor one on paper nor one of another organization", async () => {
    const [made, theirs] = [await aPersonWithForm(), await aPersonWithForm()];
    const person = made.by("sms");
    const { token, page } = await openOwn(person, made.formId);
    await closeCaptureForm(made.office, made.formId);
    const sent = { formId: made.formId, token, page, fields: {}, ...request };
    await expect(agreeToForm(person, sent)).rejects.toMatchObject({ code: "conflict" });
    await expect(readOwnForm(person, made)).rejects.toMatchObject({ code: "conflict" });
    const paper = await aForm(made.office, { kind: "paper" });
    await expect(readOwnForm(person, { formId: paper.id })).rejects.toMatchObject({
      code: "conflict",
    });
    await expect(readOwnForm(person, { formId: theirs.formId })).rejects.toMatchObject({
      code: "not-found",
    });
    expect(await made.events()).toEqual([]);
  });

  it("is for a person whose record is open, and not for a link, a member or an erased number", async () => {
    const made = await aPersonWithForm();
    const { office, phoneId, formId } = made;
    const forbidden = { code: "forbidden" };
    const byLink = { ...office, actor: { type: "person", phoneId } as const };
    await expect(openOwn(byLink, formId)).rejects.toMatchObject(forbidden);
    await expect(readOwnForm(office, { formId })).rejects.toMatchObject(forbidden);
    const person = made.by("sms");
    const { token, page } = await openOwn(person, formId);
    const data = { e164: null, phoneKey: Buffer.alloc(32) };
    await db.prisma.phone.updateMany({ where: { id: phoneId }, data });
    const sent = { formId, token, page, fields: {}, ...request };
    await expect(agreeToForm(person, sent)).rejects.toMatchObject({ code: "not-found" });
  });
});
