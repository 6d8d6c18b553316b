import type { ConnectRegistry, FtcSource } from "@ringfence/core/do-not-call/registry";
import type { Db } from "@ringfence/db";
import { anOrganization } from "@ringfence/db/testing";
import { openFiles } from "@ringfence/services/platform/files";
import {
  changeRegistry,
  connectRegistry,
  startSync,
} from "@ringfence/services/do-not-call/registry";
import { readRun } from "@ringfence/services/platform/run";
import { onTestFinished } from "vitest";
import { syncRegistry } from "../../src/jobs/do-not-call/sync-registry.ts";
import { aFolder } from "../folder.ts";
import { noMessages } from "../no-messages.ts";
import { someKeys } from "../registry.ts";
import { type FtcWorld, ftcAccount, openFtcServer } from "./ftc-server.ts";

/** The US registry, connected to its download service on this machine, and a worker that reads it. */
export async function anFtcRegistry(
  db: Db,
  {
    world: more,
    ...given
  }: { world?: Partial<FtcWorld>; secret?: string; source?: Partial<FtcSource> } = {},
) {
  const { world, url, host, close } = await openFtcServer(more);
  onTestFinished(close);
  const organizationId = await anOrganization(db);
  const actor = { type: "member", id: "ada", role: "officer", sellerIds: [] } as const;
  const keys = someKeys();
  const ctx = { db, keys, organizationId, actor };
  const registry: ConnectRegistry = {
    code: "US-FTC-DNC",
    name: "National Do Not Call Registry",
    format: { reader: "us-dnc" },
    source: {
      kind: "us-ftc",
      url,
      organization: ftcAccount.organization,
      userType: "Downloader",
      lists: "changes",
      isCertified: true,
      ...given.source,
    },
    secret: given.secret ?? ftcAccount.password,
    maxAgeDays: 31,
    maxShrinkShare: 0.02,
  };
  const { registryId } = await connectRegistry(ctx, registry);
  const files = openFiles(await aFolder());
  const waits: number[] = [];
  const wait = (ms: number) => Promise.resolve(waits.push(ms));
  const sources = { registriesFolder: null, privateHosts: [host], wait };
  const where = { organizationId, registryId };
  return {
    world,
    ctx,
    registryId,
    files,
    /** Length of each pause between questions. */
    waits,
    change: (change: object) => changeRegistry(ctx, { registryId, ...change }),
    row: () => db.prisma.registry.findFirstOrThrow({ where: { id: registryId } }),
    fetches: () => db.prisma.registryFetch.findMany({ where, orderBy: { id: "asc" } }),
    /** Runs a reading and returns the run. */
    sync: async (signal = new AbortController().signal) => {
      const { runId } = await startSync(ctx, registryId);
      const tools = { db, keys, files, sources, worker: "a", signal, ...noMessages };
      world.asked.length = 0;
      await syncRegistry.perform({ organizationId, runId }, tools);
      return readRun(ctx, runId);
    },
    /** Moves everything a day into the past, so that the publisher gives again. */
    passDay: async (day: string) => {
      const at = { cameAt: new Date(Date.now() - 25 * 3_600_000) };
      await db.prisma.registryFetch.updateMany({ where, data: at });
      world.given.clear();
      world.day = day;
    },
  };
}
