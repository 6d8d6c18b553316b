import { mkdtemp, readdir } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { RegistrySource } from "@ringfence/core/do-not-call/registry";
import { expect, it } from "vitest";
import { aRegistry } from "../../../testing/registries.ts";
import { db } from "../../../testing/scenes.ts";
import { openFiles, registryFile } from "../../platform/files/index.ts";
import { listRegistries } from "./list.ts";
import { startDueReadings } from "./reading-schedule.ts";
import { uploadEdition } from "./upload-edition.ts";

async function* content(text: string) {
  yield Buffer.from(text);
}

const broken = () => Promise.reject(new Error("EIO"));

/** Creates a registry whose files a person uploads. */
async function scene(source: RegistrySource = { kind: "upload" }) {
  const { asOfficer, registryId, organizationId, row } = await aRegistry();
  await db.prisma.registry.updateMany({ where: { id: registryId }, data: { source } });
  const folder = await mkdtemp(path.join(tmpdir(), "ringfence-files-"));
  const files = openFiles(folder);
  const ctx = { ...asOfficer, files };
  const upload = (text: string, fileName = "list.csv") =>
    uploadEdition(ctx, { registryId, fileName, content: content(text) });
  const kept = async () => {
    const { file } = RegistrySource.parse((await row()).source) as { file?: { id: never } };
    if (!file) return null;
    const pieces: Uint8Array[] = [];
    for await (const piece of files.read(registryFile(organizationId, file.id))) pieces.push(piece);
    return { ...file, text: Buffer.concat(pieces).toString() };
  };
  const all = async () =>
    (await readdir(folder, { recursive: true, withFileTypes: true })).filter((e) => e.isFile());
  return { ctx, registryId, organizationId, upload, kept, all };
}

it("saves the last upload and starts to read it", async () => {
  const { upload, kept, all, organizationId } = await scene();
  const { runId } = await upload("818,5550100\n", "August.txt");
  expect(await kept()).toMatchObject({ name: "August.txt", text: "818,5550100\n" });
  expect(await db.prisma.run.findMany({ where: { organizationId } })).toMatchObject([
    { id: runId, job: "registry.sync", status: "queued" },
  ]);
  await upload("818,5550101\n");
  expect(await kept()).toMatchObject({ text: "818,5550101\n" });
  expect(await all()).toHaveLength(1);
});

it("keeps the upload if the previous file cannot be erased", async () => {
  const { ctx, registryId, upload, kept } = await scene();
  await upload("818,5550100\n");
  const replacing = uploadEdition(
    { ...ctx, files: { ...ctx.files, erase: broken } },
    { registryId, fileName: "list.csv", content: content("818,5550101\n") },
  );
  await expect(replacing).rejects.toThrow("EIO");
  expect(await kept()).toMatchObject({ text: "818,5550101\n" });
});

it("is not read again every night", async () => {
  const { ctx, organizationId } = await scene();
  await startDueReadings(db);
  expect(await db.prisma.run.count({ where: { organizationId } })).toBe(0);
  expect(await listRegistries(ctx)).toMatchObject([{ awaits: "upload", nextReadAt: null }]);
});

it("refuses registries with another source, and leaves no file behind", async () => {
  const { upload, all } = await scene({ kind: "folder", path: "us" });
  await expect(upload("818,5550100\n")).rejects.toMatchObject({ code: "conflict" });
  expect(await all()).toEqual([]);
});

it("uploads nothing to a registry of another organization", async () => {
  const { registryId } = await scene();
  const { ctx, all } = await scene();
  const uploading = uploadEdition(ctx, { registryId, fileName: "x", content: content("x") });
  await expect(uploading).rejects.toMatchObject({ code: "not-found" });
  expect(await all()).toEqual([]);
});

it("is refused while the registry is disconnected, and leaves no file", async () => {
  const { upload, all, registryId, organizationId } = await scene();
  const data = { disconnectedAt: new Date() };
  await db.prisma.registry.updateMany({ where: { id: registryId }, data });
  await expect(upload("2025550100")).rejects.toMatchObject({
    explanation: { key: "registry.disconnected-already" },
  });
  expect(await all()).toEqual([]);
  expect(await db.prisma.run.count({ where: { organizationId } })).toBe(0);
});
