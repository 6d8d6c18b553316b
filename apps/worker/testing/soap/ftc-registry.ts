import type { ConnectRegistry, FtcSource } from "@ringfence/core/do-not-call/registry";
import type { Db } from "@ringfence/db";
import { changeRegistry, connectRegistry } from "@ringfence/services/do-not-call/registry";
import { onTestFinished } from "vitest";
import { aRegistryReader, anOfficer } from "../registry.ts";
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
  const ctx = await anOfficer(db);
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
  const { files, waits, sync } = await aRegistryReader(ctx, host);
  const where = { organizationId: ctx.organizationId, registryId };
  return {
    world,
    ctx,
    registryId,
    files,
    waits,
    change: (change: object) => changeRegistry(ctx, { registryId, ...change }),
    row: () => db.prisma.registry.findFirstOrThrow({ where: { id: registryId } }),
    fetches: () => db.prisma.registryFetch.findMany({ where, orderBy: { id: "asc" } }),
    /** Runs a reading and returns the run. */
    sync: (signal?: AbortSignal) => {
      world.asked.length = 0;
      return sync(registryId, signal);
    },
    /** Moves everything a day into the past, so that the publisher gives again. */
    passDay: async (day: string) => {
      const at = { startedAt: new Date(Date.now() - 25 * 3_600_000) };
      await db.prisma.registryFetch.updateMany({ where, data: at });
      world.given.clear();
      world.day = day;
    },
  };
}
