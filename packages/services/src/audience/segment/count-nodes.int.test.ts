import { expect, it } from "vitest";
import { aContext, as } from "../../../testing/scenes.ts";
import { aScene, buyers, livesIn, twoSellers } from "../../../testing/segment-scene.ts";
import { countNodes } from "./count-nodes.ts";

it("counts who each row means alone, a group as what it comes to", async () => {
  const ctx = await aScene();
  const inner = { is: "none" as const, of: [buyers, livesIn("Tver")] };
  const rule = { is: "all" as const, of: [buyers, { is: "any" as const, of: [inner, buyers] }] };
  expect(await countNodes(ctx, { rule })).toEqual({
    faults: [],
    counts: [
      { path: "", count: 2 },
      { path: "/of/0", count: 2 },
      { path: "/of/1", count: 3 },
      { path: "/of/1/of/0", count: 1 },
      { path: "/of/1/of/0/of/0", count: 2 },
      { path: "/of/1/of/0/of/1", count: 2 },
      { path: "/of/1/of/1", count: 2 },
    ],
  });
});

it("counts nothing of a rule with faults", async () => {
  const ctx = await aScene();
  const rule = { is: "all" as const, of: [buyers, { ...livesIn("x"), field: "town" }] };
  expect(await countNodes(ctx, { rule })).toMatchObject({
    faults: [{ path: "/of/1/field" }],
    counts: [],
  });
});

it("is not for agents, and counts nobody of another organization", async () => {
  const ctx = await aScene();
  await expect(countNodes(as(ctx, "agent"), { rule: buyers })).rejects.toMatchObject({
    code: "forbidden",
  });
  expect(await countNodes(await aContext(), { rule: buyers })).toMatchObject({
    counts: [{ count: 0 }],
  });
});

it("counts nobody by their consent to a seller that is not the member's", async () => {
  const { theirs, mine, marketer } = await twoSellers(await aScene());
  const rule = { is: "any" as const, of: [mine, theirs] };
  await expect(countNodes(marketer, { rule })).rejects.toMatchObject({ code: "forbidden" });
});
