import { setTimeout as wait } from "node:timers/promises";
import { RegistryId, type RunId } from "@ringfence/core/ids";
import type { RootContext } from "@ringfence/services/context";
import {
  changeRegistry,
  connectRegistry,
  startSync,
} from "@ringfence/services/do-not-call/registry";
import { readRun } from "@ringfence/services/platform/run";

const code = "US-FTC-DNC";
const pollMs = 200;

/** Waits until the worker has read the registry served at `url`. */
export async function syncRegistry(ctx: RootContext, url: string) {
  const source = { kind: "http", url } as const;
  const { prisma } = ctx.db;
  const existing = await prisma.registry.findFirst({
    where: { organizationId: ctx.organizationId, code },
  });
  const registryId = RegistryId.parse(existing?.id ?? (await connect(ctx, source)).registryId);
  if (existing !== null) await changeRegistry(ctx, { registryId, source });

  // A run left open by an earlier start may still use the previous address.
  for (let isNew = false; !isNew;) {
    const run = await startSync(ctx, registryId);
    if (await succeeds(ctx, run.runId)) return;
    isNew = run.isNew;
  }
  throw new Error("The demo's registry could not be read.");
}

async function succeeds(ctx: RootContext, runId: RunId): Promise<boolean> {
  for (;;) {
    const { status } = await readRun(ctx, runId);
    if (status === "done" || status === "failed") return status === "done";
    await wait(pollMs);
  }
}

const connect = (ctx: RootContext, source: { kind: "http"; url: string }) =>
  connectRegistry(ctx, {
    code,
    name: "US National Do Not Call Registry",
    format: { reader: "us-dnc" },
    source,
    maxAgeDays: 31,
    maxShrinkShare: 0.02,
  });
