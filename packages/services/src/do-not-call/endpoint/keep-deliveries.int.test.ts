import { aNumber } from "@ringfence/db/testing";
import { expect, it } from "vitest";
import { anEndpoint } from "../../../testing/endpoints.ts";
import { recorded } from "../../../testing/opt-outs.ts";
import { db } from "../../../testing/scenes.ts";
import { claimDeliveries } from "./claim-deliveries.ts";
import { keepDeliveries } from "./keep-deliveries.ts";

async function claimed() {
  const scene = await anEndpoint();
  const { ctx, worker, endpointId } = scene;
  await recorded(ctx, { phone: aNumber(), channel: "agent" });
  const deliveries = await claimDeliveries(worker, { endpointId, limit: 1 });
  const { organizationId } = ctx;
  const endsIn = (seconds: number) =>
    db.prisma.delivery.updateMany({
      where: { organizationId },
      data: { claimedUntil: new Date(Date.now() + seconds * 1_000) },
    });
  const secondsLeft = async () => {
    const [row] = await scene.rows();
    return ((row?.claimedUntil?.getTime() ?? 0) - Date.now()) / 1_000;
  };
  return { ...scene, deliveries, endsIn, secondsLeft };
}

it("keeps a delivery for two more minutes, as long as its worker has it", async () => {
  const { worker, deliveries, endsIn, secondsLeft } = await claimed();
  await endsIn(30);
  await keepDeliveries(worker, deliveries);
  expect(await secondsLeft()).toBeGreaterThan(60);

  await endsIn(-1);
  await expect(keepDeliveries(worker, deliveries)).rejects.toThrow("another worker's");
});

it("keeps none that another attempt has", async () => {
  const { worker, deliveries } = await claimed();
  const earlier = deliveries.map(({ deliveryId, attempt }) => ({
    deliveryId,
    attempt: attempt - 1,
  }));
  await expect(keepDeliveries(worker, earlier)).rejects.toThrow("another worker's");
});

it("keeps none of another organization, and is for the worker alone", async () => {
  const { ctx, deliveries } = await claimed();
  const { worker } = await anEndpoint();
  await expect(keepDeliveries(worker, deliveries)).rejects.toThrow("another worker's");
  await expect(keepDeliveries(ctx, deliveries)).rejects.toMatchObject({ code: "forbidden" });
});
