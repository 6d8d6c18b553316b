import { expect, it } from "vitest";
import { aContext, as, db } from "../../../testing/scenes.ts";
import { listPurposes } from "./list-purposes.ts";
import { renamePurpose } from "./rename-purpose.ts";

it("renames a node, whose key and kind stay, and says so on record", async () => {
  const ctx = await aContext();
  await renamePurpose(ctx, { key: "survey", name: "Questions" });
  const renamed = { key: "survey", name: "Questions", kind: "survey" };
  expect(await listPurposes(ctx)).toContainEqual(renamed);
  const { organizationId } = ctx;
  expect(await db.prisma.auditEntry.findMany({ where: { organizationId } })).toMatchObject([
    { action: "organization.change", details: { change: "purpose renamed", key: "survey" } },
  ]);
});

it("does not find what is not there", async () => {
  await expect(
    renamePurpose(await aContext(), { key: "news", name: "News" }),
  ).rejects.toMatchObject({ code: "not-found" });
});

it("renames nothing of another organization", async () => {
  const [ctx, other] = [await aContext(), await aContext()];
  await renamePurpose(ctx, { key: "survey", name: "Questions" });
  expect(await listPurposes(other)).toContainEqual({
    key: "survey",
    name: "Surveys",
    kind: "survey",
  });
});

it("is not for a marketer", async () => {
  const ctx = as(await aContext(), "marketer");
  await expect(renamePurpose(ctx, { key: "survey", name: "Q" })).rejects.toMatchObject({
    code: "forbidden",
  });
});
