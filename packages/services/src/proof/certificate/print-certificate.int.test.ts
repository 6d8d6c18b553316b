import path from "node:path";
import { aNumber, anOrganization } from "@ringfence/db/testing";
import { expect, it } from "vitest";
import { aLedgerOffice } from "../../../testing/certificates.ts";
import { aConsent } from "../../../testing/scenes.ts";
import { recordConsent } from "../../consents/consent/record.ts";
import { printCertificate } from "./print-certificate.ts";

const publicUrl = "https://ringfence.example";
const fontFolder = path.join(import.meta.dirname, "../../../fonts");

async function aConsentOnRecord(text = "Acme may call me about its offers.") {
  const { ctx, publish } = await aLedgerOffice();
  const input = aConsent({
    phone: aNumber(),
    contact: { name: "Анна Примерова", email: "anna@example.ru" },
    disclosure: { text, language: "ru" },
    evidence: { act: "ticked", ip: "192.0.2.1", url: "https://example.ru/form" },
  });
  const { id } = await recordConsent(ctx, input);
  await publish();
  return { ctx, id };
}

const countPages = (pdf: string) => pdf.match(/\/Type \/Page\b/g)?.length;

it.each(["en", "ru"] as const)("is a page, with the certificate attached (%s)", async (locale) => {
  const { ctx, id } = await aConsentOnRecord();
  const pdf = await printCertificate(ctx, { id, locale, publicUrl, fontFolder });
  const text = Buffer.from(pdf).toString("latin1");
  expect(text.slice(0, 8)).toBe("%PDF-1.7");
  expect(countPages(text)).toBe(1);
  expect(text).toContain("/Type /EmbeddedFile");
});

it("takes as many pages as it needs", async () => {
  const { ctx, id } = await aConsentOnRecord("Я согласен на звонки. ".repeat(400));
  const pdf = await printCertificate(ctx, { id, locale: "ru", publicUrl, fontFolder });
  expect(countPages(Buffer.from(pdf).toString("latin1"))).toBeGreaterThan(2);
});

it("is not for another organization", async () => {
  const { ctx, id } = await aConsentOnRecord();
  const other = { ...ctx, organizationId: await anOrganization(ctx.db) };
  await expect(
    printCertificate(other, { id, locale: "en", publicUrl, fontFolder }),
  ).rejects.toMatchObject({
    code: "not-found",
  });
});
