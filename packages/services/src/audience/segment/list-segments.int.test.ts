import { expect, it } from "vitest";
import { aSeller } from "@ringfence/db/testing";
import { aContext, as, db } from "../../../testing/scenes.ts";
import { aScene, asRefresher, buyers, livesIn } from "../../../testing/segment-scene.ts";
import { aScreenedSegment, sixPeople } from "../../../testing/waterfall-scene.ts";
import { listSegments } from "./list-segments.ts";
import { refreshSegment } from "./refresh-segment.ts";
import { saveSegment } from "./save-segment.ts";

it("lists segments by name, with what they ask and how large they were", async () => {
  const ctx = await aScene();
  const { id, version } = await saveSegment(ctx, { name: "Tver", rule: livesIn("Tver") });
  await saveSegment(ctx, { name: "Buyers", rule: buyers });
  await refreshSegment(asRefresher(ctx), id);

  expect(await listSegments(ctx, { locale: "en" })).toMatchObject([
    { name: "Buyers", sentence: "purchase: at least 1 time", size: null, sizes: [] },
    { name: "Tver", sentence: "city is Tver", size: 2, isCurrent: true, sizes: [{ size: 2 }] },
  ]);

  await saveSegment(ctx, { segment: { id, version }, name: "Omsk", rule: livesIn("Omsk") });
  await refreshSegment(asRefresher(ctx), id);
  expect((await listSegments(ctx, { locale: "ru" }))[1]).toMatchObject({
    sentence: "city — Omsk",
    size: 1,
    sizes: [{ size: 2 }, { size: 1 }],
  });
});

it("tells how many may be called, by the calls that are usual for who looks", async () => {
  const { ctx } = await sixPeople();
  await aScreenedSegment(ctx);
  const [segment] = await listSegments(ctx, { locale: "en" });
  expect(segment).toMatchObject({ size: 6, callable: { count: 2 } });
  const own = await aSeller(db, ctx.organizationId, "own");
  const limited = { type: "member", id: "bob", role: "marketer", sellerIds: [own] } as const;
  const [theirs] = await listSegments({ ...ctx, actor: limited }, { locale: "en" });
  expect(theirs?.callable).toBeNull();
});

it("is not for agents, and lists nothing of another organization", async () => {
  const [ctx, other] = [await aScene(), await aContext()];
  await saveSegment(ctx, { name: "Buyers", rule: buyers });
  await expect(listSegments(as(ctx, "agent"), { locale: "en" })).rejects.toMatchObject({
    code: "forbidden",
  });
  expect(await listSegments(other, { locale: "en" })).toEqual([]);
});
