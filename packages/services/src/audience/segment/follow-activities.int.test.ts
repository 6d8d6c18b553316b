import { ordinalsIn } from "@ringfence/core/audience/segment";
import { expect, it } from "vitest";
import { aContext, db } from "../../../testing/scenes.ts";
import { aScene, asRefresher, buyers, livesIn } from "../../../testing/segment-scene.ts";
import { recordActivities } from "../../people/activity/record-activities.ts";
import { inTransaction, type RootContext, type ServiceContext } from "../../platform/context.ts";
import { followActivities } from "./follow-activities.ts";
import { readSegment } from "./read-segment.ts";
import { refreshSegment } from "./refresh-segment.ts";
import { saveSegment } from "./save-segment.ts";

const asFollower = (ctx: RootContext): RootContext => ({
  ...ctx,
  actor: { type: "job", name: "segment.follow" },
});

const buys = (ctx: ServiceContext, contact: string) =>
  recordActivities(ctx, {
    rows: [{ contact, type: "purchase", at: "2026-01-06T00:00:00Z", amount: 7 }],
  });

async function sizes(ctx: RootContext, segmentId: Parameters<typeof readSegment>[1]) {
  const { organizationId } = ctx;
  const blocks = await db.prisma.segmentBlock.findMany({ where: { organizationId, segmentId } });
  const members = blocks.flatMap(({ block, bits }) => [...ordinalsIn(block, bits)]);
  return [(await readSegment(ctx, segmentId)).size, members.length];
}

/** A segment by a rule, whose people have been found. */
async function found(ctx: RootContext, name: string, rule: typeof buyers) {
  const { id } = await saveSegment(ctx, { name, rule });
  await refreshSegment(asRefresher(ctx), id);
  return id;
}

it("keeps nobody who brings activities waiting for others who do", async () => {
  const ctx = await aScene();
  await inTransaction(ctx, async (within) => {
    await buys(within, "cy");
    // Its transaction would be over before this one is.
    await buys(ctx, "di");
  });
  expect(await followActivities(asFollower(ctx))).toEqual({ people: 2 + 2 });
});

it("asks again of who did something, when activities have come, and of nobody else", async () => {
  const ctx = await aScene();
  const bought = await found(ctx, "Bought", buyers);
  const not = await found(ctx, "Not", { is: "none", of: [buyers] });
  const elsewhere = await found(ctx, "Elsewhere", livesIn("Tver"));
  expect(await sizes(ctx, bought)).toEqual([2, 2]);
  const { organizationId } = ctx;
  // Whom nobody asks about again stays as found: Di lives in Tver now, and did nothing.
  await db.prisma.contact.updateMany({
    where: { organizationId, externalId: "di" },
    data: { attributes: { city: "Tver" } },
  });

  await buys(ctx, "cy");
  const { rows } = await db.pool.query<{ key: string }>(
    "SELECT key FROM graphile_worker.jobs WHERE key = $1",
    [`segment.follow/${organizationId}`],
  );
  expect(rows).toHaveLength(1);
  expect(await followActivities(asFollower(ctx))).toEqual({ people: 1 + 2 });

  expect(await sizes(ctx, bought)).toEqual([3, 3]);
  expect(await sizes(ctx, not)).toEqual([1, 1]);
  expect(await sizes(ctx, elsewhere)).toEqual([2, 2]);
  expect((await readSegment(ctx, bought)).followedAt).toBeInstanceOf(Date);
  expect((await readSegment(ctx, elsewhere)).followedAt).toBeNull();
  expect(await followActivities(asFollower(ctx))).toEqual({ people: 0 });
});

it("is asked for by nothing that was on record already", async () => {
  const ctx = await aScene();
  await followActivities(asFollower(ctx));
  await buys(ctx, "cy");
  expect(await followActivities(asFollower(ctx))).toEqual({ people: 1 });
  await buys(ctx, "cy");
  expect(await followActivities(asFollower(ctx))).toEqual({ people: 0 });
});

it("leaves what ranks people against each other, and what was changed, to a whole refresh", async () => {
  const ctx = await aScene();
  const best = await found(ctx, "Best", {
    is: "ranking",
    type: "purchase",
    by: "money",
    end: "top",
    percent: 50,
  });
  const { id } = await saveSegment(ctx, { name: "Fresh", rule: buyers });
  const before = await sizes(ctx, best);
  await buys(ctx, "cy");
  await followActivities(asFollower(ctx));
  expect(await sizes(ctx, best)).toEqual(before);
  expect(await sizes(ctx, id)).toEqual([null, 0]);
  await refreshSegment(asRefresher(ctx), best);
  expect(await sizes(ctx, best)).not.toEqual(before);
});

it("is the worker's, and follows nothing of another organization", async () => {
  const ctx = await aScene();
  await expect(followActivities(ctx)).rejects.toMatchObject({ code: "forbidden" });
  expect(await followActivities(asFollower(await aContext()))).toEqual({ people: 0 });
  expect(await followActivities(asFollower(ctx))).toEqual({ people: 2 });
});
