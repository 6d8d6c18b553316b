import { SellerId } from "@ringfence/core/ids";
import { expect, it } from "vitest";
import { asTrainer, byCity, calledOrganization } from "../../../testing/relevance-scene.ts";
import { aContext, as, db } from "../../../testing/scenes.ts";
import type { RootContext } from "../../platform/context.ts";
import { readRelevance } from "./overview.ts";
import { trainRelevance } from "./train.ts";

it("reports the documented weights before any training", async () => {
  expect(await readRelevance(await aContext())).toMatchObject({
    trainedAt: null,
    outcomes: 0,
    standing: "few-outcomes",
    evaluation: null,
    holding: { threshold: null, isOwn: false, tested: { calls: 0, tradeOffs: [] } },
  });
});

it("hides what was learned from calls of other sellers", async () => {
  const { ctx } = await calledOrganization(byCity, 30);
  await trainRelevance(asTrainer(ctx));
  const sellers = await db.prisma.seller.findMany({
    where: { organizationId: ctx.organizationId },
  });
  const sellerIds = sellers.map(({ id }) => SellerId.parse(id));
  const limited: RootContext = {
    ...ctx,
    actor: { type: "member", id: "cy", role: "marketer", sellerIds },
  };
  expect((await readRelevance(limited)).drivers).toBeNull();
  expect((await readRelevance(as(ctx, "marketer"))).drivers).toEqual([]);
});

it("refuses agents, and shows nothing of another organization", async () => {
  const { ctx } = await calledOrganization(byCity, 30);
  await trainRelevance(asTrainer(ctx));
  await expect(readRelevance(as(ctx, "agent"))).rejects.toMatchObject({ code: "forbidden" });
  expect(await readRelevance(await aContext())).toMatchObject({ outcomes: 0 });
});
