import { expect, it } from "vitest";
import { listPlainStatements } from "../../../testing/ledger.ts";
import { aRegistryThatLists, numbersInArea } from "../../../testing/registries.ts";
import { db } from "../../../testing/scenes.ts";

it("records an edition on the ledger and in the audit trail", async () => {
  const { organizationId, registryId } = await aRegistryThatLists(numbersInArea(818, 3));
  expect(await listPlainStatements(db, organizationId)).toMatchObject([
    {
      kind: "registry.edition",
      registryId,
      number: 1,
      listed: 3,
      added: 3,
      removed: 0,
      organization: organizationId,
      registry: expect.stringMatching(/^R-/),
      sha256: expect.stringMatching(/^[0-9a-f]{64}$/),
      lines: 3,
      bytes: 12,
      downloadedAt: "2026-03-01T02:00:00.000Z",
    },
  ]);
  expect(await db.prisma.auditEntry.findFirst({ where: { organizationId } })).toMatchObject({
    action: "registry.apply",
    details: { registryId, outcome: "applied" },
  });
});
