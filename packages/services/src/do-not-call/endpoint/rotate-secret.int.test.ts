import { aNumber } from "@ringfence/db/testing";
import { Webhook } from "standardwebhooks";
import { expect, it } from "vitest";
import { anEndpoint, requestOf } from "../../../testing/endpoints.ts";
import { recorded } from "../../../testing/opt-outs.ts";
import { as, db } from "../../../testing/scenes.ts";
import { untilOneWaits } from "../../../testing/until-one-waits.ts";
import { inTransaction, type ServiceContext } from "../../platform/context.ts";
import { claimDeliveries } from "./claim-deliveries.ts";
import { connectDialer } from "./connect-dialer.ts";
import { rotateSecret } from "./rotate-secret.ts";

async function nextRequest({ ctx, worker, endpointId }: Awaited<ReturnType<typeof anEndpoint>>) {
  await recorded(ctx, { phone: aNumber(), channel: "agent" });
  await db.prisma.delivery.updateMany({
    where: { organizationId: ctx.organizationId },
    data: { claimedUntil: null },
  });
  const [next] = (await claimDeliveries(worker, { endpointId, limit: 50 })).slice(-1);
  return requestOf(next);
}

const isSignedBy = (secret: string, { body, headers }: Awaited<ReturnType<typeof nextRequest>>) => {
  try {
    new Webhook(secret).verify(body, headers);
    return true;
  } catch {
    return false;
  }
};

it("signs with both for a day, and then with the new one alone", async () => {
  const scene = await anEndpoint();
  const { owner, endpointId, secret: old } = scene;
  const { secret } = await rotateSecret(owner, endpointId);
  expect(secret).not.toBe(old);

  const during = await nextRequest(scene);
  expect([isSignedBy(old, during), isSignedBy(secret, during)]).toEqual([true, true]);

  const { organizationId } = owner;
  await db.prisma.endpoint.updateMany({
    where: { organizationId },
    data: { oldSecretUntil: new Date(Date.now() - 1_000) },
  });
  const after = await nextRequest(scene);
  expect([isSignedBy(old, after), isSignedBy(secret, after)]).toEqual([false, true]);
});

it("signs with both secrets of two that were given at once", async () => {
  const scene = await anEndpoint();
  const { owner, endpointId } = scene;
  const work = async (first: ServiceContext) => {
    const { secret } = await rotateSecret(first, endpointId);
    const second = rotateSecret(owner, endpointId);
    await untilOneWaits();
    return { secret, second };
  };
  const { secret, second } = await inTransaction(owner, work, { timeoutMs: 30_000 });
  const given = [secret, (await second).secret];
  const request = await nextRequest(scene);
  expect(given.map((secret) => isSignedBy(secret, request))).toEqual([true, true]);
});

it("leaves a dialer signed in to as before", async () => {
  const { owner } = await anEndpoint();
  const settings = { url: "https://dialer.example/", user: "66", pass: "hunter22", phoneCode: "1" };
  const { id } = await connectDialer(owner, {
    dialer: { kind: "vicidial", name: "VICIdial", settings },
    reason: "The dialer keeps its own list.",
  });
  const row = () => db.prisma.endpoint.findFirstOrThrow({ where: { id } });
  const before = await row();
  await expect(rotateSecret(owner, id)).rejects.toMatchObject({ code: "conflict" });
  expect(await row()).toEqual(before);
});

it("rotates nothing of another organization, and not everybody may", async () => {
  const [mine, theirs] = [await anEndpoint(), await anEndpoint()];
  const { endpointId } = theirs;
  await expect(rotateSecret(mine.owner, endpointId)).rejects.toMatchObject({ code: "not-found" });
  await expect(rotateSecret(as(theirs.ctx, "officer"), endpointId)).rejects.toMatchObject({
    code: "forbidden",
  });
});
