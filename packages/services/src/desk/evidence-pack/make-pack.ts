import { readFile } from "node:fs/promises";
import path from "node:path";
import { z } from "zod";
import { MakePack, regulators } from "@ringfence/core/desk/evidence-pack";
import { ComplaintId } from "@ringfence/core/ids";
import { say } from "@ringfence/core/platform/message";
import {
  type FileContext,
  type NamedActor,
  ServiceError,
  type TransactionContext,
  appendAudit,
  command,
  inTransaction,
  loadActorNames,
  query,
  toStoredActor,
  visibleSellerIds,
} from "../../platform/internal.ts";
import { readLogPolicy } from "../../proof/ledger/internal.ts";
import { collectRecords } from "./collect-records.ts";
import { readEvidenceFiles } from "./evidence-files.ts";
import { writeDataFiles, writeStateFiles, writeTimeline } from "./pack-files.ts";
import { sealPack } from "./seal-pack.ts";
import { printSummary } from "./summary.ts";

/** Input for making a pack, besides what is asked for. Only our own programs can pass it. */
const PackSettings = z.strictObject({
  /** The folder `fonts` of this package, which a bundled app must locate itself. */
  fontFolder: z.string(),
  /** The folder in which the offline verifier was built (`packages/verify/dist`). */
  verifierFolder: z.string(),
});

/** An evidence pack: the name and the bytes of its ZIP. */
export type EvidencePack = { name: string; zip: Uint8Array };

/** The files of the offline verifier: one for Node, and one that a browser opens. */
const verifierFiles = ["ringfence-verify.mjs", "ringfence-verify.html"] as const;

/**
 * Makes the evidence pack of a complaint: a ZIP with all that is on record about its calls as it was recorded, what
 * proves it, a summary to read and print, and the program that checks it offline. Every file is in a signed manifest.
 * It is kept on record who made a pack, and the fingerprint of its manifest, so that it can be recognized.
 */
export const makeEvidencePack = command({
  name: "makeEvidencePack",
  action: "evidence-pack.make",
  stepUp: true,
  input: MakePack.extend(PackSettings.shape),
  transaction: "by run",
  run: async (
    ctx: FileContext,
    { complaint: complaintId, regulator: regulatorId, locale, reason, fontFolder, verifierFolder },
  ): Promise<EvidencePack> => {
    const policy = await readLogPolicy(ctx.db);
    const regulator = regulators.find(({ id }) => id === regulatorId) ?? null;
    const { files: stored } = ctx;
    return inTransaction(
      ctx,
      async (ctx) => {
        assertAllSellers(ctx);
        const records = await collectRecords(ctx, complaintId);
        const evidence = await readEvidenceFiles({ ...ctx, files: stored }, records.statements);
        const timeline = writeTimeline(records, locale);
        const texts = new Map([
          ...(await writeDataFiles(ctx, records, policy)),
          ...writeStateFiles({ records, timeline, regulator, evidence: evidence.listed, locale }),
          ["README.txt", say(locale, { key: "pack.readme" })] as const,
        ]);
        const summary = await printSummary({
          records,
          timeline,
          regulator,
          evidence: evidence.listed,
          madeAt: ctx.now,
          locale,
          fontFolder,
        });
        const files = new Map<string, Uint8Array>([
          ...[...texts].map(([name, text]) => [name, new TextEncoder().encode(text)] as const),
          ...evidence.contents,
          ...(await readVerifier(verifierFolder)),
          ["summary.pdf", summary],
        ]);
        const { sha256, zip } = sealPack(ctx, files);
        const packId = await recordPack(ctx, {
          complaintId,
          regulator: regulatorId,
          reason,
          sha256,
        });
        const { phoneId } = records.complaint;
        const details = { phoneId, complaintId, packId, exported: true };
        await appendAudit(ctx, "evidence-pack.make", details);
        const day = ctx.now.toISOString().slice(0, 10);
        return { name: `evidence-${complaintId.slice(-12)}-${day}.zip`, zip };
      },
      { timeoutMs: 60_000 },
    );
  },
  audit: "by run",
});

/** A pack shows everything about a call, so it is for members who work for all sellers. */
function assertAllSellers({ actor }: TransactionContext) {
  if (visibleSellerIds(actor) !== null) {
    throw new ServiceError("forbidden", { key: "error.seller-not-yours" });
  }
}

const readVerifier = (folder: string) =>
  Promise.all(
    verifierFiles.map(
      async (name) =>
        [`verify/${name}`, new Uint8Array(await readFile(path.join(folder, name)))] as const,
    ),
  );

async function recordPack(
  ctx: TransactionContext,
  {
    reason,
    ...pack
  }: { complaintId: ComplaintId; regulator: string | null; reason: string; sha256: string },
): Promise<string> {
  const { db, organizationId, actor, now: at } = ctx;
  const { id } = await db.evidencePack.create({
    data: { organizationId, ...pack, at, actor: toStoredActor(actor) },
  });
  await db.evidencePackReason.create({ data: { organizationId, packId: id, text: reason } });
  return id;
}

/** A pack that was made. `sha256` is that of its `manifest.json`. */
export type MadePack = {
  regulator: string | null;
  /** Null if it was erased with the person. */
  reason: string | null;
  sha256: string;
  at: Date;
  by: NamedActor | null;
};

const MAX_LISTED = 50;

/** Lists the packs that were made of a complaint, the latest first. */
export const listEvidencePacks = query({
  name: "listEvidencePacks",
  action: "complaint.read",
  input: ComplaintId,
  run: async (ctx, complaintId): Promise<MadePack[]> => {
    const rows = await ctx.db.evidencePack.findMany({
      where: { organizationId: ctx.organizationId, complaintId },
      select: { regulator: true, reasonText: true, sha256: true, at: true, actor: true },
      orderBy: { id: "desc" },
      take: MAX_LISTED,
    });
    const nameActor = await loadActorNames(
      ctx,
      rows.map(({ actor }) => actor),
    );
    return rows.map(({ actor, reasonText, ...row }) => ({
      ...row,
      reason: reasonText?.text ?? null,
      by: nameActor(actor),
    }));
  },
  audit: "none",
});
