import { selectPolicies } from "@ringfence/core/calling/policy";
import {
  type FileContext,
  type TransactionContext,
  command,
  functionInput,
  inTransaction,
  readHead,
  scrubFile,
  scrubResultFile,
} from "../../platform/internal.ts";
import { z } from "zod";
import { ScrubId } from "@ringfence/core/ids";
import type { RunProgress } from "@ringfence/core/platform/run";
import { type ScrubCounts, ScrubSettings } from "@ringfence/core/calling/scrub";
import { loadOrganization } from "../../account/organization/internal.ts";
import { type ResolvedCall, resolveNamedCall } from "../screening/internal.ts";
import { createFileScreening } from "./engine/screen-file.ts";
import { planFile } from "./engine/plan-file.ts";
import { scrubNotFoundError } from "./scrub.ts";
import { type ScrubSnapshot, readSnapshot } from "./engine/snapshot.ts";
// Hashing is deterministic.
// oxlint-disable-next-line house/no-ambient-input
import { createHash } from "node:crypto";
import { createRowTree } from "./engine/row-tree.ts";
import type { FileScreening, ScreeningBasis } from "./engine/screen-rows.ts";
import { recordStatement } from "../../proof/ledger/internal.ts";
import { loadEditionEvidence } from "../../do-not-call/registry/internal.ts";

const ScrubWork = z.object({
  scrubId: ScrubId,
  attempt: z.int().positive(),
  /** Called after each chunk. If it throws, the work ends. */
  onProgress: functionInput<(progress: RunProgress) => Promise<void>>(),
});

/**
 * Screens a file by one snapshot of all facts, writes the result to a file of this attempt, and records it. A retry
 * takes a new snapshot, so that no row is missing or doubled, and an opt-out made meanwhile counts. If another attempt
 * has recorded the scrub before, its record and its file are the result.
 */
export const runScrub = command({
  name: "runScrub",
  action: "run.perform",
  input: ScrubWork,
  transaction: "by run",
  run: async (
    ctx: FileContext,
    { scrubId, attempt, onProgress },
  ): Promise<{ rows: number; counts: ScrubCounts }> => {
    const { files, keys, organizationId } = ctx;
    const scrub = await inTransaction(ctx, ({ db }) =>
      db.scrub.findFirst({ where: { organizationId, id: scrubId } }),
    );
    if (scrub === null) throw scrubNotFoundError();
    const settings = ScrubSettings.parse(scrub.settings);
    const totalBytes = Number(scrub.bytes);

    const content = scrubFile(organizationId, scrubId);
    const head = await readHead(files.read(content));
    const region = settings.region ?? (await inTransaction(ctx, loadOrganization)).homeRegion;
    const plan = planFile(head, head.length === totalBytes, settings, region);

    // The file is read ahead while the database answers.
    const file = createFileScreening(files.read(content), plan, totalBytes);
    try {
      // The threads look numbers up themselves and do not need the ids.
      const { ids: _, ...snapshot } = await readSnapshot(ctx, organizationId, settings.at ?? null);
      const call = resolveNamedCall(settings, snapshot.settings);
      const phoneSecret = await keys.phoneSecret(organizationId, snapshot.keyGeneration);
      const basis = { scrubId, snapshot, call, phoneSecret };
      const outcome: Outcome = { rows: 0, ended: null };
      const result = writeResult(file, basis, outcome, (progress) =>
        onProgress({ ...progress, totalBytes }),
      );
      await files.write(scrubResultFile(organizationId, scrubId, attempt), result);
      const { rows, ended } = outcome;
      if (ended === null) throw new Error("a file was written without its hashes");
      await recordScrub(ctx, { scrubId, attempt, snapshot, call, rows, ...ended });
      return { rows, counts: ended.counts };
    } finally {
      await file.stop();
    }
  },
  // The scrub is a record of its own; `startScrub` audited that it was asked for.
  audit: "none",
});

/** SHA-256 of the file as it came and of the result; the Merkle root over the rows of the result. */
type Hashes = { input: Uint8Array; result: Uint8Array; root: Uint8Array };

/** Result of a file; `ended` is null until the whole file is done. */
type Outcome = { rows: number; ended: { counts: ScrubCounts; hashes: Hashes } | null };

type Progress = Pick<RunProgress, "rows" | "bytes">;

/**
 * Writes the result of a scrub, piece by piece: the rows of the file as they came, each with its verdict. Fills in
 * `outcome` as it goes.
 */
async function* writeResult(
  file: FileScreening,
  basis: ScreeningBasis,
  outcome: Outcome,
  onProgress: (progress: Progress) => Promise<void>,
): AsyncGenerator<Uint8Array> {
  const [result, rowHasher] = [createHash("sha256"), createRowTree()];
  let bytes = 0;

  for await (const piece of file.screened(basis)) {
    if ("counts" in piece) {
      const { inputHash: input, counts } = piece;
      outcome.ended = {
        counts,
        hashes: { input, result: result.digest(), root: rowHasher.root() },
      };
    } else {
      yield piece.written;
      result.update(piece.written);
      bytes += piece.bytes;
      if ("subtrees" in piece) {
        for (const subtree of piece.subtrees) rowHasher.add(subtree);
        outcome.rows += piece.rows;
      }
      await onProgress({ rows: outcome.rows, bytes });
    }
  }
}

type FinishedScrub = {
  scrubId: ScrubId;
  attempt: number;
  snapshot: ScrubSnapshot;
  call: ResolvedCall;
  rows: number;
  counts: ScrubCounts;
  hashes: Hashes;
};

/** Writes one record, whatever the size of the file. If two attempts finish, the first one's record stays. */
async function recordScrub(ctx: FileContext, finished: FinishedScrub) {
  const { scrubId, attempt, snapshot, call, rows, counts, hashes } = finished;
  const { at, isWhatIf } = snapshot;
  await inTransaction(ctx, async (ctx) => {
    const { db, organizationId } = ctx;
    const editions = listEditions(snapshot);
    const { settings } = snapshot;
    const policies = selectPolicies(settings.policies, call.seller.id).map(({ hash }) => hash);
    const { count } = await db.scrubRecord.createMany({
      data: {
        organizationId,
        scrubId,
        attempt,
        at,
        rows: BigInt(rows),
        counts,
        inputSha256: Uint8Array.from(hashes.input),
        resultSha256: Uint8Array.from(hashes.result),
        rowsRoot: Uint8Array.from(hashes.root),
        checked: {
          whatIf: isWhatIf,
          seller: call.seller.id,
          purpose: call.purpose.key,
          dialer: call.dialer,
          rules: snapshot.settings.law.hash,
          ...(policies.length > 0 && { policies }),
          editions: editions.map(({ registry, edition, verifiedAt }) => ({
            registry,
            edition,
            verifiedAt,
          })),
        },
      },
      skipDuplicates: true,
    });
    if (count === 0) return;
    await recordStatement(ctx, {
      organizationId,
      kind: "scrub",
      subject: scrubId,
      at: ctx.now,
      claims: {
        organization: organizationId,
        scrubId,
        rows,
        ...toHexHashes(hashes),
        judgedAt: at.toISOString(),
        rules: snapshot.settings.law.hash,
        ...(policies.length > 0 && { policies: policies.map((hash) => ({ hash })) }),
        editions: await loadEvidence(ctx, editions),
      },
    });
  });
}

/** Lists the editions of all connected registries; for a what-if those of its instant, if there were any. */
const listEditions = ({ settings, history }: ScrubSnapshot) =>
  (settings.registries ?? []).flatMap(({ id, code, edition, verifiedAt }) => {
    const state = history === null ? { edition, verifiedAt } : history[id];
    return state
      ? [{ registryId: id, registry: code, edition: state.edition, verifiedAt: state.verifiedAt }]
      : [];
  });

/** Loads the editions that a scrub used, each with its file and the time at which its source was last verified. */
const loadEvidence = async (ctx: TransactionContext, editions: ReturnType<typeof listEditions>) => {
  const asked = editions.map(({ registryId, edition: number }) => ({ registryId, number }));
  const verifiedAt = new Map(editions.map((edition) => [edition.registry, edition.verifiedAt]));
  return (await loadEditionEvidence(ctx, asked)).map((evidence) => {
    const at = verifiedAt.get(evidence.registry) ?? null;
    return { ...evidence, verifiedAt: at === null ? null : new Date(at).toISOString() };
  });
};

const toHexHashes = ({ input, result, root }: Hashes) => ({
  inputSha256: Buffer.from(input).toString("hex"),
  resultSha256: Buffer.from(result).toString("hex"),
  rowsRoot: Buffer.from(root).toString("hex"),
});
