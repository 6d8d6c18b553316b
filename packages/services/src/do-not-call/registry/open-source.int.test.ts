import { expect, it } from "vitest";
import { usDnc } from "../../../testing/registries.ts";
import { aContext, db } from "../../../testing/scenes.ts";
import { changeRegistry } from "./change-registry.ts";
import { connectRegistry } from "./connect-registry.ts";
import { openSource } from "./open-source.ts";
import { viewRegistry } from "./view-registry.ts";

const hostKey = `SHA256:${"A".repeat(43)}`;
const sftp = {
  kind: "sftp",
  host: "sftp.example",
  port: 22,
  user: "ada",
  path: "/lists",
  hostKey,
} as const;

/** A registry whose source opens with a secret. */
async function scene() {
  const asOfficer = await aContext();
  const { registryId } = await connectRegistry(asOfficer, {
    code: "US-FTC-DNC",
    name: "National Do Not Call Registry",
    format: usDnc,
    source: sftp,
    secret: "correct horse",
    maxAgeDays: 31,
    maxShrinkShare: 0.02,
  });
  const ctx = { ...asOfficer, actor: { type: "job", name: "registry.sync" } } as const;
  const change = (more: object) => changeRegistry(asOfficer, { registryId, ...more });
  const row = () => db.prisma.registry.findFirstOrThrow({ where: { id: registryId } });
  return { asOfficer, ctx, registryId, change, row };
}

it("gives the worker the secret, which stands encrypted, and is shown to nobody", async () => {
  const { asOfficer, ctx, registryId, row } = await scene();
  expect(await openSource(ctx, registryId)).toEqual({ source: sftp, secret: "correct horse" });
  expect(Buffer.from((await row()).secret ?? "").includes("horse")).toBe(false);
  const shown = await viewRegistry(asOfficer, registryId);
  expect(shown).toMatchObject({ hasSecret: true, source: sftp });
  expect(JSON.stringify(shown)).not.toContain("horse");
  const audit = await db.prisma.auditEntry.findMany({
    where: { organizationId: ctx.organizationId },
  });
  expect(JSON.stringify(audit)).not.toContain("horse");
  await expect(openSource(asOfficer, registryId)).rejects.toMatchObject({ code: "forbidden" });
});

it("keeps a secret while the server is the same, and forgets it with another", async () => {
  const { ctx, registryId, change, row } = await scene();
  await change({ source: { ...sftp, path: "/other" } });
  expect(await openSource(ctx, registryId)).toMatchObject({ secret: "correct horse" });
  for (const other of [{ host: "evil.example" }, { port: 2_222 }, { hostKey: undefined }]) {
    await change({ source: sftp, secret: "correct horse" });
    await change({ source: { ...sftp, ...other } });
    expect((await row()).secret).toBeNull();
    await expect(openSource(ctx, registryId)).rejects.toMatchObject({
      explanation: { key: "source.secret-missing" },
    });
  }
});

it("takes a new secret", async () => {
  const { ctx, registryId, change, row } = await scene();
  const { revision } = await row();
  expect((await change({ secret: "battery staple" })).runId).not.toBeNull();
  expect(await openSource(ctx, registryId)).toMatchObject({ secret: "battery staple" });
  expect((await row()).revision).toBe(revision + 1);
});

it("opens no secret in the row of another registry", async () => {
  const { ctx, registryId, row } = await scene();
  const { secret } = await row();
  const other = await scene();
  await db.prisma.registry.updateMany({ where: { id: other.registryId }, data: { secret } });
  await expect(openSource(other.ctx, other.registryId)).rejects.toMatchObject({ code: "conflict" });
  expect(await openSource(ctx, registryId)).toBeDefined();
});

it("does not open a source of another organization", async () => {
  const { registryId } = await scene();
  const { ctx } = await scene();
  await expect(openSource(ctx, registryId)).rejects.toMatchObject({ code: "not-found" });
});
