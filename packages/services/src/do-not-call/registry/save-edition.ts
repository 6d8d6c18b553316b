import { z } from "zod";
import { RegistryId, UploadId } from "@ringfence/core/ids";
import { type Message, toStoredMessage } from "@ringfence/core/platform/message";
import { type TransactionContext, appendAudit } from "../../platform/internal.ts";
import { announceChanges } from "../outbox/internal.ts";
import { recordStatement } from "../../proof/ledger/internal.ts";
import type { Comparison } from "./compare-edition.ts";
import { loadEditionEvidence } from "./edition-evidence.ts";
import { type Edition, Validators } from "@ringfence/core/do-not-call/registry";
import { RunClaim } from "@ringfence/core/platform/run";

/** Finds the last edition from the same files that is not applied: held, accepted after it was held, or rejected. */
export async function findUnappliedEdition(
  { db, organizationId }: TransactionContext,
  { registryId, revision, sha256 }: PublishedEdition,
) {
  const status = { in: ["held", "accepted", "rejected"] };
  return db.registryEdition.findFirst({
    where: { organizationId, registryId, revision, sha256, status },
    orderBy: { id: "desc" },
  });
}

/** Finds the ids of accepted editions that are not applied yet. */
export async function findAcceptedEditions(
  { db, organizationId }: TransactionContext,
  registryId: RegistryId,
): Promise<string[]> {
  const editions = await db.registryEdition.findMany({
    where: { organizationId, registryId, status: "accepted" },
    select: { id: true },
  });
  return editions.map(({ id }) => id);
}

/** Finds the last edition before the one in force that was made of exactly the same files; null if there is none. */
export async function findEarlierEdition(
  { db, organizationId }: TransactionContext,
  { registryId, revision, sha256 }: PublishedEdition,
  inForce: number,
) {
  const earlier = await db.registryEdition.findFirst({
    where: { organizationId, registryId, revision, sha256, number: { lt: inForce } },
    orderBy: { number: "desc" },
  });
  return earlier?.number ? { number: earlier.number, readAt: earlier.readAt } : null;
}

/** Holds an edition until an officer has reviewed it, and writes the audit row. Returns its id. */
export async function holdEdition(
  ctx: TransactionContext,
  published: PublishedEdition,
  after: Comparison,
  fault: Message,
) {
  const { db } = ctx;
  const { id } = await db.registryEdition.create({
    data: { ...toEditionRow(ctx, published, after), status: "held", fault: toStoredMessage(fault) },
  });
  const details = { registryId: published.registryId, editionId: id, fault: fault.key };
  await appendAudit(ctx, "registry.apply", { outcome: "held", ...details });
  return id;
}

/**
 * Puts an edition in force and on the ledger, announces it and writes the audit row. The caller has locked the registry
 * and saved the blocks. `id`: the row in which it was held; undefined if it was not. Returns its id.
 */
export async function putInForce(
  ctx: TransactionContext,
  published: PublishedEdition,
  after: Comparison,
  { number, id }: { number: number; id: string | undefined },
) {
  const { db, organizationId } = ctx;
  const { registryId, sha256 } = published;
  const { listed, added, removed, areas } = after;

  const data = { ...toEditionRow(ctx, published, after), status: "applied", number };
  const key = { organizationId, registryId, id: id ?? "" };
  const row =
    id === undefined
      ? await db.registryEdition.create({ data })
      : await db.registryEdition.update({ where: { organizationId_registryId_id: key }, data });
  await db.registry.updateMany({
    where: { organizationId, id: registryId },
    data: { edition: number, listed, areas },
  });
  await markVerified(ctx, registryId, published);

  const details = { registryId, editionId: row.id, number, listed, added, removed };
  const [evidence] = await loadEditionEvidence(ctx, [{ registryId, number }]);
  await recordStatement(ctx, {
    organizationId,
    kind: "registry.edition",
    subject: row.id,
    at: ctx.now,
    claims: { ...evidence, ...details, sha256 },
  });
  await announceChanges(ctx, "registry.updated", [row.id]);
  await appendAudit(ctx, "registry.apply", { outcome: "applied", ...details });
  return row.id;
}

function toEditionRow(
  { organizationId }: TransactionContext,
  { registryId, revision, edition, sha256, bytes, readAt }: PublishedEdition,
  { listed, added, removed, areas, publishedOn }: Comparison,
) {
  const { kind, lines, changedUntil } = edition;
  const day = publishedOn === null ? null : new Date(publishedOn);
  const counts = { lines, bytes, listed, added, removed };
  return {
    organizationId,
    registryId,
    revision,
    kind,
    sha256,
    ...counts,
    areas,
    publishedOn: day,
    changedUntil,
    readAt,
  };
}

type Verification = {
  revision: number;
  readAt: Date;
  validators: Validators | null;
  edition?: Pick<Edition, "kind" | "isFromAnswers">;
};

/**
 * Records that the source still has the edition in force, so that its age counts from `readAt`. The time never
 * moves back, except for an edition made of answers, which is as old as the oldest of them. Every verification is
 * kept, so that past calls are judged by the age of the list then. It also stores the validators, and the revision of
 * the settings that the source was read with.
 */
export async function markVerified(
  { db, organizationId }: TransactionContext,
  registryId: RegistryId,
  { revision, readAt, validators, edition }: Verification,
) {
  const isOfAnswers = edition?.kind === "full" && edition.isFromAnswers;
  const json = validators && JSON.stringify(validators);
  await db.$executeRaw`
    UPDATE registry
    SET validators = ${json}::jsonb, verified_at = greatest(
      CASE WHEN NOT ${isOfAnswers}::boolean THEN verified_at END, ${readAt}::timestamptz)
    WHERE organization_id = ${organizationId}::uuid AND id = ${registryId}::uuid`;
  await db.$executeRaw`
    INSERT INTO registry_verification (organization_id, registry_id, edition, verified_at)
    SELECT organization_id, id, edition, verified_at FROM registry
    WHERE organization_id = ${organizationId}::uuid AND id = ${registryId}::uuid
    ON CONFLICT DO NOTHING`;
  await db.$executeRaw`
    UPDATE registry_edition SET revision = ${revision}::int FROM registry
    WHERE registry.organization_id = ${organizationId}::uuid AND registry.id = ${registryId}::uuid
      AND registry_edition.organization_id = registry.organization_id
      AND registry_id = registry.id AND number = registry.edition`;
}

/** An edition as read from its source. */
export const PublishedEdition = z.strictObject({
  registryId: RegistryId,
  /** Revision of the registry's settings at the reading. */
  revision: z.int(),
  /** The uploaded file, if it was read from one. */
  uploadId: UploadId.nullable(),
  /** Its numbers are in memory, as bit sets, which a schema would copy. */
  edition: z.custom<Edition>((value) => typeof value === "object" && value !== null),
  /** SHA-256 of the published files, in hexadecimal. */
  sha256: z.string(),
  /** Size of the published files. */
  bytes: z.number(),
  /** When the reading started, by the database's clock. */
  readAt: z.date(),
  validators: Validators.nullable(),
  /** Claim of the run that read it. If the run was canceled or taken over, nothing is applied. Null without a run. */
  claim: RunClaim.nullable(),
});
export type PublishedEdition = z.infer<typeof PublishedEdition>;
