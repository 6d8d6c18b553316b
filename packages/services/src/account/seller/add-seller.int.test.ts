import { AddSeller } from "@ringfence/core/account/seller";
import { expect, it } from "vitest";
import { aFederalNumber } from "../../../testing/phones.ts";
import { aContext, as, db } from "../../../testing/scenes.ts";
import { screenCall } from "../../calling/screening/screen-call.ts";
import { addSeller } from "./add-seller.ts";
import { listSellers } from "./list-sellers.ts";

const north = AddSeller.parse({
  key: "north",
  name: "North Bank",
  sector: "pensions",
  consentPolicy: "opt_in",
});

it("adds a seller that the next screening knows", async () => {
  const ctx = await aContext();
  const screened = () =>
    screenCall(ctx, { phone: aFederalNumber(), purpose: "marketing", seller: "north" });
  await expect(screened()).rejects.toMatchObject({ explanation: { key: "seller.unknown" } });

  const id = await addSeller(ctx, north);

  expect(await screened()).toMatchObject({ verdict: "refuse" });
  expect(await listSellers(ctx)).toMatchObject([{ key: "acme" }, { id, ...north }]);
  const { organizationId } = ctx;
  expect(await db.prisma.auditEntry.findMany({ where: { organizationId } })).toMatchObject([
    { action: "organization.change", details: { sellerId: id, key: "north", sector: "pensions" } },
  ]);
});

it("does not give a key twice, also not to two at once", async () => {
  const ctx = await aContext();
  const outcomes = await Promise.allSettled([addSeller(ctx, north), addSeller(ctx, north)]);
  expect(outcomes.map(({ status }) => status).toSorted()).toEqual(["fulfilled", "rejected"]);
  await expect(addSeller(ctx, north)).rejects.toMatchObject({
    code: "conflict",
    path: "/key",
    explanation: { key: "seller.key-taken", values: { key: "north" } },
  });
});

it("adds nothing to another organization, which may have the same key", async () => {
  const [ctx, other] = [await aContext(), await aContext()];
  await addSeller(ctx, north);
  expect(await listSellers(other)).toHaveLength(1);
  await addSeller(other, north);
});

it("is not for a marketer", async () => {
  const ctx = as(await aContext(), "marketer");
  await expect(addSeller(ctx, north)).rejects.toMatchObject({ code: "forbidden" });
});
