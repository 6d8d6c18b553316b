import { command } from "../../platform/verb.ts";
import { z } from "zod";
import { type RegistryFetchId, RegistryId, type UploadId } from "@ringfence/core/ids";
import { FetchedFile, RegistryFetch } from "@ringfence/core/do-not-call/registry";
import {
  type FileContext,
  type TransactionContext,
  inTransaction,
} from "../../platform/context.ts";
import { registryFile } from "../../platform/files/index.ts";
import { lockRegistry } from "./registry.ts";
import { mendText } from "@ringfence/core/platform/text";
import { freshIds } from "../../platform/fresh-ids.ts";

/**
 * Begins to fetch an edition from a publisher that gives a file out once a day. What was fetched
 * before it is needed no more; that it was fetched stays on record.
 */
export const startFetch = command({
  name: "startFetch",
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
      const before = await findLastFetch(ctx, fetch.registryId);
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

export type FetchedContent = {
  registryId: RegistryId;
  fetchId: RegistryFetchId;
  /** As its publisher calls it. */
  name: string;
  place: string;
  content: AsyncIterable<Uint8Array>;
};

/** Keeps a file that its publisher does not give again today, whatever becomes of the run. */
export const saveFetchedFile = command({
  name: "saveFetchedFile",
  action: "registry.apply",
  input: z.custom<FetchedContent>(),
  transaction: "by run",
  run: async (
    ctx: FileContext,
    { registryId, fetchId, name, place, content }: FetchedContent,
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

export type FetchUpdate = {
  registryId: RegistryId;
  fetchId: RegistryFetchId;
  /** How the registry is read now. */
  revision?: number;
  status?: RegistryFetch["status"];
  request?: string;
};

/** Puts on record how far a fetch has come, or what became of it. */
export const updateFetch = command({
  name: "updateFetch",
  action: "registry.apply",
  input: z.custom<FetchUpdate>(),
  run: async (ctx, { registryId, fetchId, ...data }): Promise<void> => {
    const { db, organizationId } = ctx;
    await lockRegistry(ctx, registryId);
    await db.registryFetch.updateMany({ where: { organizationId, registryId, id: fetchId }, data });
  },
  audit: "by run",
});

/** What was fetched last of a registry, and all else by which is decided what to fetch next. */
export const loadFetchFacts = command({
  name: "loadFetchFacts",
  action: "registry.apply",
  input: RegistryId,
  run: async (ctx, registryId) => {
    const { db, organizationId, now } = ctx;
    const { needsFullList, areas, revision } = await lockRegistry(ctx, registryId);
    const last = await findLastFetch(ctx, registryId);
    const accepted = { organizationId, registryId, revision, status: "accepted" };
    // An edition is read as of when it was fetched: one that was accepted before says nothing of this.
    const isAccepted =
      last !== null &&
      (await db.registryEdition.count({ where: { ...accepted, readAt: last.cameAt } })) > 0;
    return { last, needsFullList, answered: Object.keys(areas).map(Number), isAccepted, now };
  },
  audit: "by run",
});

async function findLastFetch(
  { db, organizationId }: TransactionContext,
  registryId: RegistryId,
): Promise<RegistryFetch | null> {
  const where = { organizationId, registryId };
  const row = await db.registryFetch.findFirst({ where, orderBy: { id: "desc" } });
  return RegistryFetch.nullable().parse(row);
}
