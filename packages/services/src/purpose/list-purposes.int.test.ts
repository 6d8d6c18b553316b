import { expect, it } from "vitest";
import { aContext, db } from "../../testing/scenes.ts";
import { inTransaction } from "../context.ts";
import { listPurposes } from "./list-purposes.ts";
import { requirePurpose } from "./require-purpose.ts";

async function scene() {
  const ctx = await aContext();
  const { organizationId } = ctx;
  const data = { organizationId, name: "Night", kind: "promotional" };
  await db.prisma.purpose.create({ data: { ...data, key: "marketing-night" } });
  const require = (key: string) => inTransaction(ctx, (ctx) => requirePurpose(ctx, key));
  return { ctx, require };
}

it("lists the tree, each node before what is below it", async () => {
  const { ctx } = await scene();
  expect((await listPurposes(ctx)).map(({ key }) => key)).toEqual([
    "marketing",
    "marketing.cards",
    "marketing.loans",
    "marketing-night",
    "survey",
  ]);
});

it("finds the node that is named, and says which there are when it is none", async () => {
  const { require } = await scene();
  expect(await require("survey")).toMatchObject({ name: "Surveys", kind: "survey" });
  await expect(require("market")).rejects.toMatchObject({
    code: "invalid-field",
    path: "/purpose",
    explanation: { key: "purpose.unknown" },
  });
});

it("is not for machines", async () => {
  const { ctx } = await scene();
  const key = { ...ctx, actor: { type: "key", id: "k", scopes: ["screen"] } } as const;
  await expect(listPurposes(key)).rejects.toMatchObject({ code: "forbidden" });
});

it("does not know a purpose of another organization", async () => {
  const [{ require }, other] = [await scene(), await scene()];
  const { organizationId } = other.ctx;
  const data = { organizationId, key: "theirs", name: "Theirs", kind: "survey" };
  await db.prisma.purpose.create({ data });
  await expect(require("theirs")).rejects.toMatchObject({ code: "invalid-field" });
});
