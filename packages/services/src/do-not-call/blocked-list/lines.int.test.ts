import type { Phone } from "@ringfence/core/people/phone";
import { expect, it } from "vitest";
import { recorded } from "../../../testing/opt-outs.ts";
import { aContext, db } from "../../../testing/scenes.ts";
import { aRegistryWithHistory } from "../../../testing/registry-history.ts";
import { streamBlockedLines } from "./lines.ts";

it.each([1, 2, 3, 5, 6])("leaves out no number and repeats none, with %s a page", async (size) => {
  const ctx = await aContext();
  const phones = [1, 2, 3, 4, 5].map((n) => `+1214555000${n}` as Phone);
  for (const phone of phones.toReversed()) await recorded(ctx, { phone, channel: "agent" });
  const pages: string[] = [];
  for await (const page of streamBlockedLines(ctx, size)) pages.push(page);
  const [, ...lines] = pages.join("").trimEnd().split("\r\n");
  expect(lines.map((line) => line.split(",")[0])).toEqual(phones);
});

it("has the numbers of do-not-call registries, and none of a list of who may be called", async () => {
  const ctx = await aContext();
  const phones = ["+905325550101", "+905325550102"] as Phone[];
  const data = phones.map((e164) => ({ organizationId: ctx.organizationId, e164 }));
  await db.prisma.phone.createMany({ data });
  const readAt = new Date("2026-03-01");
  await aRegistryWithHistory(ctx, "TR-IYS", [{ readAt, numbers: [905_325_550_101] }]);
  await aRegistryWithHistory(ctx, "partner", [{ readAt, numbers: [905_325_550_102] }]);
  const pages: string[] = [];
  for await (const page of streamBlockedLines(ctx)) pages.push(page);
  const [, ...lines] = pages.join("").trimEnd().split("\r\n");
  expect(lines.map((line) => line.split(",")[0])).toEqual(["+905325550102"]);
});
