import { checkCertificate } from "@ringfence/core/proof/ledger";
import { aNumber, anOrganization } from "@ringfence/db/testing";
import { expect, it } from "vitest";
import { aLedgerOffice } from "../../../testing/certificates.ts";
import { aConsentReceipt } from "../../../testing/consent-receipts.ts";
import { aConfirmation, by } from "../../../testing/confirmations.ts";
import { aContext } from "../../../testing/scenes.ts";
import { confirmConsents } from "../confirmation/answer.ts";
import { openConfirmation, readConfirmation } from "../confirmation/public-page.ts";
import { openConsentReceipt, printConsentReceipt, readConsentReceipt } from "./receipt.ts";
import { withdrawByReceipt } from "./withdraw.ts";
import path from "node:path";
import { recordOptOut } from "../../do-not-call/opt-out/record.ts";

it("contains each consent of the form, with a certificate that every check accepts", async () => {
  const { ctx: office, publish } = await aLedgerOffice();
  const phone = aNumber();
  const { ctx, receipt } = await aConsentReceipt(office, { phone });
  await publish();
  const { consents, ...read } = await readConsentReceipt(ctx, { receipt });
  expect(read).toMatchObject({ organization: "Test", seller: "Acme", phone });
  expect(consents).toMatchObject([
    { text: expect.stringContaining("Acme may call me"), endedAt: null },
    { endedAt: null },
  ]);
  for (const { certificate } of consents) {
    const { verdict, claims } = checkCertificate(JSON.stringify(certificate));
    expect(verdict).not.toBe("broken");
    expect(claims).toMatchObject({ kind: "consent.granted", phone });
  }
});

it("reveals nothing else about the number, not even an earlier opt-out", async () => {
  const office = await aContext();
  const phone = aNumber();
  const readShape = async (known: string) => {
    const { ctx, receipt } = await aConsentReceipt(office, { phone: known });
    const { consents, ...read } = await readConsentReceipt(ctx, { receipt });
    return [Object.keys(read), consents.map(({ endedAt }) => endedAt)];
  };
  const unknown = await readShape(aNumber());
  await recordOptOut(office, { phone, channel: "agent", note: "Before." });
  expect(await readShape(phone)).toEqual(unknown);

  const { ctx, receipt } = await aConsentReceipt(office, { phone });
  const text = JSON.stringify(await readConsentReceipt(ctx, { receipt }));
  const shown = text.split(/[~"]/).map((part) => Buffer.from(part, "base64url").toString());
  expect(shown.filter((part) => /Before|"sequence"|"previous"/.test(part))).toEqual([]);
});

it("shows which consents were withdrawn since", async () => {
  const { ctx, receipt } = await aConsentReceipt(await aContext());
  await withdrawByReceipt(ctx, { receipt, consent: receipt });
  const { consents } = await readConsentReceipt(ctx, { receipt });
  expect(consents.map(({ endedAt }) => endedAt !== null)).toEqual([true, false]);
});

it("exists only once the person has answered, if the form asks for confirmation", async () => {
  const { ctx: office, link } = await aConfirmation({ means: "email", isAsked: true });
  const { ctx: person, confirmationId } = await openConfirmation(office, link);
  expect(await readConfirmation(person, confirmationId)).toMatchObject({ receipt: null });
  await confirmConsents(person, { confirmationId, act: "link answered", ...by });
  const { receipt: address } = await readConfirmation(person, confirmationId);
  const { ctx, receipt } = await openConsentReceipt(office, address ?? "");
  expect((await readConsentReceipt(ctx, { receipt })).consents).toHaveLength(1);
});

it("opens only by its own link, and not for another organization", async () => {
  const office = await aContext();
  const { ctx, link, receipt } = await aConsentReceipt(office);
  const forged = `${link.slice(0, -2)}${link.endsWith("AA") ? "BB" : "AA"}`;
  await expect(openConsentReceipt(office, forged)).rejects.toMatchObject({ code: "not-found" });
  const other = { ...ctx, organizationId: await anOrganization(office.db) };
  await expect(readConsentReceipt(other, { receipt })).rejects.toMatchObject({ code: "not-found" });
  await expect(readConsentReceipt(office, { receipt })).rejects.toMatchObject({
    code: "forbidden",
  });
});

it("prints one consent of the receipt with its certificate attached, and no other consent", async () => {
  const { ctx: office, publish } = await aLedgerOffice();
  const { ctx, receipt } = await aConsentReceipt(office);
  const elsewhere = await aConsentReceipt(office);
  await publish();
  const paper = {
    receipt,
    locale: "en",
    publicUrl: "https://ringfence.example",
    fontFolder: path.join(import.meta.dirname, "../../../fonts"),
  } as const;
  const bytes = await printConsentReceipt(ctx, { ...paper, consent: receipt });
  const pdf = Buffer.from(bytes).toString("latin1");
  expect(pdf.slice(0, 8)).toBe("%PDF-1.7");
  expect(pdf).toContain("/Type /EmbeddedFile");

  const wrong = printConsentReceipt(ctx, { ...paper, consent: elsewhere.receipt });
  await expect(wrong).rejects.toMatchObject({ code: "not-found" });
  const other = { ...ctx, organizationId: await anOrganization(office.db) }; // another organization
  await expect(printConsentReceipt(other, { ...paper, consent: receipt })).rejects.toMatchObject({
    code: "not-found",
  });
});
