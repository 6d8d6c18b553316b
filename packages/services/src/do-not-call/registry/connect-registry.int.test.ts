import { expect, it } from "vitest";
import { usDnc } from "../../../testing/registries.ts";
import { aContext, db } from "../../../testing/scenes.ts";
import { connectRegistry } from "./connect-registry.ts";

const usRegistry = {
  code: "US-FTC-DNC",
  name: "National Do Not Call Registry",
  format: usDnc,
  source: { kind: "http", url: "https://registry.example/818.txt.zip" },
  maxAgeDays: 31,
  maxShrinkShare: 0.02,
} as const;

it("subscribes to a registry, and has it read at once", async () => {
  const ctx = await aContext();
  const { registryId, runId } = await connectRegistry(ctx, usRegistry);

  const { organizationId } = ctx;
  expect(await db.prisma.registry.findFirst({ where: { organizationId } })).toMatchObject({
    id: registryId,
    ...usRegistry,
    edition: 0,
  });
  expect(await db.prisma.run.findFirst({ where: { organizationId } })).toMatchObject({
    id: runId,
    job: "registry.sync",
    subjectId: registryId,
    status: "queued",
  });
  expect(await db.prisma.auditEntry.findFirst({ where: { organizationId } })).toMatchObject({
    action: "registry.change",
    details: { change: "connected", code: "US-FTC-DNC" },
  });
});

it("subscribes to it once, also when two try at the same time", async () => {
  const ctx = await aContext();
  const tries = await Promise.allSettled([1, 2].map(() => connectRegistry(ctx, usRegistry)));

  expect(tries.map(({ status }) => status).toSorted()).toEqual(["fulfilled", "rejected"]);
  await expect(connectRegistry(ctx, usRegistry)).rejects.toMatchObject({ code: "conflict" });
});

it("is not for an agent", async () => {
  const agent = await aContext({ type: "member", id: "bob", role: "agent", sellerIds: [] });
  await expect(connectRegistry(agent, usRegistry)).rejects.toMatchObject({ code: "forbidden" });
});

it("lets another organization subscribe to the same registry", async () => {
  await connectRegistry(await aContext(), usRegistry);
  await expect(connectRegistry(await aContext(), usRegistry)).resolves.toBeDefined();
});
