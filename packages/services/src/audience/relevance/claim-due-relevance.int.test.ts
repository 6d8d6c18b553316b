import { expect, it } from "vitest";
import { asTrainer, byCity, calledOrganization } from "../../../testing/relevance-scene.ts";
import { aContext, db } from "../../../testing/scenes.ts";
import type { RootContext } from "../../platform/context.ts";
import { claimDueRelevance } from "./claim-due-relevance.ts";
import { trainRelevance } from "./train-relevance.ts";

const everyHour = Array.from({ length: 24 }, (_, hour) => hour);

async function isAsked({ organizationId }: RootContext) {
  const { rowCount } = await db.pool.query(
    "DELETE FROM graphile_worker._private_jobs WHERE key = $1",
    [`relevance.train/${organizationId}`],
  );
  return rowCount === 1;
}

it("asks for who has calls, once a night, though another's zone is unknown", async () => {
  const { ctx } = await calledOrganization(byCity, 3);
  const [idle, lost] = [await aContext(), await calledOrganization(byCity, 3)];
  const { organizationId: id } = lost.ctx;
  await db.prisma.organization.update({ where: { id }, data: { zone: "Mars/Olympus" } });

  const hoursAsked = [];
  for (const hour of everyHour) {
    await claimDueRelevance(db, hour);
    if (await isAsked(ctx)) hoursAsked.push(hour);
  }
  // Two where the clock has just gone on.
  expect(hoursAsked.length).toBeGreaterThan(0);
  expect(hoursAsked.length).toBeLessThan(3);
  expect(await isAsked(idle)).toBe(false);
  expect(await isAsked(lost.ctx)).toBe(false);

  await trainRelevance(asTrainer(ctx));
  for (const hour of everyHour) await claimDueRelevance(db, hour);
  expect(await isAsked(ctx)).toBe(false);
});
