import { ListAudit } from "@ringfence/core/platform/audit";
import { expect, it } from "vitest";
import { aContext, as, db } from "../../../testing/scenes.ts";
import { listAudit } from "../../desk/audit-log/list-audit.ts";
import { openSecret } from "../../platform/keys/secrets.ts";
import { changeEndpoint, createWebhook, rotateSecret } from "./webhook.ts";
import { listEndpoints } from "./list.ts";
import { aNumber } from "@ringfence/db/testing";
import { anEndpoint, getWebhookRequest } from "../../../testing/endpoints.ts";
import { recorded } from "../../../testing/opt-outs.ts";
import { claimDeliveries } from "./claim.ts";
import { Webhook } from "standardwebhooks";
import { waitForLockWaiter } from "../../../testing/lock-waiter.ts";
import { type ServiceContext, inTransaction } from "../../platform/context.ts";
import { connectDialer } from "./dialer.ts";

const dialer = {
  name: "Dialer",
  url: "https://dialer.example/hook",
  events: ["opt-out.recorded"],
  reason: "The dialer keeps its own list.",
} as const;

const input = { ...dialer, events: [...dialer.events] };

it("shows the secret once, and stores it encrypted", async () => {
  const ctx = as(await aContext(), "developer");
  const { id, secret } = await createWebhook(ctx, input);
  expect(secret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/);

  const { organizationId, keys } = ctx;
  const row = await db.prisma.endpoint.findFirstOrThrow({ where: { organizationId, id } });
  expect(Buffer.from(row.secret).toString("latin1")).not.toContain(secret);
  expect(openSecret(keys, organizationId, row.secret)).toBe(secret);
});

it("encrypts for one organization: another organization's key does not decrypt it", async () => {
  const [mine, theirs] = [as(await aContext(), "owner"), as(await aContext(), "owner")];
  const { id, secret } = await createWebhook(mine, input);
  expect((await createWebhook(theirs, input)).secret).not.toBe(secret);
  const where = { organizationId: mine.organizationId, id };
  const row = await db.prisma.endpoint.findFirstOrThrow({ where });
  expect(() => openSecret(mine.keys, theirs.organizationId, row.secret)).toThrow(
    "was not sealed by this installation for this organization",
  );
});

it("gives each name once, to whoever comes first", async () => {
  const ctx = as(await aContext(), "owner");
  const made = await Promise.allSettled([1, 2, 3].map(() => createWebhook(ctx, input)));
  expect(made.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
  await expect(createWebhook(ctx, input)).rejects.toMatchObject({ code: "conflict" });
});

it("allows owners and developers", async () => {
  const ctx = await aContext();
  for (const role of ["officer", "marketer", "agent", "auditor"] as const) {
    await expect(createWebhook(as(ctx, role), input)).rejects.toMatchObject({ code: "forbidden" });
  }
});

it("stores the reason, and shows it with each of its entries in the audit trail", async () => {
  const ctx = as(await aContext(), "owner");
  const { id } = await createWebhook(ctx, input);
  await changeEndpoint(ctx, { endpointId: id, isEnabled: false });
  expect(await listEndpoints(ctx)).toMatchObject([{ id, reason: dialer.reason }]);
  const { items } = await listAudit(ctx, ListAudit.parse({}));
  const reasons = items.filter(({ action }) => action === "endpoint.change");
  expect(reasons.map(({ reason }) => reason)).toEqual([dialer.reason, dialer.reason]);
});

it("changes only the given fields", async () => {
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

it("rejects a new address or new events for a dialer, and changes nothing else in that request", async () => {
  const owner = as(await aContext(), "owner");
  const { id: endpointId } = await connectDialer(owner, {
    dialer: {
      kind: "vicidial",
      name: "VICIdial",
      settings: {
        url: "https://dialer.example/vicidial/non_agent_api.php",
        user: "ringfence",
        pass: "a password",
        phoneCode: "1",
      },
    },
    reason: "The dialer keeps its own list.",
  });
  const before = await listEndpoints(owner);
  for (const change of [
    { url: "https://elsewhere.example/" },
    { events: ["registry.updated" as const] },
  ]) {
    await expect(
      changeEndpoint(owner, { endpointId, name: "Renamed", ...change }),
    ).rejects.toMatchObject({ code: "conflict" });
  }
  expect(await listEndpoints(owner)).toEqual(before);
  await changeEndpoint(owner, { endpointId, name: "Renamed", isEnabled: false });
  expect(await listEndpoints(owner)).toMatchObject([{ name: "Renamed" }]);
});

it("sends nothing to a disabled endpoint, and what had waited once it is enabled again", async () => {
  const { ctx, owner, worker, endpointId } = await anEndpoint();
  await recorded(ctx, { phone: aNumber(), channel: "agent" });
  await changeEndpoint(owner, { endpointId, isEnabled: false });
  expect(await claimDeliveries(worker, { endpointId, limit: 10 })).toEqual([]);

  await changeEndpoint(owner, { endpointId, isEnabled: true });
  expect(await claimDeliveries(worker, { endpointId, limit: 10 })).toHaveLength(1);
});

it("rejects the name of another endpoint", async () => {
  const { owner, endpointId } = await anEndpoint();
  await createWebhook(owner, {
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

it("finds no endpoint of another organization, and refuses other roles", async () => {
  const [mine, theirs] = [await anEndpoint(), await anEndpoint()];
  const { endpointId } = theirs;
  await expect(changeEndpoint(mine.owner, { endpointId })).rejects.toMatchObject({
    code: "not-found",
  });
  await expect(changeEndpoint(as(theirs.ctx, "officer"), { endpointId })).rejects.toMatchObject({
    code: "forbidden",
  });
});

async function nextRequest({ ctx, worker, endpointId }: Awaited<ReturnType<typeof anEndpoint>>) {
  await recorded(ctx, { phone: aNumber(), channel: "agent" });
  await db.prisma.delivery.updateMany({
    where: { organizationId: ctx.organizationId },
    data: { claimedUntil: null },
  });
  const [next] = (await claimDeliveries(worker, { endpointId, limit: 50 })).slice(-1);
  return getWebhookRequest(next);
}

const isSignedBy = (secret: string, { body, headers }: Awaited<ReturnType<typeof nextRequest>>) => {
  try {
    new Webhook(secret).verify(body, headers);
    return true;
  } catch {
    return false;
  }
};

it("signs with both secrets for a day, then with the new one only", async () => {
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

it("signs with both of two secrets that were created at once", async () => {
  const scene = await anEndpoint();
  const { owner, endpointId } = scene;
  const work = async (first: ServiceContext) => {
    const { secret } = await rotateSecret(first, endpointId);
    const second = rotateSecret(owner, endpointId);
    await waitForLockWaiter();
    return { secret, second };
  };
  const { secret, second } = await inTransaction(owner, work, { timeoutMs: 30_000 });
  const given = [secret, (await second).secret];
  const request = await nextRequest(scene);
  expect(given.map((secret) => isSignedBy(secret, request))).toEqual([true, true]);
});

it("leaves a dialer's credentials unchanged", async () => {
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

it("rotates nothing of another organization, and refuses other roles", async () => {
  const [mine, theirs] = [await anEndpoint(), await anEndpoint()];
  const { endpointId } = theirs;
  await expect(rotateSecret(mine.owner, endpointId)).rejects.toMatchObject({ code: "not-found" });
  await expect(rotateSecret(as(theirs.ctx, "officer"), endpointId)).rejects.toMatchObject({
    code: "forbidden",
  });
});
