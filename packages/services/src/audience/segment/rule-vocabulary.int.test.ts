import { expect, it } from "vitest";
import { aContext, as } from "../../../testing/scenes.ts";
import { aScene, buyers, twoSellers } from "../../../testing/segment-scene.ts";
import { readRuleVocabulary } from "./rule-vocabulary.ts";
import { saveSegment } from "./save.ts";

it("lists the fields of contacts and their types", async () => {
  const ctx = await aScene();
  await saveSegment(ctx, { name: "Buyers", rule: buyers });
  const { fields, types, segments, sellers, purposes } = await readRuleVocabulary(ctx);

  const own = fields.filter(({ name }) => !name.startsWith("@"));
  expect(own).toEqual([
    { name: "age", type: "number" },
    { name: "city", type: "text" },
    { name: "joined", type: "date" },
    { name: "score", type: "text" },
    { name: "vip", type: "flag" },
  ]);
  expect(fields).toContainEqual({ name: "@email", type: "presence" });
  expect(types.find(({ key }) => key === "visit")?.properties).toContainEqual({
    name: "page",
    type: "text",
  });
  expect([segments.length, sellers.length, purposes.length]).toEqual([1, 1, 4]);
});

it("refuses agents, and lists nothing of another organization", async () => {
  const [ctx, other] = [await aScene(), await aContext()];
  await expect(readRuleVocabulary(as(ctx, "agent"))).rejects.toMatchObject({ code: "forbidden" });
  const { fields, segments } = await readRuleVocabulary(other);
  expect(fields.filter(({ name }) => !name.startsWith("@"))).toEqual([]);
  expect(segments).toEqual([]);
});

it("offers members their own sellers", async () => {
  const ctx = await aScene();
  const { marketer, sellerId } = await twoSellers(ctx);
  expect((await readRuleVocabulary(ctx)).sellers).toHaveLength(2);
  expect((await readRuleVocabulary(marketer)).sellers.map(({ id }) => id)).toEqual([sellerId]);
});
