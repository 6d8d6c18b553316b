import { expect, it } from "vitest";
import { anEndpoint } from "../../../testing/endpoints.ts";
import { recordPull } from "./record-pull.ts";

const askedAt = new Date("2026-03-01T10:00:00Z");

it("keeps when a dialer was last heard out", async () => {
  const { worker, endpointId, endpoint } = await anEndpoint();
  await recordPull(worker, { endpointId, askedAt });
  expect(await endpoint()).toMatchObject({ pulledAt: askedAt });
});

it("is for workers, and keeps nothing of another organization", async () => {
  const [mine, theirs] = [await anEndpoint(), await anEndpoint()];
  const { endpointId } = theirs;
  await expect(recordPull(mine.worker, { endpointId, askedAt })).rejects.toMatchObject({
    code: "not-found",
  });
  await expect(recordPull(theirs.owner, { endpointId, askedAt })).rejects.toMatchObject({
    code: "forbidden",
  });
  expect((await theirs.endpoint()).pulledAt).toBeNull();
});
