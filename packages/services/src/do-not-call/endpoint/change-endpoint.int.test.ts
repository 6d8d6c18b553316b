import { aNumber } from "@ringfence/db/testing";
import { expect, it } from "vitest";
import { anEndpoint } from "../../../testing/endpoints.ts";
import { recorded } from "../../../testing/opt-outs.ts";
import { as } from "../../../testing/scenes.ts";
import { changeEndpoint } from "./change-endpoint.ts";
import { claimDeliveries } from "./claim-deliveries.ts";
import { makeEndpoint } from "./make-endpoint.ts";

it("changes what is named, and leaves the rest", async () => {
  const { owner, endpointId, endpoint } = await anEndpoint();
  const before = await endpoint();
  await changeEndpoint(owner, {
    endpointId,
    url: "https://other.example/",
    events: ["registry.updated"],
  });
  expect(await endpoint()).toEqual({
    ...before,
    url: "https://other.example/",
    events: ["registry.updated"],
  });
});

it("tells a disabled endpoint nothing, and when it is enabled again what had waited", async () => {
  const { ctx, owner, worker, endpointId } = await anEndpoint();
  await recorded(ctx, { phone: aNumber(), channel: "agent" });
  await changeEndpoint(owner, { endpointId, isEnabled: false });
  expect(await claimDeliveries(worker, { endpointId, limit: 10 })).toEqual([]);

  await changeEndpoint(owner, { endpointId, isEnabled: true });
  expect(await claimDeliveries(worker, { endpointId, limit: 10 })).toHaveLength(1);
});

it("does not take the name of another", async () => {
  const { owner, endpointId } = await anEndpoint();
  await makeEndpoint(owner, {
    reason: "The dialer keeps its own list.",
    name: "Taken",
    url: "https://x.example/",
    events: ["consent.changed"],
  });
  await expect(changeEndpoint(owner, { endpointId, name: "Taken" })).rejects.toMatchObject({
    code: "conflict",
    path: "/name",
  });
});

it("knows no endpoint of another organization, and not everybody may", async () => {
  const [mine, theirs] = [await anEndpoint(), await anEndpoint()];
  const { endpointId } = theirs;
  await expect(changeEndpoint(mine.owner, { endpointId })).rejects.toMatchObject({
    code: "not-found",
  });
  await expect(changeEndpoint(as(theirs.ctx, "officer"), { endpointId })).rejects.toMatchObject({
    code: "forbidden",
  });
});
