import { command } from "../../platform/verb.ts";
import { z } from "zod";
import type { RegistryFetchId, RegistryId, UploadId } from "@ringfence/core/ids";
import { FetchedFile } from "@ringfence/core/do-not-call/registry";
import { mendText } from "@ringfence/core/platform/text";
import { type FileContext, inTransaction } from "../../platform/context.ts";
import { registryFile } from "../../platform/files/index.ts";
import { freshIds } from "../../platform/fresh-ids.ts";
import { lockRegistry } from "./lock-registry.ts";

export type Fetched = {
  registryId: RegistryId;
  fetchId: RegistryFetchId;
  /** As its publisher calls it. */
  name: string;
  place: string;
  content: AsyncIterable<Uint8Array>;
};

/** Keeps a file that its publisher does not give again today, whatever becomes of the run. */
export const keepFetched = command({
  name: "keepFetched",
  action: "registry.apply",
  input: z.custom<Fetched>(),
  transaction: "by run",
  run: async (
    ctx: FileContext,
    { registryId, fetchId, name, place, content }: Fetched,
  ): Promise<FetchedFile> => {
    const { files, organizationId } = ctx;
    const [id] = await inTransaction(ctx, (ctx) => freshIds<UploadId>(ctx, 1));
    const file = FetchedFile.parse({ id, name: mendText(name).slice(0, 255) || "list", place });
    await files.write(registryFile(organizationId, file.id), content);
    await inTransaction(ctx, async (ctx) => {
      await lockRegistry(ctx, registryId);
      const kept = await ctx.db.$executeRaw`
      UPDATE registry_fetch SET files = files || ${JSON.stringify([file])}::jsonb
      WHERE organization_id = ${organizationId}::uuid AND registry_id = ${registryId}::uuid
        AND id = ${fetchId}::uuid`;
      if (kept === 0) throw new Error("a file was fetched for nothing that was begun");
    });
    return file;
  },
  audit: "by run",
});
