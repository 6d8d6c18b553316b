import { expect, it } from "vitest";
import { asTrainer, byCity, calledOrganization } from "../../testing/relevance-scene.ts";
import { aContext, as } from "../../testing/scenes.ts";
import { readRelevance } from "./read-relevance.ts";
import { trainRelevance } from "./train-relevance.ts";

it("says before any training that documented weights are in force", async () => {
  expect(await readRelevance(await aContext())).toMatchObject({
    trainedAt: null,
    outcomes: 0,
    standing: "few-outcomes",
    evaluation: null,
    tradeOffs: [],
  });
});

it("is no agent's, and shows nothing of another organization", async () => {
  const { ctx } = await calledOrganization(byCity, 30);
  await trainRelevance(asTrainer(ctx));
  await expect(readRelevance(as(ctx, "agent"))).rejects.toMatchObject({ code: "forbidden" });
  expect(await readRelevance(await aContext())).toMatchObject({ outcomes: 0 });
});
