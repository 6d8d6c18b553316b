import { Readable } from "node:stream";
import { text } from "node:stream/consumers";
import { expect, it } from "vitest";
import { aFetch, toContent } from "../../../testing/fetches.ts";
import { registryFile } from "../../platform/files/index.ts";
import { startFetch, saveFetchedFile, loadFetchFacts, updateFetch } from "./daily-fetch.ts";
import { db } from "../../../testing/scenes.ts";

it("starts without the files of the previous fetch", async () => {
  const { ctx, registryId, fetchId } = await aFetch();
  const place = "https://rf.example/a.zip";
  const kept = await saveFetchedFile(ctx, {
    registryId,
    fetchId,
    name: "a.zip",
    place,
    content: toContent("a"),
  });
  const begun = await startFetch(ctx, { registryId, revision: 2, kind: "change" });
  expect(begun).toMatchObject({ kind: "change", revision: 2, status: "open", files: [] });
  expect((await loadFetchFacts(ctx, registryId)).last).toEqual(begun);
  const file = ctx.files.read(registryFile(ctx.organizationId, kept.id));
  await expect(text(Readable.from(file))).rejects.toThrow("ENOENT");
});

it("allows only the worker, and finds no registry of another organization", async () => {
  const { stranger, asOfficer, registryId } = await aFetch();
  const fetch = { registryId, revision: 1, kind: "full" } as const;
  await expect(startFetch(stranger, fetch)).rejects.toMatchObject({ code: "not-found" });
  await expect(startFetch(asOfficer, fetch)).rejects.toMatchObject({ code: "forbidden" });
});

const named = (name: string) => ({ name, place: `https://rf.example/${name}` });

it("saves each file with its content", async () => {
  const { ctx, registryId, fetchId } = await aFetch();
  for (const name of ["a.zip", "b.zip"]) {
    await saveFetchedFile(ctx, { registryId, fetchId, ...named(name), content: toContent(name) });
  }
  const { last } = await loadFetchFacts(ctx, registryId);
  expect(last?.files).toMatchObject([named("a.zip"), named("b.zip")]);
  for (const { id, name } of last?.files ?? []) {
    expect(await text(Readable.from(ctx.files.read(registryFile(ctx.organizationId, id))))).toBe(
      name,
    );
  }
});

it("allows only the worker, and finds no registry of another organization", async () => {
  const { stranger, asOfficer, registryId, fetchId } = await aFetch();
  const file = { registryId, fetchId, ...named("a.zip") };
  const keep = (ctx: typeof stranger) => saveFetchedFile(ctx, { ...file, content: toContent("a") });
  await expect(keep(stranger)).rejects.toMatchObject({ code: "not-found" });
  await expect(keep(asOfficer)).rejects.toMatchObject({ code: "forbidden" });
});

it("updates only the given fields", async () => {
  const { ctx, registryId, fetchId, begun } = await aFetch();
  await updateFetch(ctx, { registryId, fetchId, request: "token" });
  await updateFetch(ctx, { registryId, fetchId, status: "whole" });
  const { last } = await loadFetchFacts(ctx, registryId);
  expect(last).toEqual({ ...begun, request: "token", status: "whole" });
});

it("allows only the worker, and finds no registry of another organization", async () => {
  const { stranger, asOfficer, ctx, registryId, fetchId, begun } = await aFetch();
  const lost = { registryId, fetchId, status: "lost" } as const;
  await expect(updateFetch(stranger, lost)).rejects.toMatchObject({ code: "not-found" });
  await expect(updateFetch(asOfficer, lost)).rejects.toMatchObject({ code: "forbidden" });
  expect((await loadFetchFacts(ctx, registryId)).last).toEqual(begun);
});

it("returns the last fetch and the edition in force", async () => {
  const { ctx, registryId, begun } = await aFetch();
  expect(await loadFetchFacts(ctx, registryId)).toMatchObject({
    last: begun,
    needsFullList: true,
    covered: [],
    isAccepted: false,
  });
  await db.prisma.registry.updateMany({
    where: { id: registryId },
    data: { areas: { 1818: 3 }, edition: 1 },
  });
  expect(await loadFetchFacts(ctx, registryId)).toMatchObject({
    needsFullList: false,
    covered: [1_818],
  });
});

it("does not accept an edition because an earlier fetch was accepted", async () => {
  const { ctx, registryId, begun } = await aFetch();
  const { organizationId } = ctx;
  const counts = { lines: 1n, bytes: 1n, listed: 1n, added: 1n, removed: 0n };
  const edition = { organizationId, registryId, revision: 1, kind: "full", sha256: "0", ...counts };
  const accepted = (readAt: Date) =>
    db.prisma.registryEdition.create({ data: { ...edition, status: "accepted", readAt } });
  await accepted(new Date(begun.startedAt.valueOf() - 1));
  expect(await loadFetchFacts(ctx, registryId)).toMatchObject({ isAccepted: false });
  await accepted(begun.startedAt);
  expect(await loadFetchFacts(ctx, registryId)).toMatchObject({ isAccepted: true });
});

it("finds no registry of another organization, and does not allow people", async () => {
  const { stranger, asOfficer, registryId } = await aFetch();
  await expect(loadFetchFacts(stranger, registryId)).rejects.toMatchObject({ code: "not-found" });
  await expect(loadFetchFacts(asOfficer, registryId)).rejects.toMatchObject({ code: "forbidden" });
});
