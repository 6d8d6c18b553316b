import { ConsentId } from "@ringfence/core/ids";
import { checkCertificate } from "@ringfence/core/proof/ledger";
import { aNumber } from "@ringfence/db/testing";
import { expect, it } from "vitest";
import { aLedgerOffice } from "../../../testing/certificates.ts";
import { aFileContext, anUpload, remarkedLines, runOnce } from "../../../testing/imports.ts";
import { readCertificate } from "../../proof/certificate/read-certificate.ts";
import { readConsent } from "../../consents/consent/read-consent.ts";
import { readConsentRecord } from "../../consents/consent/read-consent-record.ts";
import type { FileContext } from "../../platform/context.ts";
import { screenCall } from "../../calling/screening/screen-call.ts";

const defaults = { purposes: "marketing", channels: "voice_live", disclosureLanguage: "en" };
const words = "May Acme call me?";

const consentOf = async (ctx: FileContext, phone: string) => {
  const { organizationId } = ctx;
  const where = { organizationId, phone: { e164: phone } };
  const { consentId } = await ctx.db.prisma.consentEvent.findFirstOrThrow({ where });
  return ConsentId.parse(consentId);
};

const screen = (ctx: FileContext, phone: string) =>
  screenCall(ctx, { phone, purpose: "marketing" });

it("keeps what older records do not prove, says of each row what it lacks, and lets no call go", async () => {
  const ctx = await aFileContext();
  const [whole, noAct, noWords] = [aNumber(), aNumber(), aNumber()];
  const file = `phone,obtained_at,source,act,disclosure text
${whole},2026-01-05,website,ticked,${words}
${noAct},2026-01-05,website,,${words}
${noWords},2026-01-05,,signed,
`;
  const { id } = await anUpload(ctx, "consents", file);
  expect(await runOnce(ctx, id, { defaults })).toMatchObject({ created: 3, noted: 2, rejected: 0 });
  expect(await remarkedLines(ctx, id)).toEqual([
    expect.stringMatching(/created,"act: What the person did to agree is not said/),
    expect.stringMatching(/created,"disclosure text: The words that the person agreed to are not/),
  ]);

  const reasons = async (phone: string) =>
    (await screen(ctx, phone)).refusals.find(({ reason }) => reason.startsWith("consent-"));
  expect(await reasons(whole)).toBeUndefined();
  expect(await reasons(noAct)).toMatchObject({
    reason: "consent-insufficient",
    missing: ["affirmative_action"],
  });
  expect(await reasons(noWords)).toMatchObject({ missing: ["text_version"] });

  const seen = await readConsent(ctx, await consentOf(ctx, noAct));
  expect(seen.standing).toMatchObject([
    { status: "insufficient", missing: ["affirmative_action"] },
  ]);
  expect((await readConsent(ctx, await consentOf(ctx, whole))).standing).toMatchObject([
    { status: "granted" },
  ]);
});

it("keeps the certificates of a lead seller, who is a party to the record", async () => {
  const ctx = await aFileContext();
  const phone = aNumber();
  const trustedForm = `https://cert.trustedform.com/${"0f".repeat(20)}`;
  const leadId = "0195A000-0000-7000-8000-000000000001";
  const file = `phone,obtained_at,act,Lead seller,TrustedForm,LeadiD,Retained
${phone},2026-01-05,ticked,Leads Example,${trustedForm},${leadId},claim 7
${aNumber()},2026-01-05,ticked,Leads Example,${trustedForm}!,,
`;
  const { id } = await anUpload(ctx, "consents", file);
  const said = { ...defaults, disclosureText: words };
  expect(await runOnce(ctx, id, { defaults: said })).toMatchObject({ created: 1, rejected: 1 });
  expect(await remarkedLines(ctx, id)).toEqual([
    expect.stringMatching(/rejected,.*TrustedForm: “https.*” is no certificate of TrustedForm/),
  ]);

  const consentId = await consentOf(ctx, phone);
  const lead = { leadSeller: "Leads Example", trustedForm, leadId, retained: "claim 7" };
  expect((await readConsent(ctx, consentId)).events).toMatchObject([{ lead }]);
  const record = await readConsentRecord(ctx, { id: consentId, publicUrl: "https://x.example" });
  expect(record.collectors).toMatchObject([{ name: "Leads Example", role: "lead_seller" }]);
});

it("imports consents of another organization into none but that", async () => {
  const [ctx, other] = [await aFileContext(), await aFileContext()];
  const phone = aNumber();
  const { id } = await anUpload(ctx, "consents", `phone,obtained_at\n${phone},2026-01-05\n`);
  await expect(runOnce(other, id, { defaults })).rejects.toMatchObject({ code: "not-found" });
  await runOnce(ctx, id, { defaults });
  const consentId = await consentOf(ctx, phone);
  await expect(readConsent(other, consentId)).rejects.toMatchObject({ code: "not-found" });
});

it("certifies a consent whose words are lost, and says that there are none", async () => {
  const { ctx: office, publish } = await aLedgerOffice();
  const ctx = await aFileContext(office);
  const phone = aNumber();
  const { id } = await anUpload(ctx, "consents", `phone,obtained_at\n${phone},2026-01-05\n`);
  await runOnce(ctx, id, { defaults });
  await publish();
  const certificate = await readCertificate(ctx, { id: await consentOf(ctx, phone) });
  expect(certificate.words).toBeNull();
  expect(checkCertificate(JSON.stringify(certificate)).verdict).toBe("holds");
});
