import path from "node:path";
import { aNumber, anOrganization } from "@ringfence/db/testing";
import { expect, it } from "vitest";
import { aVisitor } from "../../../testing/visitors.ts";
import { aLedgerOffice } from "../../../testing/certificates.ts";
import { openReceiptLink } from "../stop-page/links.ts";
import { optOutOnPage } from "../stop-page/stop-page.ts";
import { printReceipt } from "./print-receipt.ts";

const paper = {
  publicUrl: "https://ringfence.example",
  fontFolder: path.join(import.meta.dirname, "../../../fonts"),
};

it.each(["en", "ru"] as const)("is paper, with what proves it attached (%s)", async (locale) => {
  const { ctx, publish } = await aLedgerOffice();
  const visitor = { ...ctx, actor: { type: "visitor", page: "stop" } as const };
  const said = { phone: aNumber(), scope: undefined, visitor: aVisitor() };
  const { receipt } = await optOutOnPage(visitor, said);
  await publish();
  const person = await openReceiptLink(ctx, receipt ?? "");
  const print = { optOutId: person.optOutId, locale, ...paper };
  const pdf = Buffer.from(await printReceipt(person.ctx, print)).toString("latin1");
  expect(pdf.slice(0, 8)).toBe("%PDF-1.7");
  expect(pdf).toContain("/Type /EmbeddedFile");

  const other = { ...person.ctx, organizationId: await anOrganization(ctx.db) }; // another organization
  await expect(printReceipt(other, print)).rejects.toMatchObject({ code: "not-found" });
});
