import { command } from "../../platform/verb.ts";
import { z } from "zod";
import type { RegistryId } from "@ringfence/core/ids";
import { RegistryFetch } from "@ringfence/core/do-not-call/registry";
import { type FileContext, inTransaction } from "../../platform/context.ts";
import { registryFile } from "../../platform/files/index.ts";
import { lockRegistry } from "./lock-registry.ts";
import { lastFetch } from "./read-fetch.ts";

/**
 * Begins to fetch an edition from a publisher that gives a file out once a day. What was fetched
 * before it is needed no more; that it was fetched stays on record.
 */
export const beginFetch = command({
  name: "beginFetch",
  action: "registry.apply",
  input: z.custom<Pick<RegistryFetch, "kind" | "revision"> & { registryId: RegistryId }>(),
  transaction: "by run",
  run: async (
    ctx: FileContext,
    fetch: Pick<RegistryFetch, "kind" | "revision"> & { registryId: RegistryId },
  ): Promise<RegistryFetch> => {
    const { files, organizationId } = ctx;
    const { begun, before } = await inTransaction(ctx, async (ctx) => {
      await lockRegistry(ctx, fetch.registryId);
      const before = await lastFetch(ctx, fetch.registryId);
      const row = { organizationId, ...fetch, status: "open", cameAt: ctx.now };
      return {
        begun: RegistryFetch.parse(await ctx.db.registryFetch.create({ data: row })),
        before,
      };
    });
    for (const { id } of before?.files ?? []) await files.erase(registryFile(organizationId, id));
    return begun;
  },
  audit: "by run",
});
