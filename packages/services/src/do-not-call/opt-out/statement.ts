import { z } from "zod";
import { sql } from "kysely";
import { type TransactionContext, selectRows } from "../../platform/internal.ts";
import {
  loadStatementNames,
  omitUnknownClaims,
  recordStatements,
} from "../../proof/statement/internal.ts";
import type { SavedOptOut } from "./repeat.ts";
import type { NewOptOut, StoredOptOut } from "./opt-out.ts";
import {
  authenticateCorrections,
  findForgedCorrections,
  isUncorrected,
} from "../../proof/record/internal.ts";
import { type ConsentId, PhoneId, type SellerId } from "@ringfence/core/ids";
import { PurposeKey, covers } from "@ringfence/core/account/purpose";
import type { OptOutScope } from "@ringfence/core/do-not-call/opt-out";

/** Puts opt-outs on the ledger. Returns the statement of each, in order, which is also the person's receipt. */
export async function recordOptOutStatements(
  ctx: TransactionContext,
  optOuts: readonly (NewOptOut & SavedOptOut)[],
): Promise<string[]> {
  const names = await loadStatementNames(
    ctx,
    optOuts.map(({ phoneId }) => phoneId),
  );
  const statements = optOuts.map((optOut) => ({
    subjectId: optOut.phoneId,
    about: optOut.id,
    claims: omitUnknownClaims({
      ...optOutClaims(names, optOut),
      at: optOut.at.toISOString(),
      note: optOut.note || undefined,
      recording: optOut.recording || undefined,
    }),
  }));
  return recordStatements(ctx, "opt-out.recorded", statements);
}

type AcceptedCorrection = {
  id: string;
  /** The opt-out of the right number; null if nobody knew it. */
  replacementId: string | null;
  /** Who proposed it, as the row's JSON. */
  actor: unknown;
};

export type CorrectedOptOut = { optOut: StoredOptOut; correction: AcceptedCorrection };

/**
 * States that two officers corrected opt-outs, which were entered for a wrong number or are part of a flood.
 * The opt-out of the right number is named only by its id, so that the holder of the wrong number does not
 * learn the right one. The officer's reason is not stated either: it describes the right person, and would
 * outlive their erasure here. Call it after the accepted answers are recorded: it adds their MACs, without
 * which corrections lift nothing.
 */
export async function recordCorrectionStatements(
  ctx: TransactionContext,
  corrected: readonly CorrectedOptOut[],
  reason: "wrong_number" | "flood",
) {
  const names = await loadStatementNames(
    ctx,
    corrected.map(({ optOut }) => optOut.phoneId),
  );
  const statements = corrected.map(({ optOut, correction }) => ({
    subjectId: optOut.phoneId,
    about: correction.id,
    claims: omitUnknownClaims({
      ...optOutClaims(names, optOut),
      at: ctx.now.toISOString(),
      reason,
      proposed_by: correction.actor,
      replaced_by: correction.replacementId,
    }),
  }));
  await recordStatements(ctx, "opt-out.corrected", statements);
  await authenticateCorrections(
    ctx,
    corrected.map(({ correction }) => correction.id),
  );
}

/** A consent that lifts opt-outs for its seller and purposes, because the person proved it (contract 6). */
type ProvenConsent = {
  consentId: ConsentId;
  phoneId: PhoneId;
  sellerId: SellerId;
  purposes: readonly PurposeKey[];
  at: Date;
};

const OptOutBefore = z.object({
  id: z.string(),
  phoneId: PhoneId,
  purpose: PurposeKey.nullable(),
  reference: z.string(),
});

/**
 * Puts on the ledger which opt-outs a proven consent lifts, and how far, so that whoever holds the receipt of
 * one can see it. Opt-outs of the person's other phones are lifted for this phone only.
 */
export async function recordLiftStatements(ctx: TransactionContext, consent: ProvenConsent) {
  const { phoneId, sellerId, purposes } = consent;
  const lifted = (await findOptOutsBefore(ctx, consent)).filter(
    ({ purpose }) =>
      purpose === null ||
      purposes.some((consented) => covers(consented, purpose) || covers(purpose, consented)),
  );
  const names = await loadStatementNames(ctx, [phoneId]);
  const statements = lifted.map(({ id, phoneId: subjectId, reference }) => ({
    subjectId,
    about: id,
    claims: omitUnknownClaims({
      organization: names.organization,
      opt_out: id,
      consent: consent.consentId,
      ...names.phone(phoneId),
      seller: names.seller(sellerId),
      purposes,
      at: consent.at.toISOString(),
      reference,
    }),
  }));
  await recordStatements(ctx, "opt-out.lifted", statements);
}

/**
 * Finds the opt-outs of all calls, of a purpose or of this seller that the consent came after, in time and in recording
 * as `liftsOptOut` demands, for all phones of the person.
 */
async function findOptOutsBefore(
  ctx: TransactionContext,
  { phoneId, sellerId, at }: ProvenConsent,
) {
  const { db, organizationId, now } = ctx;
  const forged = await findForgedCorrections(ctx);
  return selectRows(
    { db },
    OptOutBefore,
    sql`
    SELECT id, phone_id AS "phoneId", purpose, reference FROM opt_out_known AS opt_out
    WHERE organization_id = ${organizationId}::uuid AND scope <> 'profiling'
      AND (seller_id IS NULL OR seller_id = ${sellerId}::uuid) AND opt_out.at < ${at}
      AND opt_out.recorded_at < ${now} AND ${isUncorrected("opt_out", forged)}
      AND (phone_id = ${phoneId}::uuid OR phone_id IN (
        SELECT other.phone_id FROM contact_phone AS own
        JOIN contact_phone AS other ON other.organization_id = own.organization_id
          AND other.contact_id = own.contact_id
        WHERE own.organization_id = ${organizationId}::uuid AND own.phone_id = ${phoneId}::uuid))
    ORDER BY phone_id, id`,
  );
}

type ClaimedOptOut = {
  id: string;
  phoneId: PhoneId;
  scope: OptOutScope;
  channel: string;
  reference: string;
};

/**
 * Builds the claims that every statement about an opt-out contains. `audited-events.ts` compares them with the rows.
 */
const optOutClaims = (
  names: Awaited<ReturnType<typeof loadStatementNames>>,
  { id, phoneId, scope, channel, reference }: ClaimedOptOut,
) => ({
  organization: names.organization,
  opt_out: id,
  ...names.phone(phoneId),
  scope: scope.scope,
  seller: scope.scope === "seller" ? names.seller(scope.sellerId) : undefined,
  purposes: scope.scope === "purpose" ? [scope.purpose] : undefined,
  channel,
  reference,
});
