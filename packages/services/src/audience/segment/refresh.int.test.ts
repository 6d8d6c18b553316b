import { listOrdinals } from "@ringfence/core/audience/segment";
import { expect, it } from "vitest";
import { aContext, db } from "../../../testing/scenes.ts";
import { aScene, asRefresher, buyers, livesIn } from "../../../testing/segment-scene.ts";
import type { RootContext } from "../../platform/context.ts";
import { queueDueRefreshes, refreshSegment } from "./refresh.ts";
import { saveSegment } from "./save.ts";

async function listMembers({ organizationId }: RootContext, segmentId: string) {
  const blocks = await db.prisma.segmentBlock.findMany({ where: { organizationId, segmentId } });
  const ordinals = blocks.flatMap(({ block, bits }) => [...listOrdinals(block, bits)]);
  const contacts = await db.prisma.contact.findMany({
    where: { organizationId, ordinal: { in: ordinals } },
    orderBy: { externalId: "asc" },
  });
  return contacts.map(({ externalId }) => externalId);
}

it("saves the members of a segment, and removes former ones", async () => {
  const ctx = await aScene();
  const { id, version } = await saveSegment(ctx, { name: "S", rule: livesIn("Tver") });
  expect(await refreshSegment(asRefresher(ctx), id)).toEqual({ size: 2 });
  expect(await listMembers(ctx, id)).toEqual(["bo", "cy"]);

  await saveSegment(ctx, { segment: { id, version }, name: "S", rule: buyers });
  expect(await refreshSegment(asRefresher(ctx), id)).toEqual({ size: 2 });
  expect(await listMembers(ctx, id)).toEqual(["ada", "bo"]);

  const nobody = { is: "any" as const, of: [] };
  await saveSegment(ctx, { segment: { id, version: 2 }, name: "S", rule: nobody });
  expect(await refreshSegment(asRefresher(ctx), id)).toEqual({ size: 0 });
  expect(await listMembers(ctx, id)).toEqual([]);
});

it("refreshes outdated segments, and nothing else", async () => {
  const ctx = await aScene();
  const { organizationId } = ctx;
  const [fresh, old] = [
    await saveSegment(ctx, { name: "Fresh", rule: buyers }),
    await saveSegment(ctx, { name: "Old", rule: buyers }),
  ];
  for (const { id } of [fresh, old]) await refreshSegment(asRefresher(ctx), id);
  await db.pool.query(
    "DELETE FROM graphile_worker._private_jobs WHERE payload->>'organizationId' = $1",
    [organizationId],
  );
  await db.prisma.segment.updateMany({
    where: { organizationId, id: old.id },
    data: { refreshedAt: new Date(Date.now() - 3_700_000) },
  });

  await queueDueRefreshes(db);

  const { rows } = await db.pool.query<{ key: string }>(
    "SELECT key FROM graphile_worker.jobs WHERE key LIKE $1",
    [`segment.refresh/${organizationId}/%`],
  );
  expect(rows.map(({ key }) => key)).toEqual([`segment.refresh/${organizationId}/${old.id}`]);
});

it("is refused to members, and finds no segment of another organization", async () => {
  const ctx = await aScene();
  const { id } = await saveSegment(ctx, { name: "S", rule: buyers });
  await expect(refreshSegment(ctx, id)).rejects.toMatchObject({ code: "forbidden" });
  expect(await refreshSegment(asRefresher(await aContext()), id)).toBeNull();
  expect(await listMembers(ctx, id)).toEqual([]);
});
