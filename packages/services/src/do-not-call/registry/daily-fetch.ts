import {
  ByteStream,
  type FileContext,
  type TransactionContext,
  command,
  createId,
  inTransaction,
  registryFile,
} from "../../platform/internal.ts";
import { z } from "zod";
import { RegistryFetchId, RegistryId, UploadId } from "@ringfence/core/ids";
import {
  FetchedFile,
  RegistryFetch,
  StartFetch,
  UpdateFetch,
} from "@ringfence/core/do-not-call/registry";
import { lockRegistry } from "./registry.ts";
import { mendText } from "@ringfence/core/platform/text";

/**
 * Starts to fetch an edition from a publisher that provides each file once a day. Erases the files of the
 * previous fetch; its row stays.
 */
export const startFetch = command({
  name: "startFetch",
  action: "registry.apply",
  input: StartFetch,
  transaction: "by run",
  run: async (ctx: FileContext, fetch: StartFetch): Promise<RegistryFetch> => {
    const { files, organizationId } = ctx;
    const { begun, before } = await inTransaction(ctx, async (ctx) => {
      await lockRegistry(ctx, fetch.registryId);
      const before = await findLastFetch(ctx, fetch.registryId);
      const row = { organizationId, ...fetch, status: "open", startedAt: ctx.now };
      return {
        begun: RegistryFetch.parse(await ctx.db.registryFetch.create({ data: row })),
        before,
      };
    });
    for (const { id } of before?.files ?? []) await files.erase(registryFile(organizationId, id));
    return begun;
  },
  audit: "none",
});

const FetchedContent = z.strictObject({
  registryId: RegistryId,
  fetchId: RegistryFetchId,
  /** The publisher's name for the file. */
  name: z.string(),
  /** The publisher's address for the file. */
  place: z.string(),
  content: ByteStream,
});
export type FetchedContent = z.infer<typeof FetchedContent>;

/** Saves a file that its publisher will not provide again today. It is kept even if the run fails. */
export const saveFetchedFile = command({
  name: "saveFetchedFile",
  action: "registry.apply",
  input: FetchedContent,
  transaction: "by run",
  run: async (
    ctx: FileContext,
    { registryId, fetchId, name, place, content }: FetchedContent,
  ): Promise<FetchedFile> => {
    const { files, organizationId } = ctx;
    const id = await inTransaction(ctx, (ctx) => createId(ctx, UploadId));
    const file = FetchedFile.parse({ id, name: mendText(name).slice(0, 255) || "list", place });
    await files.write(registryFile(organizationId, file.id), content);
    await inTransaction(ctx, async (ctx) => {
      await lockRegistry(ctx, registryId);
      const kept = await ctx.db.$executeRaw`
      UPDATE registry_fetch SET files = files || ${JSON.stringify([file])}::jsonb
      WHERE organization_id = ${organizationId}::uuid AND registry_id = ${registryId}::uuid
        AND id = ${fetchId}::uuid`;
      if (kept === 0) throw new Error("the fetch of this file does not exist");
    });
    return file;
  },
  audit: "none",
});

/** Records the progress or the result of a fetch. */
export const updateFetch = command({
  name: "updateFetch",
  action: "registry.apply",
  input: UpdateFetch,
  run: async (ctx, { registryId, fetchId, revision, status, request }): Promise<void> => {
    const { db, organizationId } = ctx;
    await lockRegistry(ctx, registryId);
    const data = {
      ...(revision !== undefined && { revision }),
      ...(status !== undefined && { status }),
      ...(request !== undefined && { request }),
    };
    await db.registryFetch.updateMany({ where: { organizationId, registryId, id: fetchId }, data });
  },
  audit: "none",
});

/**
 * Loads the last fetch, and everything else that decides what to fetch next. A command, because it locks the registry.
 */
export const loadFetchFacts = command({
  name: "loadFetchFacts",
  action: "registry.apply",
  input: RegistryId,
  run: async (ctx, registryId) => {
    const { db, organizationId, now } = ctx;
    const { needsFullList, areas, revision } = await lockRegistry(ctx, registryId);
    const last = await findLastFetch(ctx, registryId);
    const accepted = { organizationId, registryId, revision, status: "accepted" };
    // `readAt` is the time of the fetch, so that an earlier accepted edition does not count for this one.
    const isAccepted =
      last !== null &&
      (await db.registryEdition.count({ where: { ...accepted, readAt: last.startedAt } })) > 0;
    return { last, needsFullList, covered: Object.keys(areas).map(Number), isAccepted, now };
  },
  audit: "none",
});

async function findLastFetch(
  { db, organizationId }: TransactionContext,
  registryId: RegistryId,
): Promise<RegistryFetch | null> {
  const where = { organizationId, registryId };
  const row = await db.registryFetch.findFirst({ where, orderBy: { id: "desc" } });
  return RegistryFetch.nullable().parse(row);
}
