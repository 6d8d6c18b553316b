import { aSeller } from "@ringfence/db/testing";
import { expect, it } from "vitest";
import { aContext, db } from "../../testing/scenes.ts";
import { inTransaction } from "../context.ts";
import { listSellers } from "./list-sellers.ts";
import { requireSeller } from "./require-seller.ts";

async function scene() {
  const ctx = await aContext();
  await aSeller(db, ctx.organizationId, "bank");
  const require = (name?: string) => inTransaction(ctx, (ctx) => requireSeller(ctx, name));
  return { ctx, require };
}

it("lists the sellers by key", async () => {
  const { ctx } = await scene();
  expect(await listSellers(ctx)).toMatchObject([
    { key: "acme", name: "Acme" },
    { key: "bank", name: "bank" },
  ]);
});

it("finds the one that is named, and says which there are when none is", async () => {
  const { require } = await scene();
  const bank = await require("bank");

  expect(await require(bank.id)).toEqual(bank);
  await expect(require()).rejects.toMatchObject({
    code: "invalid-field",
    path: "/seller",
    explanation: { key: "seller.several", values: { known: "acme, bank" } },
  });
});

it("is not for machines", async () => {
  const { ctx } = await scene();
  const key = { ...ctx, actor: { type: "key", id: "k", scopes: ["screen"] } } as const;
  await expect(listSellers(key)).rejects.toMatchObject({ code: "forbidden" });
});

it("does not know a seller of another organization", async () => {
  const [{ require }, other] = [await scene(), await scene()];
  const { id } = await other.require("bank");
  await expect(require(id)).rejects.toMatchObject({ explanation: { key: "seller.unknown" } });
});
