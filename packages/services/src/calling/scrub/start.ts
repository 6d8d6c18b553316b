import { ScrubId } from "@ringfence/core/ids";
import { ScrubSettings } from "@ringfence/core/calling/scrub";
import {
  ByteStream,
  type FileContext,
  ServiceError,
  type TransactionContext,
  allowSeller,
  appendAudit,
  command,
  inTransaction,
  readHead,
  saveUpload,
  scrubFile,
  startRun,
  toStoredActor,
  transactInput,
  requireFile,
} from "../../platform/internal.ts";
import { assertDailyRowsLeft } from "../../account/organization/internal.ts";
import { readCallFacts, resolveNamedCall } from "../screening/internal.ts";
import { z } from "zod";
import { planFile } from "./engine/plan-file.ts";
import { scrubNotFoundError, loadScrubs } from "./scrub.ts";

const NewScrub = z.object({
  fileName: z.string(),
  /** The file as it arrives, of any size. */
  content: ByteStream,
  settings: ScrubSettings,
  /** True if the request has an answer already, which it gets again even when the rows of the day are used up. */
  isRepetition: z.boolean().optional(),
  /** Begins the transaction that records the scrub. */
  transact: transactInput<{ id: ScrubId }>().optional(),
});

/**
 * Takes a file of numbers for a worker to screen. The file is saved completely and its phone column is
 * found before `transact` begins the transaction that records the scrub; if that throws, the file is
 * erased. Nothing of it is read when the rows of the day are used up.
 */
export const startScrub = command({
  name: "startScrub",
  action: "scrub.run",
  input: NewScrub,
  transaction: "by run",
  run: async (
    ctx: FileContext,
    { fileName, content, settings, isRepetition = false, transact = inTransaction },
  ): Promise<{ id: ScrubId }> => {
    const { files, organizationId } = ctx;
    // A call without a phone: only the organization's settings are read, and a new id is made.
    const noCall = { organizationId, phone: null, phoneKey: null, at: null };
    const { row, settings: known } = await readCallFacts(ctx, noCall);
    const { seller, dialer } = resolveNamedCall(settings, known);
    const region = settings.region ?? known.homeRegion;
    allowSeller(ctx, seller.id);
    if (!isRepetition) await inTransaction(ctx, (ctx) => assertDailyRowsLeft(ctx, null));

    const id = ScrubId.parse(row.id);
    const name = scrubFile(organizationId, id);
    return saveUpload(files, name, content, async (bytes) => {
      const head = await readHead(files.read(name));
      planFile(head, head.length === bytes, settings, region);
      return transact(ctx, async (ctx) => {
        const { db, now } = ctx;
        await assertDailyRowsLeft(ctx, null);
        // Saves the defaults too, because they may have changed when a worker starts.
        const settled = { ...settings, seller: seller.id, dialer, region };
        const data = { organizationId, id, fileName, bytes: BigInt(bytes), settings: settled };
        const actor = toStoredActor(ctx.actor);
        await db.scrub.create({ data: { ...data, createdAt: now, actor } });
        await startRun(ctx, "scrub.run", id);
        await appendAudit(ctx, "scrub.run", { scrubId: id, bytes });
        return { id };
      });
    });
  },
  audit: "by run",
});

/** Screens the same file in the same way once more, as a scrub of its own: the first stays as it is. */
export const repeatScrub = command({
  name: "repeatScrub",
  action: "scrub.run",
  input: ScrubId,
  transaction: "by run",
  run: async (ctx: FileContext, id: ScrubId): Promise<{ id: ScrubId }> => {
    const { files, organizationId } = ctx;
    const { scrub, readAt } = await inTransaction(ctx, async (ctx) => {
      const [scrub] = await loadScrubs(ctx, { id });
      return { scrub, readAt: ctx.now };
    });
    if (scrub === undefined) throw scrubNotFoundError();
    const name = scrubFile(organizationId, id);
    await requireFile(files, name);
    return startScrub(ctx, {
      fileName: scrub.fileName,
      content: files.read(name),
      settings: ScrubSettings.parse(scrub.settings),
      transact: (ctx, work) =>
        inTransaction(ctx, async (ctx) => {
          await assertNotBeingErased(ctx, scrub.createdAt, readAt);
          return work(ctx);
        }),
    });
  },
  audit: "by run",
});

/**
 * Throws if an erasure that began after the scrub is still rewriting files, or finished after `readAt`: the copy
 * could still have the rows of erased people.
 */
async function assertNotBeingErased(
  { db, organizationId }: TransactionContext,
  createdAt: Date,
  readAt: Date,
) {
  const erasing = await db.fileErasure.count({
    where: {
      organizationId,
      createdAt: { gte: createdAt },
      OR: [{ endedAt: null }, { endedAt: { gte: readAt } }],
    },
  });
  if (erasing > 0) throw new ServiceError("conflict", { key: "error.scrub-being-erased" });
}
