import { expect, it } from "vitest";
import { aContext, as, db } from "../../../testing/scenes.ts";
import { addPurpose, listPurposes, renamePurpose } from "./purposes.ts";
import { AddPurpose } from "@ringfence/core/account/purpose";
import { aCallablePhone } from "../../../testing/phones.ts";
import { screenCall } from "../../calling/screening/screen-call.ts";

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

const mortgages = AddPurpose.parse({
  key: "marketing.loans.mortgages",
  name: "Mortgages",
  kind: "promotional",
});

it("adds a purpose that the next screening knows, and that a consent for its parent covers", async () => {
  const ctx = await aContext();
  const { phone } = await aCallablePhone(ctx);
  const screened = () => screenCall(ctx, { phone, purpose: mortgages.key });
  await expect(screened()).rejects.toMatchObject({ explanation: { key: "purpose.unknown" } });

  await addPurpose(ctx, mortgages);

  expect(await screened()).toMatchObject({ verdict: "allow" });
  expect(await listPurposes(ctx)).toContainEqual(mortgages);
  const { organizationId } = ctx;
  expect(await db.prisma.auditEntry.findMany({ where: { organizationId } })).toMatchObject([
    { action: "organization.change", details: { key: mortgages.key, kind: "promotional" } },
  ]);
});

it("adds no purpose in an invalid place, and none twice, even concurrently", async () => {
  const ctx = await aContext();
  await expect(addPurpose(ctx, { ...mortgages, kind: "service" })).rejects.toMatchObject({
    code: "conflict",
    path: "/key",
    explanation: { key: "purpose.other-kind" },
  });
  const outcomes = await Promise.allSettled([
    addPurpose(ctx, mortgages),
    addPurpose(ctx, mortgages),
  ]);
  expect(outcomes.map(({ status }) => status).toSorted()).toEqual(["fulfilled", "rejected"]);
});

it("adds nothing to another organization, and finds nothing above in it", async () => {
  const [ctx, other] = [await aContext(), await aContext()];
  await addPurpose(other, { ...mortgages, key: "news", name: "News" });
  await expect(addPurpose(ctx, { ...mortgages, key: "news.daily" })).rejects.toMatchObject({
    explanation: { key: "purpose.nothing-above" },
  });
  expect(await listPurposes(ctx)).toHaveLength(4);
});

it("is not for a marketer", async () => {
  const ctx = as(await aContext(), "marketer");
  await expect(addPurpose(ctx, mortgages)).rejects.toMatchObject({ code: "forbidden" });
});

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
