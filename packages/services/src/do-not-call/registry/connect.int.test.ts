import { randomUUID } from "node:crypto";
import { expect, it } from "vitest";
import { aMember } from "../../../testing/members.ts";
import {
  aRegistry,
  aRegistryThatLists,
  fullList,
  numbersInArea,
  published,
  usDnc,
} from "../../../testing/registries.ts";
import { auWashingAddress, plainMapping } from "@ringfence/core/do-not-call/registry";
import { aContext, db } from "../../../testing/scenes.ts";
import { changeRegistry, connectRegistry, openSource } from "./connect.ts";
import { applyEdition } from "./apply-edition.ts";
import { disconnectRegistry, reconnectRegistry } from "./disconnect.ts";
import { loadSyncState } from "./sync.ts";
import { viewRegistry } from "./list.ts";

const usRegistry = {
  code: "US-FTC-DNC",
  name: "National Do Not Call Registry",
  format: usDnc,
  source: { kind: "http", url: "https://registry.example/818.txt.zip" },
  maxAgeDays: 31,
  maxShrinkShare: 0.02,
} as const;

it("connects a registry and starts to read it", async () => {
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

it("connects a registry once, even with concurrent attempts", async () => {
  const ctx = await aContext();
  const tries = await Promise.allSettled([1, 2].map(() => connectRegistry(ctx, usRegistry)));

  expect(tries.map(({ status }) => status).toSorted()).toEqual(["fulfilled", "rejected"]);
  await expect(connectRegistry(ctx, usRegistry)).rejects.toMatchObject({ code: "conflict" });
});

it("reads a list of who may be called only from a table of numbers", async () => {
  const ctx = await aContext();
  const table = {
    reader: "csv",
    mapping: { ...plainMapping("TR"), maxUnreadableShare: 0 },
  } as const;
  const allowList = { ...usRegistry, code: "TR-IYS", format: table };
  // This format lists every number that the file does not name.
  const inverse = { reader: "sg-dnc" } as const;
  const asked = {
    kind: "au-washing",
    url: auWashingAddress,
    telemarketerId: "1",
    monthlyNumbers: 9,
  } as const;
  const refused = { code: "invalid", explanation: { key: "error.allow-list-format" } };

  await expect(connectRegistry(ctx, { ...allowList, format: inverse })).rejects.toMatchObject(
    refused,
  );
  await expect(connectRegistry(ctx, { ...allowList, source: asked })).rejects.toMatchObject(
    refused,
  );
  const { registryId } = await connectRegistry(ctx, allowList);
  await expect(changeRegistry(ctx, { registryId, format: inverse })).rejects.toMatchObject(refused);
  await expect(changeRegistry(ctx, { registryId, source: asked })).rejects.toMatchObject(refused);
});

it("does not allow an agent", async () => {
  const agent = await aContext({ type: "member", id: "bob", role: "agent", sellerIds: [] });
  await expect(connectRegistry(agent, usRegistry)).rejects.toMatchObject({ code: "forbidden" });
});

it("lets another organization connect the same registry", async () => {
  await connectRegistry(await aContext(), usRegistry);
  await expect(connectRegistry(await aContext(), usRegistry)).resolves.toBeDefined();
});

const elsewhere = { kind: "folder", path: "elsewhere" } as const;

it("changes only the given fields", async () => {
  const { asOfficer, registryId, row } = await aRegistry();
  const before = await row();

  expect(await changeRegistry(asOfficer, { registryId, maxAgeDays: 14 })).toEqual({
    registryId,
    runId: null,
  });

  expect(await row()).toEqual({ ...before, maxAgeDays: 14 });
});

it("reads a registry again after its source changed, even if the bytes are known", async () => {
  const numbers = numbersInArea(818, 3);
  const { ctx, asOfficer, registryId, row } = await aRegistryThatLists(numbers);
  const { sha256 } = await loadSyncState(ctx, registryId);
  await db.prisma.registry.updateMany({
    where: { id: registryId },
    data: { validators: { etag: '"7"' } },
  });

  const { runId } = await changeRegistry(asOfficer, { registryId, source: elsewhere });

  expect(runId).not.toBeNull();
  expect(await row()).toMatchObject({ source: elsewhere });
  expect(await loadSyncState(ctx, registryId)).toMatchObject({
    revision: 2,
    sha256: null,
    validators: null,
  });
  const asBefore = published(registryId, fullList(numbers), { sha256: sha256 ?? "" });
  expect(await applyEdition(ctx, asBefore)).toEqual({ outcome: "outdated" });
  const anew = { ...asBefore, revision: 2 };
  expect(await applyEdition(ctx, anew)).toEqual({ outcome: "unchanged" });
  expect(await loadSyncState(ctx, registryId)).toMatchObject({ sha256 });
  expect((await row()).edition).toBe(1);
});

it("applies the same bytes again after the format changed", async () => {
  const { ctx, asOfficer, registryId, listedNow } = await aRegistryThatLists(numbersInArea(818, 2));
  const { sha256 } = await loadSyncState(ctx, registryId);
  await changeRegistry(asOfficer, { registryId, format: { reader: "us-dnc" } });

  const readOtherwise = published(registryId, fullList(numbersInArea(818, 3)), {
    sha256: sha256 ?? "",
    revision: 2,
  });
  expect(await applyEdition(ctx, readOtherwise)).toMatchObject({ outcome: "applied", added: 1 });
  expect(await listedNow()).toEqual(numbersInArea(818, 3));
});

it("reads an uploaded registry once there is a file, after a change and when it is reconnected", async () => {
  const { ctx } = await aMember();
  const upload = { kind: "upload" } as const;
  const partner = { ...usRegistry, code: "partner", source: upload };
  const { registryId, runId } = await connectRegistry(ctx, partner);
  const change = async () =>
    (await changeRegistry(ctx, { registryId, source: upload, format: usDnc })).runId;
  expect([runId, await change()]).toEqual([null, null]);

  const file = { id: randomUUID(), name: "818.txt", uploadedAt: new Date().toISOString() };
  const source = { ...upload, file };
  await db.prisma.registry.updateMany({ where: { id: registryId }, data: { source } });
  expect(await change()).not.toBeNull();
  await disconnectRegistry(ctx, { registryId, reason: "A test." });
  expect(await change()).toBeNull();
  expect((await reconnectRegistry(ctx, registryId)).runId).not.toBeNull();
  const where = { id: registryId };
  expect(await db.prisma.registry.findFirst({ where })).toMatchObject({ source });
});

it("does not change a registry of another organization", async () => {
  const { registryId, row } = await aRegistry();
  const before = await row();
  const { asOfficer } = await aRegistry();
  await expect(changeRegistry(asOfficer, { registryId, maxAgeDays: 1 })).rejects.toMatchObject({
    code: "not-found",
  });
  expect(await row()).toEqual(before);
});

const hostKey = `SHA256:${"A".repeat(43)}`;

const sftp = {
  kind: "sftp",
  host: "sftp.example",
  port: 22,
  user: "ada",
  path: "/lists",
  hostKey,
} as const;

/** Creates a registry whose source needs a secret. */
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

it("gives the secret to the worker only, and stores it encrypted", async () => {
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

it("keeps the secret for the same server, and drops it for another", async () => {
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

it("saves a new secret", async () => {
  const { ctx, registryId, change, row } = await scene();
  const { revision } = await row();
  expect((await change({ secret: "battery staple" })).runId).not.toBeNull();
  expect(await openSource(ctx, registryId)).toMatchObject({ secret: "battery staple" });
  expect((await row()).revision).toBe(revision + 1);
});

it("does not open a secret in the row of another registry", async () => {
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
