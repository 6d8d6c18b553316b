import path from "node:path";
import { anOrganization } from "@ringfence/db/testing";
import { expect, it } from "vitest";
import { aLedgerOffice } from "../../../testing/certificates.ts";
import { aConsentReceipt } from "../../../testing/consent-receipts.ts";
import { printConsentReceipt } from "./print-consent-receipt.ts";

it("prints a consent of the receipt with its certificate attached, and no other consent", async () => {
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
