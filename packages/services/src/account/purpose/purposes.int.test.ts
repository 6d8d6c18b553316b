import { expect, it } from "vitest";
import { aContext, db } from "../../../testing/scenes.ts";
import { listPurposes } from "./purposes.ts";

async function scene() {
  const ctx = await aContext();
  const { organizationId } = ctx;
  const data = { organizationId, name: "Night", kind: "promotional" };
  await db.prisma.purpose.create({ data: { ...data, key: "marketing-night" } });
  return ctx;
}

it("lists the tree, each node before what is below it", async () => {
  expect((await listPurposes(await scene())).map(({ key }) => key)).toEqual([
    "marketing",
    "marketing.cards",
    "marketing.loans",
    "marketing-night",
    "survey",
  ]);
});

it("is not for machines", async () => {
  const key = { ...(await scene()), actor: { type: "key", id: "k", scopes: ["screen"] } } as const;
  await expect(listPurposes(key)).rejects.toMatchObject({ code: "forbidden" });
});

it("does not list the purposes of another organization", async () => {
  const [ctx] = [await aContext(), await scene()];
  expect((await listPurposes(ctx)).map(({ key }) => key)).not.toContain("marketing-night");
});
