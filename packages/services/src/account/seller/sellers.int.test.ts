import { aSeller } from "@ringfence/db/testing";
import { expect, it } from "vitest";
import { aContext, db } from "../../../testing/scenes.ts";
import { listSellers } from "./sellers.ts";

async function scene() {
  const ctx = await aContext();
  await aSeller(db, ctx.organizationId, "bank");
  return ctx;
}

it("lists the sellers by key", async () => {
  expect(await listSellers(await scene())).toMatchObject([
    { key: "acme", name: "Acme" },
    { key: "bank", name: "bank" },
  ]);
});

it("is not for machines", async () => {
  const key = { ...(await scene()), actor: { type: "key", id: "k", scopes: ["screen"] } } as const;
  await expect(listSellers(key)).rejects.toMatchObject({ code: "forbidden" });
});

it("does not list the sellers of another organization", async () => {
  const [ctx] = [await aContext(), await scene()];
  expect(await listSellers(ctx)).toMatchObject([{ key: "acme" }]);
});
