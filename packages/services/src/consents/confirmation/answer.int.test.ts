import { describe, expect, it } from "vitest";
import { ScreenCall } from "@ringfence/core/calling/screening";
import { aSeller, aZoneAtNoon } from "@ringfence/db/testing";
import { aConfirmation, by } from "../../../testing/confirmations.ts";
import { aContext, as } from "../../../testing/scenes.ts";
import { openPhoneStatements } from "../../../testing/statements.ts";
import { inTransaction } from "../../platform/context.ts";
import { recordContacts } from "../../people/contact/record-contacts.ts";
import { recordOptOut } from "../../do-not-call/opt-out/record.ts";
import { screenCall } from "../../calling/screening/screen-call.ts";
import { confirmByCode, confirmConsents, disownConsents } from "./answer.ts";
import { openConfirmation, readConfirmation } from "./public-page.ts";

describe("confirm consents", () => {
  const asked = { means: "email", isAsked: true } as const;

  async function scene(confirmation: { means: "sms" | "email"; isAsked: boolean } = asked) {
    const made = await aConfirmation(confirmation);
    const { ctx, confirmationId } = await openConfirmation(made.ctx, made.link);
    const confirm = () => confirmConsents(ctx, { confirmationId, act: "link opened", ...by });
    return { ...made, person: ctx, confirmationId, confirm };
  }

  it("turns a request into a consent, once", async () => {
    const { confirm, events } = await scene();
    expect((await events()).map(({ type }) => type)).toEqual(["requested"]);
    await Promise.all([confirm(), confirm()]);

    const [before, after, ...more] = await events();
    expect(more).toEqual([]);
    expect(after).toMatchObject({
      type: "granted",
      isProven: false,
      consentId: before?.consentId,
      purposes: before?.purposes,
      disclosureId: before?.disclosureId,
      actor: { type: "person" },
      evidence: [{ body: { act: "link opened", ip: "198.51.100.7", means: "email" } }],
    });
  });

  it("states where the confirmed form was filled in", async () => {
    const { ctx, confirm } = await scene();
    await confirm();
    const granted = (await openPhoneStatements(ctx)).filter(
      ({ kind }) => kind === "consent.granted",
    );
    expect(granted).toMatchObject([
      { claims: { placement: { type: "embedded", origin: "https://shop.example" } } },
    ]);
  });

  it.each([
    ["sms", false],
    ["email", true], // whoever fills in a form may give any mailbox
  ] as const)(
    "lifts an earlier opt-out only by an answer from the phone itself (contract 6): %s",
    async (means, stays) => {
      const ctx = await aContext();
      const { phone, link, ...made } = await aConfirmation({ means, isAsked: true }, { ctx });
      await recordContacts(ctx, {
        rows: [{ phones: [phone], zone: aZoneAtNoon(), externalId: "a" }],
      });
      await recordOptOut(ctx, { phone, channel: "sms" });
      const reasons = async () => {
        const call = ScreenCall.parse({ phone, purpose: "marketing" });
        return (await screenCall(ctx, call)).refusals.map(({ reason }) => reason);
      };
      expect(await reasons()).toContain("opted-out");

      const person = await openConfirmation(made.ctx, link);
      const { confirmationId } = person;
      await confirmConsents(person.ctx, { confirmationId, act: "link opened", ...by });
      expect((await reasons()).includes("opted-out")).toBe(stays);
      const lifted = (await openPhoneStatements(ctx)).filter(
        ({ kind }) => kind === "opt-out.lifted",
      );
      expect(lifted).toHaveLength(stays ? 0 : 1);
      for (const { claims } of lifted) {
        expect(claims).toMatchObject({ phone, seller: { key: "acme" }, purposes: ["marketing"] });
      }
    },
  );

  it("yields to an opt-out that began earlier", async () => {
    const ctx = await aContext();
    const { phone, link, ...made } = await aConfirmation({ means: "sms", isAsked: true }, { ctx });
    const { ctx: person, confirmationId } = await openConfirmation(made.ctx, link);
    await inTransaction(ctx, async (began) => {
      await confirmConsents(person, { confirmationId, act: "link opened", ...by });
      const earlier = { ...began, now: new Date(began.now.getTime() - 1) };
      await recordOptOut(earlier, { phone, channel: "agent" });
    });
    const call = ScreenCall.parse({ phone, purpose: "marketing" });
    const { refusals } = await screenCall(ctx, call);
    expect(refusals.map(({ reason }) => reason)).toContain("opted-out");
  });

  it("states which opt-outs are lifted, each as far as the consent reaches, and no others", async () => {
    const ctx = await aContext();
    const { phone, link, ...made } = await aConfirmation({ means: "sms", isAsked: true }, { ctx });
    await aSeller(ctx.db, ctx.organizationId, "other");
    const scopes = [{ purpose: "marketing.loans" }, { purpose: "survey" }, { seller: "other" }];
    for (const scope of scopes) await recordOptOut(ctx, { phone, channel: "sms", scope });
    const refused = (await openPhoneStatements(ctx)).find(
      ({ claims }) => claims.scope === "purpose",
    );

    const person = await openConfirmation(made.ctx, link);
    const { confirmationId } = person;
    await confirmConsents(person.ctx, { confirmationId, act: "link opened", ...by });
    const lifted = (await openPhoneStatements(ctx)).filter(({ kind }) => kind === "opt-out.lifted");
    expect(lifted).toMatchObject([{ about: refused?.about }]);
  });

  it("does not confirm a disowned consent, or one whose message asked for no answer", async () => {
    const { person, confirmationId, confirm, events } = await scene();
    await disownConsents(person, { confirmationId, ...by });
    await expect(confirm()).rejects.toMatchObject({ code: "conflict" });
    expect((await events()).map(({ type }) => type)).toEqual(["requested", "invalidated"]);

    const told = await scene({ means: "email", isAsked: false });
    await expect(told.confirm()).rejects.toMatchObject({ code: "conflict" });
  });

  it("opens no link that we did not create", async () => {
    const { ctx, link } = await scene();
    const forged = link.replace(/.$/, (end) => (end === "A" ? "Q" : "A"));
    for (const text of [forged, "", "x".repeat(56)]) {
      await expect(openConfirmation(ctx, text)).rejects.toMatchObject({ code: "not-found" });
    }
  });

  it("allows only the person, and confirms nothing of another organization", async () => {
    const [{ ctx, confirmationId }, other] = [await scene(), await scene()];
    const answer = { confirmationId, act: "link opened", ...by };
    await expect(confirmConsents(as(ctx, "owner"), answer)).rejects.toMatchObject({
      code: "forbidden",
    });
    await expect(confirmConsents(other.person, answer)).rejects.toMatchObject({
      code: "not-found",
    });
  });

  it("confirms and disowns nothing that was sent to another person of the same organization", async () => {
    const { ctx, confirmationId, events } = await scene();
    const other = await aConfirmation(asked, { ctx });
    const { ctx: neighbor } = await openConfirmation(other.ctx, other.link);
    const refused = { code: "not-found" };
    await expect(
      confirmConsents(neighbor, { confirmationId, act: "link opened", ...by }),
    ).rejects.toMatchObject(refused);
    await expect(disownConsents(neighbor, { confirmationId, ...by })).rejects.toMatchObject(
      refused,
    );
    expect((await events()).map(({ type }) => type)).toEqual(["requested", "requested"]);
  });
});

describe("confirm by code", () => {
  const asked = { means: "sms", isAsked: true } as const;

  it("accepts the code of the message, however it is typed", async () => {
    const { form, confirmationId, code, events, messages, phone } = await aConfirmation(asked);
    expect(messages).toMatchObject([{ to: phone }]);
    const typed = `${code.slice(0, 3)} ${code.slice(3)}`;
    expect(await confirmByCode(form, { confirmationId, code: typed, ...by })).toMatchObject({
      receipt: expect.any(String),
    });
    expect((await events()).map(({ type, isProven }) => [type, isProven])).toEqual([
      ["requested", false],
      ["granted", true],
    ]);
  });

  it("rejects any other code, and every code after five attempts", async () => {
    const { form, confirmationId, code, events } = await aConfirmation(asked);
    const wrong = code === "000000" ? "000001" : "000000";
    for (let n = 0; n < 5; n++) {
      expect(await confirmByCode(form, { confirmationId, code: wrong, ...by })).toBeNull();
    }
    await expect(confirmByCode(form, { confirmationId, code, ...by })).rejects.toMatchObject({
      code: "conflict",
    });
    expect(await events()).toHaveLength(1);
  });

  it("finds no confirmation of another organization", async () => {
    const [one, other] = [await aConfirmation(asked), await aConfirmation(asked)];
    const answer = { confirmationId: one.confirmationId, code: one.code, ...by };
    await expect(confirmByCode(other.form, answer)).rejects.toMatchObject({ code: "not-found" });
    await expect(confirmByCode(one.ctx, answer)).rejects.toMatchObject({ code: "forbidden" });
  });
});

const told = { means: "sms", isAsked: false } as const;

it("invalidates, once, a consent that the person did not give", async () => {
  const { ctx, link, events, messages } = await aConfirmation(told);
  expect(messages[0]?.text).toContain("Not you?");
  const { ctx: person, confirmationId } = await openConfirmation(ctx, link);
  expect((await readConfirmation(person, confirmationId)).state).toBe("told");
  const disown = () => disownConsents(person, { confirmationId, ...by });
  await Promise.all([disown(), disown()]);

  expect((await events()).map(({ type }) => type)).toEqual(["granted", "invalidated"]);
  expect((await readConfirmation(person, confirmationId)).state).toBe("disowned");
});

it("also invalidates a confirmation that began later and came first", async () => {
  const { ctx, link, events } = await aConfirmation({ means: "sms", isAsked: true });
  const { ctx: person, confirmationId } = await openConfirmation(ctx, link);
  await inTransaction(person, async (began) => {
    await confirmConsents(person, { confirmationId, act: "link opened", ...by });
    const earlier = { ...began, now: new Date(began.now.getTime() - 1) };
    await disownConsents(earlier, { confirmationId, ...by });
  });
  const [, granted, invalidated] = await events();
  expect(invalidated?.type).toBe("invalidated");
  expect(invalidated?.at.getTime()).toBeGreaterThanOrEqual(granted?.at.getTime() ?? Infinity);
});

it("allows only the person, and disowns nothing of another organization", async () => {
  const [one, other] = [await aConfirmation(told), await aConfirmation(told)];
  const { ctx: stranger } = await openConfirmation(other.ctx, other.link);
  const { confirmationId } = one;
  await expect(disownConsents(one.ctx, { confirmationId, ...by })).rejects.toMatchObject({
    code: "forbidden",
  });
  await expect(disownConsents(stranger, { confirmationId, ...by })).rejects.toMatchObject({
    code: "not-found",
  });
});
