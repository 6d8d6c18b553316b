import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { RegistryId } from "@ringfence/core/ids";
import type { ChangeRegistry } from "@ringfence/core/do-not-call/registry";
import type { Db } from "@ringfence/db";
import { anOrganization } from "@ringfence/db/testing";
import { openFiles } from "@ringfence/services/platform/files";
import { keysIn } from "@ringfence/services/testing/keys";
import {
  changeRegistry,
  connectRegistry,
  startSync,
} from "@ringfence/services/do-not-call/registry";
import { readRun } from "@ringfence/services/platform/run";
import { onTestFinished } from "vitest";
import { syncRegistry } from "../src/jobs/do-not-call/sync-registry.ts";
import { aFolder } from "./folder.ts";
import { noMessages } from "./no-messages.ts";

/** New keys, until the test ends. */
export function someKeys() {
  const folder = mkdtempSync(path.join(tmpdir(), "ringfence-keys-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return keysIn(folder);
}

/** An officer of a new organization, with new keys unless others are given. */
export async function anOfficer(db: Db, keys = someKeys()) {
  const organizationId = await anOrganization(db);
  const actor = {
    type: "member",
    id: "ada",
    role: "officer",
    sellerIds: [],
    isProven: true,
  } as const;
  return { db, keys, organizationId, actor };
}

/** A worker that may read registries from a host on this machine. */
export async function aRegistryReader(ctx: Awaited<ReturnType<typeof anOfficer>>, host: string) {
  const { db, keys, organizationId } = ctx;
  const files = openFiles(await aFolder());
  const waits: number[] = [];
  const wait = (ms: number) => Promise.resolve(waits.push(ms));
  const sources = { registriesFolder: null, privateHosts: [host], wait };
  return {
    files,
    /** Lengths of the pauses between questions, in milliseconds. */
    waits,
    /** Runs a reading and returns the run. */
    sync: async (registryId: RegistryId, signal = new AbortController().signal) => {
      const { runId } = await startSync(ctx, registryId);
      const tools = { db, keys, files, sources, worker: "a", signal, ...noMessages };
      await syncRegistry.perform({ organizationId, runId }, tools);
      return readRun(ctx, runId);
    },
  };
}

/** An officer of a new organization, who connects the US registry at an address. */
export async function aConnectedRegistry(db: Db, url: string) {
  const ctx = await anOfficer(db);
  const { organizationId } = ctx;
  const { registryId, runId } = await connectRegistry(ctx, {
    code: "US-FTC-DNC",
    name: "National Do Not Call Registry",
    format: { reader: "us-dnc" },
    source: { kind: "http", url },
    maxAgeDays: 31,
    maxShrinkShare: 0.02,
  });
  if (runId === null) throw new Error("a registry with an address is read at once");
  return {
    ctx,
    organizationId,
    registryId,
    runId,
    row: () => db.prisma.registry.findFirstOrThrow({ where: { id: registryId } }),
    shownRun: () => readRun(ctx, runId),
    change: (change: Omit<ChangeRegistry, "registryId">) =>
      changeRegistry(ctx, { registryId: RegistryId.parse(registryId), ...change }),
    /** Starts another reading and returns the new run. */
    again: async () => {
      const run = await startSync(ctx, registryId);
      return { runId: run.runId, shownRun: () => readRun(ctx, run.runId) };
    },
  };
}

/** Full-list lines of numbers from 555-0000 on. */
export const fullList = (count: number, areaCode = 818) =>
  Array.from({ length: count }, (_, n) => `${areaCode},555${String(n).padStart(4, "0")}\n`).join(
    "",
  );
