import type { ScrubId } from "@ringfence/core/ids";
import { ruleSetHash } from "@ringfence/core/people/jurisdiction";
import type { ScrubCounts } from "@ringfence/core/calling/scrub";
import {
  type FileContext,
  type TransactionContext,
  inTransaction,
} from "../../platform/context.ts";
import { recordStatement } from "../../proof/ledger/append-statement.ts";
import { editionEvidence } from "../../do-not-call/registry/edition-evidence.ts";
import type { AskedCall } from "../screening/asked-call.ts";
import type { Hashes } from "./screen-file.ts";
import type { ScrubSnapshot } from "./snapshot.ts";

type Done = {
  scrubId: ScrubId;
  attempt: number;
  snapshot: ScrubSnapshot;
  call: AskedCall;
  rows: number;
  counts: ScrubCounts;
  hashes: Hashes;
};

/** One record, whatever the size of the file. Of two attempts that both came to an end, the first's. */
export async function putOnRecord(ctx: FileContext, done: Done) {
  const { scrubId, attempt, snapshot, call, rows, counts, hashes } = done;
  const { at, isPast } = snapshot;
  await inTransaction(ctx, async (ctx) => {
    const { db, organizationId } = ctx;
    const editions = editionsOf(snapshot);
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
          whatIf: isPast,
          seller: call.seller.id,
          purpose: call.purpose.key,
          dialer: call.dialer,
          rules: ruleSetHash,
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
        ...hexOf(hashes),
        judgedAt: at.toISOString(),
        rules: ruleSetHash,
        editions: await evidenceOf(ctx, editions),
      },
    });
  });
}

/** The editions by which it was screened: of a what-if those of its instant, where there were any. */
const editionsOf = ({ settings, history }: ScrubSnapshot) =>
  (settings.registries ?? []).flatMap(({ id, code, edition, verifiedAt }) => {
    const stood = history === null ? { edition, verifiedAt } : history[id];
    return stood
      ? [{ registryId: id, registry: code, edition: stood.edition, verifiedAt: stood.verifiedAt }]
      : [];
  });

/** Each with the file that it was made of, and when its source was last found to say the same. */
const evidenceOf = async (ctx: TransactionContext, editions: ReturnType<typeof editionsOf>) => {
  const asked = editions.map(({ registryId, edition: number }) => ({ registryId, number }));
  const verifiedAt = new Map(editions.map((edition) => [edition.registry, edition.verifiedAt]));
  return (await editionEvidence(ctx, asked)).map((evidence) => {
    const at = verifiedAt.get(evidence.registry) ?? null;
    return { ...evidence, verifiedAt: at === null ? null : new Date(at).toISOString() };
  });
};

const hexOf = ({ input, result, root }: Hashes) => ({
  inputSha256: Buffer.from(input).toString("hex"),
  resultSha256: Buffer.from(result).toString("hex"),
  rowsRoot: Buffer.from(root).toString("hex"),
});
