import {
  type Certificate,
  type ClaimName,
  checkCertificate,
  readStatement,
} from "@ringfence/core/proof/ledger";
import { OptOutId } from "@ringfence/core/ids";
import { showOnly } from "@ringfence/core/testing/verifications";
import { aNumber, anOrganization } from "@ringfence/db/testing";
import { expect, it } from "vitest";
import { aLedgerOffice } from "../../../testing/certificates.ts";
import { aConsent, as } from "../../../testing/scenes.ts";
import { recordConsent } from "../../consents/consent/record.ts";
import { withdrawConsent } from "../../consents/consent/withdraw.ts";
import { readLogPolicy } from "../ledger/policy.ts";
import { answerCorrection, proposeCorrection } from "../../do-not-call/opt-out/correct.ts";
import { recordOptOut } from "../../do-not-call/opt-out/record.ts";
import { endSuppression } from "../../do-not-call/suppression/end.ts";
import { recordSuppression } from "../../do-not-call/suppression/record.ts";
import { readCertificate } from "./read-certificate.ts";

async function aConsentOnRecord(more = {}) {
  const office = await aLedgerOffice();
  const phone = aNumber();
  const { id } = await recordConsent(office.ctx, aConsent({ phone, ...more }));
  const read = () => readCertificate(office.ctx, { id });
  /** Verifies with the keys that the log publishes. */
  const check = async (change = (it: Certificate) => it) =>
    checkCertificate(JSON.stringify(change(await read())), {
      policy: await readLogPolicy(office.ctx.db),
    });
  return { ...office, phone, id, read, check };
}

const findMessage = ({ steps }: ReturnType<typeof checkCertificate>, step: string) =>
  steps.find((it) => it.step === step)?.message;

it("is a promise at once, and proven when the log has it", async () => {
  const { check, publish, phone } = await aConsentOnRecord();
  expect(await check()).toMatchObject({ verdict: "promised", claims: { phone } });

  await publish();

  const checked = await check();
  expect(checked).toMatchObject({ verdict: "holds", claims: { kind: "consent.granted", phone } });
  expect(findMessage(checked, "words")).toEqual({ key: "verify.words-right" });
  expect(checked.steps.find(({ step }) => step === "later")).toMatchObject({
    outcome: "passed",
    message: { key: "verify.later-none", values: { count: 0, at: expect.any(Date) } },
  });
});

it("contains later statements, and shows only the kind of those about others", async () => {
  const { ctx, id, phone, check, publish } = await aConsentOnRecord();
  const contact = { name: "Bob Stranger" };
  await recordConsent(ctx, aConsent({ phone, contact, obtainedAt: new Date("2026-02-01Z") }));
  await withdrawConsent(ctx, { consent: id, channel: "ivr" });
  await recordOptOut(ctx, { phone, channel: "sms", note: "Never again." });
  await publish();

  const { verdict, hasEnded, later } = await check();

  expect({ verdict, hasEnded }).toEqual({ verdict: "holds", hasEnded: true });
  expect(later.map(({ kind }) => kind)).toEqual([
    "consent.granted",
    "consent.withdrawn",
    "opt-out.recorded",
  ]);
  const text = JSON.stringify(await readCertificate(ctx, { id }));
  const shown = text.split(/[~"]/).map((part) => Buffer.from(part, "base64url").toString());
  expect(shown.filter((part) => /Stranger|Never again/.test(part))).toEqual([]);
});

it("is valid although another consent of the same number was withdrawn", async () => {
  const { ctx, phone, check, publish } = await aConsentOnRecord();
  const other = await recordConsent(ctx, aConsent({ phone, obtainedAt: new Date("2026-02-01Z") }));
  await withdrawConsent(ctx, { consent: other.id, channel: "ivr" });
  await publish();
  const checked = await check();
  expect(checked).toMatchObject({ verdict: "holds", hasEnded: false });
  expect(checked.later).toMatchObject([
    { kind: "consent.granted" },
    { kind: "consent.withdrawn", consent: other.id },
  ]);
});

/** Returns the certificate of a withdrawn consent, whose holder would prefer it without the withdrawal. */
async function aWithdrawnConsent() {
  const scene = await aConsentOnRecord();
  await withdrawConsent(scene.ctx, { consent: scene.id, channel: "ivr" });
  await scene.publish();
  return scene;
}

const place = ["sequence", "previous"] as const;

const hidden = ({ later }: Certificate) =>
  later.map((one) => ({ ...one, statement: showOnly(one.statement, place) }));

const withoutHead = (it: Certificate): Certificate => ({ ...it, chainHead: undefined });

it("is not valid when its holder hides the withdrawal or cuts it off", async () => {
  const { check } = await aWithdrawnConsent();
  expect(await check()).toMatchObject({ verdict: "holds", hasEnded: true });

  const own: ClaimName[] = ["kind", "consent", "phone", "at", "disclosure"];
  const attacks: [string, (it: Certificate) => Certificate][] = [
    ["unclear", (it) => ({ ...it, later: hidden(it) })],
    ["unclear", (it) => ({ ...withoutHead(it), later: hidden(it) })],
    ["unclear", (it) => ({ ...withoutHead(it), later: [] })],
    ["broken", (it) => ({ ...it, later: [] })],
    [
      "unclear",
      (it) => ({ ...withoutHead(it), statement: showOnly(it.statement, own), later: [] }),
    ],
  ];
  for (const [verdict, attack] of attacks) {
    expect(await check(attack)).toMatchObject({ verdict, hasEnded: false });
  }
});

it("says as of when it is complete: one issued before a withdrawal cannot show it", async () => {
  const { ctx, id, read, check, publish } = await aConsentOnRecord();
  await publish();
  const before = await read();
  await withdrawConsent(ctx, { consent: id, channel: "ivr" });
  await publish();
  const { later } = await read();

  const joined = await check(() => ({ ...before, later }));
  expect(findMessage(joined, "later")).toEqual({ key: "verify.later-cut" });
  const { message } = (await check(() => before)).steps.find(({ step }) => step === "later") ?? {};
  const withdrawnAt = new Date(
    String(readStatement(later[0]?.statement ?? "").statement?.claims.recorded_at),
  );
  expect(message).toMatchObject({ key: "verify.later-none" });
  const at = message?.key === "verify.later-none" ? message.values.at : NaN;
  expect(Number(at)).toBeLessThanOrEqual(Number(withdrawnAt));
});

it("certifies an opt-out too", async () => {
  const { ctx, publish } = await aConsentOnRecord();
  const { answer } = await recordOptOut(ctx, { phone: aNumber(), channel: "agent" });
  await publish();

  const certificate = await readCertificate(ctx, { id: answer?.id ?? "" });
  expect(checkCertificate(JSON.stringify(certificate))).toMatchObject({
    verdict: "holds",
    claims: { kind: "opt-out.recorded", reference: answer?.reference },
  });
});

it("is valid again when the opt-out that followed was corrected", async () => {
  const { ctx, phone, check, publish } = await aConsentOnRecord();
  const { answer } = await recordOptOut(ctx, { phone, channel: "agent" });
  await publish();
  expect(await check()).toMatchObject({ verdict: "holds", hasEnded: true });

  const { id } = await proposeCorrection(ctx, {
    optOut: OptOutId.parse(answer?.id),
    reason: "Misheard.",
  });
  await answerCorrection(as(ctx, "officer"), { id, isAccepted: true });
  await publish();
  expect(await check()).toMatchObject({ verdict: "holds", hasEnded: false });
});

it("certifies a suppression, and shows when it ended", async () => {
  const { ctx, publish } = await aConsentOnRecord();
  const { id } = await recordSuppression(ctx, { phone: aNumber(), reason: "litigator" });
  const { until } = await endSuppression(ctx, { id, reason: "over" });
  await publish();

  const checked = checkCertificate(JSON.stringify(await readCertificate(ctx, { id })));
  expect(checked).toMatchObject({ verdict: "holds", hasEnded: true });
  expect(findMessage(checked, "later")).toMatchObject({
    key: "verify.later-ended",
    values: { kind: "suppression_ended", at: until },
  });
});

it("audits who looked", async () => {
  const { ctx, id, check } = await aConsentOnRecord();
  await check();
  const { organizationId } = ctx;
  const where = { organizationId, action: "proof.read" };
  expect(await ctx.db.prisma.auditEntry.findMany({ where })).not.toEqual([]);
  await expect(readCertificate(as(ctx, "marketer"), { id })).rejects.toMatchObject({
    code: "forbidden",
  });
});

it("finds nothing for another organization, or that was never stated", async () => {
  const { ctx, id } = await aConsentOnRecord();
  const other = { ...ctx, organizationId: await anOrganization(ctx.db) };
  const notFound = { code: "not-found" };
  await expect(readCertificate(other, { id })).rejects.toMatchObject(notFound);
  await expect(readCertificate(ctx, { id: "1" })).rejects.toMatchObject(notFound);
  await expect(readCertificate(ctx, { id: ctx.organizationId })).rejects.toMatchObject(notFound);
});
