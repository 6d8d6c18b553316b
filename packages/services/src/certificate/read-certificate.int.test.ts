import { checkCertificate } from "@ringfence/core/ledger";
import { aNumber, anOrganization } from "@ringfence/db/testing";
import { expect, it } from "vitest";
import { aLedgerOffice } from "../../testing/certificates.ts";
import { aConsent, as } from "../../testing/scenes.ts";
import { recordConsent } from "../consent/record-consent.ts";
import { withdrawConsent } from "../consent/withdraw-consent.ts";
import { optOut } from "../opt-out/opt-out.ts";
import { readCertificate } from "./read-certificate.ts";

async function aConsentOnRecord(more = {}) {
  const office = await aLedgerOffice();
  const phone = aNumber();
  const { id } = await recordConsent(office.ctx, aConsent({ phone, ...more }));
  const check = async () =>
    checkCertificate(JSON.stringify(await readCertificate(office.ctx, { id })));
  return { ...office, phone, id, check };
}

const messageOf = ({ steps }: ReturnType<typeof checkCertificate>, step: string) =>
  steps.find((it) => it.step === step)?.message;

it("is a promise at once, and proven when the log has it", async () => {
  const { check, publish, phone } = await aConsentOnRecord();
  expect(await check()).toMatchObject({ verdict: "promised", claims: { phone } });

  await publish();

  const checked = await check();
  expect(checked).toMatchObject({ verdict: "holds", claims: { kind: "consent.granted", phone } });
  expect(messageOf(checked, "words")).toEqual({ key: "verify.words-right" });
  expect(messageOf(checked, "later")).toEqual({ key: "verify.later-none", values: { count: 0 } });
});

it("says what was stated since, and of what concerns others only that it is there", async () => {
  const { ctx, id, phone, check, publish } = await aConsentOnRecord();
  const contact = { name: "Bob Stranger" };
  await recordConsent(ctx, aConsent({ phone, contact, obtainedAt: new Date("2026-02-01Z") }));
  await withdrawConsent(ctx, { consent: id, channel: "ivr" });
  await optOut(ctx, { phone, channel: "sms", note: "Never again." });
  await publish();

  const { verdict, later } = await check();

  expect(verdict).toBe("holds");
  expect(later.map(({ kind }) => kind)).toEqual([
    undefined,
    "consent.withdrawn",
    "opt-out.recorded",
  ]);
  const text = JSON.stringify(await readCertificate(ctx, { id }));
  const shown = text.split(/[~"]/).map((part) => Buffer.from(part, "base64url").toString());
  expect(shown.filter((part) => /Stranger|Never again/.test(part))).toEqual([]);
});

it("is of a refusal too", async () => {
  const { ctx, publish } = await aConsentOnRecord();
  const { answer } = await optOut(ctx, { phone: aNumber(), channel: "agent" });
  await publish();

  const certificate = await readCertificate(ctx, { id: answer?.id ?? "" });
  expect(checkCertificate(JSON.stringify(certificate))).toMatchObject({
    verdict: "holds",
    claims: { kind: "opt-out.recorded", reference: answer?.reference },
  });
});

it("puts on record who looked", async () => {
  const { ctx, id, check } = await aConsentOnRecord();
  await check();
  const { organizationId } = ctx;
  const where = { organizationId, action: "proof.read" };
  expect(await ctx.db.prisma.auditEntry.findMany({ where })).not.toEqual([]);
  await expect(readCertificate(as(ctx, "marketer"), { id })).rejects.toMatchObject({
    code: "forbidden",
  });
});

it("is not for another organization, nor of what was never stated", async () => {
  const { ctx, id } = await aConsentOnRecord();
  const other = { ...ctx, organizationId: await anOrganization(ctx.db) };
  const notFound = { code: "not-found" };
  await expect(readCertificate(other, { id })).rejects.toMatchObject(notFound);
  await expect(readCertificate(ctx, { id: "1" })).rejects.toMatchObject(notFound);
  await expect(readCertificate(ctx, { id: ctx.organizationId })).rejects.toMatchObject(notFound);
});
