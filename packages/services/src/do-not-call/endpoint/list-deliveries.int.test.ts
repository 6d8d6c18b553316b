import { ListDeliveries } from "@ringfence/core/do-not-call/endpoint";
import { aNumber } from "@ringfence/db/testing";
import { expect, it } from "vitest";
import { anEndpoint } from "../../../testing/endpoints.ts";
import { recorded } from "../../../testing/opt-outs.ts";
import { as } from "../../../testing/scenes.ts";
import { claimDeliveries } from "./claim-deliveries.ts";
import { listDeliveries } from "./list-deliveries.ts";
import { settleDeliveries } from "./settle-deliveries.ts";

async function threeDeliveries() {
  const scene = await anEndpoint();
  for (let n = 0; n < 3; n++) await recorded(scene.ctx, { phone: aNumber(), channel: "agent" });
  return scene;
}

it("shows the newest first, page after page", async () => {
  const { ctx, rows } = await threeDeliveries();
  const ids = (await rows()).map(({ id }) => id).toReversed();
  const first = await listDeliveries(ctx, ListDeliveries.parse({ limit: 2 }));
  expect(first.items.map(({ id }) => id)).toEqual(ids.slice(0, 2));
  const second = await listDeliveries(ctx, ListDeliveries.parse({ limit: 2, after: first.next }));
  expect([second.items.map(({ id }) => id), second.next]).toEqual([ids.slice(2), null]);
});

it("tells what came of each, and finds those of one kind", async () => {
  const { ctx, worker, endpointId } = await threeDeliveries();
  const [sent] = await claimDeliveries(worker, { endpointId, limit: 1 });
  if (sent === undefined) throw new Error("nothing to send");
  await settleDeliveries(worker, [sent], { status: 200 });

  const { items } = await listDeliveries(
    ctx,
    ListDeliveries.parse({ endpointId, status: "delivered" }),
  );
  expect(items).toMatchObject([
    { id: sent.deliveryId, event: "opt-out.recorded", outcome: { status: 200 }, dueAt: null },
  ]);
});

it("shows nothing of another organization, and not to everybody", async () => {
  const { ctx, endpointId } = await threeDeliveries();
  const stranger = (await anEndpoint()).ctx;
  expect((await listDeliveries(stranger, ListDeliveries.parse({ endpointId }))).items).toEqual([]);
  await expect(listDeliveries(as(ctx, "agent"), ListDeliveries.parse({}))).rejects.toMatchObject({
    code: "forbidden",
  });
});
