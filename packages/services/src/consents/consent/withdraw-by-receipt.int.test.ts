import { aNumber, anOrganization } from "@ringfence/db/testing";
import { expect, it } from "vitest";
import { aConsentReceipt } from "../../../testing/consent-receipts.ts";
import { aContext } from "../../../testing/scenes.ts";
import { onRecord } from "../../../testing/submissions.ts";
import { withdrawByReceipt } from "./withdraw-by-receipt.ts";

it("takes back the one consent that is named, once, also one that is to no calls", async () => {
  const office = await aContext();
  const { ctx, receipt } = await aConsentReceipt(office);
  const [calls, data] = (await onRecord(office)).map(({ consentId }) => consentId);
  expect(calls).toBe(receipt);
  const readTypes = async (id: string | undefined) =>
    (await onRecord(office)).filter((one) => one.consentId === id).map(({ type }) => type);
  await withdrawByReceipt(ctx, { receipt, consent: receipt });
  await withdrawByReceipt(ctx, { receipt, consent: receipt });
  expect(await readTypes(calls)).toEqual(["granted", "withdrawn"]);
  expect(await readTypes(data)).toEqual(["granted"]);

  await withdrawByReceipt(ctx, { receipt, consent: data as typeof receipt });
  await withdrawByReceipt(ctx, { receipt, consent: data as typeof receipt });
  expect(await readTypes(data)).toEqual(["granted", "withdrawn"]);
});

it("takes back no other consent of the phone, and none of another organization", async () => {
  const office = await aContext();
  const phone = aNumber();
  const [one, two] = [
    await aConsentReceipt(office, { phone }),
    await aConsentReceipt(office, { phone }),
  ];
  const refused = { code: "not-found" };
  await expect(
    withdrawByReceipt(one.ctx, { receipt: one.receipt, consent: two.receipt }),
  ).rejects.toMatchObject(refused);
  const other = { ...one.ctx, organizationId: await anOrganization(office.db) };
  await expect(
    withdrawByReceipt(other, { receipt: one.receipt, consent: one.receipt }),
  ).rejects.toMatchObject(refused);
  expect((await onRecord(office)).map(({ type }) => type)).not.toContain("withdrawn");
});
