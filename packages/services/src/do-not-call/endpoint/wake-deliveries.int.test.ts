import { aNumber } from "@ringfence/db/testing";
import { expect, it } from "vitest";
import { anEndpoint } from "../../../testing/endpoints.ts";
import { recorded } from "../../../testing/opt-outs.ts";
import { db } from "../../../testing/scenes.ts";
import { wakeDeliveries } from "./wake-deliveries.ts";

/** A delivery whose job is lost, and that has been due for so long. */
async function overdue(seconds: number, claimedUntil: Date | null = null) {
  const { ctx, endpointId } = await anEndpoint();
  await recorded(ctx, { phone: aNumber(), channel: "agent" });
  const dueAt = new Date(Date.now() - seconds * 1_000);
  await db.prisma.delivery.updateMany({
    where: { organizationId: ctx.organizationId },
    data: { dueAt, claimedUntil },
  });
  const jobs = async () => {
    const { rows } = await db.pool.query(
      "SELECT 1 FROM graphile_worker._private_jobs WHERE payload ->> 'endpointId' = $1",
      [endpointId],
    );
    return rows.length;
  };
  return { before: await jobs(), jobs };
}

it("queues what nobody looks at, once for each endpoint", async () => {
  const soon = new Date(Date.now() + 30_000);
  const [lost, fresh, underWay] = [await overdue(60), await overdue(1), await overdue(60, soon)];
  await wakeDeliveries(db);
  expect((await lost.jobs()) - lost.before).toBe(1);
  expect((await fresh.jobs()) - fresh.before).toBe(0);
  expect((await underWay.jobs()) - underWay.before).toBe(0);
});
