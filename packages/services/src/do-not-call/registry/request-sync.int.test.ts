import { expect, it } from "vitest";
import { aRegistry } from "../../../testing/registries.ts";
import { db } from "../../../testing/scenes.ts";
import { requestSync } from "./request-sync.ts";

it("has a registry read now, once however many ask", async () => {
  const { asOfficer, organizationId, registryId } = await aRegistry();

  const runs = await Promise.all([1, 2, 3].map(() => requestSync(asOfficer, registryId)));

  expect(new Set(runs.map(({ runId }) => runId)).size).toBe(1);
  expect(await db.prisma.auditEntry.findMany({ where: { organizationId } })).toMatchObject([
    { action: "registry.change", details: { change: "sync", registryId } },
  ]);
});

it("does not read a registry of another organization", async () => {
  const { registryId } = await aRegistry();
  const { asOfficer } = await aRegistry();
  await expect(requestSync(asOfficer, registryId)).rejects.toMatchObject({ code: "not-found" });
});
