import { checkCertificate } from "@ringfence/core/proof/ledger";
import { aNumber, anOrganization } from "@ringfence/db/testing";
import { expect, it } from "vitest";
import { aVisitor } from "../../../testing/visitors.ts";
import { aLedgerOffice } from "../../../testing/certificates.ts";
import { openReceiptLink } from "../stop-page/links.ts";
import { recordOptOut } from "./record.ts";
import { optOutOnPage } from "../stop-page/stop-page.ts";
import { readReceipt } from "./read-receipt.ts";

async function aRefusal() {
  const office = await aLedgerOffice();
  const phone = aNumber();
  const visitor = { ...office.ctx, actor: { type: "visitor", page: "stop" } as const };
  const refuse = async () => {
    const said = { phone, scope: { seller: "acme" }, visitor: aVisitor() };
    const { receipt } = await optOutOnPage(visitor, said);
    return openReceiptLink(office.ctx, receipt ?? "");
  };
  return { ...office, phone, refuse };
}

it("is one that a stranger's verifier accepts, as soon as the log has it", async () => {
  const { phone, refuse, publish } = await aRefusal();
  const { ctx, optOutId } = await refuse();
  const check = async () => {
    const { certificate } = await readReceipt(ctx, { optOutId });
    return checkCertificate(JSON.stringify(certificate));
  };
  expect((await check()).verdict).toBe("promised");
  await publish();
  const receipt = await readReceipt(ctx, { optOutId });
  expect(receipt).toMatchObject({ organization: "Test", phone, scope: { seller: "acme" } });
  expect(await check()).toMatchObject({
    verdict: "holds",
    claims: { kind: "opt-out.recorded", phone, channel: "web", reference: receipt.reference },
  });
});

it("tells who typed a number nothing that others have said of it", async () => {
  const { ctx: office, phone, refuse, publish } = await aRefusal();
  await recordOptOut(office, { phone, channel: "agent", note: "Before." });
  const { ctx, optOutId } = await refuse();
  await recordOptOut(office, { phone, channel: "regulator", note: "After." });
  await publish();
  const { certificate } = await readReceipt(ctx, { optOutId });
  const { claims, later } = checkCertificate(JSON.stringify(certificate));
  expect(later).toEqual([]);
  expect(claims).not.toHaveProperty("sequence");
  const text = JSON.stringify(certificate);
  const shown = text.split(/[~"]/).map((part) => Buffer.from(part, "base64url").toString());
  expect(shown.filter((part) => /Before|After|regulator/.test(part))).toEqual([]);
});

it("is of whose it is alone, and not for another organization", async () => {
  const { ctx: office, refuse } = await aRefusal();
  const [one, two] = [await refuse(), await refuse()];
  expect(one.optOutId).not.toBe(two.optOutId);
  const other = { ...one.ctx, organizationId: await anOrganization(office.db) };
  await expect(readReceipt(other, one)).rejects.toMatchObject({ code: "not-found" });
  await expect(readReceipt(office, one)).rejects.toMatchObject({ code: "forbidden" });
});
