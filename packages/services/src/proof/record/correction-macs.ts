import { sql } from "kysely";
import { z } from "zod";
import type { OrganizationId } from "@ringfence/core/ids";
import {
  type Keys,
  type TransactionContext,
  selectRows,
  toTable,
} from "../../platform/internal.ts";
import { type MacInput, createMacs, hashContent, verifyMacs } from "./event-mac.ts";
import type { AuthenticationContext, EventToAuthenticate } from "./consent-macs.ts";

/** A correction of an opt-out by two officers: which opt-out, of which phone, and when it was lifted. */
export type Correction = {
  correctionId: string;
  optOutId: string;
  phoneId: string;
  /** Epoch milliseconds. */
  at: number;
};

export const toCorrectionMacInput = ({
  correctionId,
  optOutId,
  phoneId,
  at,
}: Correction): MacInput => ({
  kind: "correction",
  id: optOutId,
  phoneId,
  at,
  until: null,
  recordedAt: at,
  contentHash: hashContent([correctionId]),
});

/** Checks which corrections bear our MAC. One that does not lifts nothing. */
export const verifyCorrections = (
  keys: Pick<Keys, "eventKeys">,
  organizationId: OrganizationId,
  corrections: readonly (Correction & { mac: Uint8Array | null })[],
): boolean[] =>
  verifyMacs(
    keys,
    organizationId,
    corrections.map((one) => ({ ...toCorrectionMacInput(one), mac: one.mac })),
  );

const UnauthenticatedCorrection = z.object({
  correctionId: z.string(),
  optOutId: z.string(),
  phoneId: z.string(),
  answeredAt: z.date(),
});

/** Adds our MAC to accepted corrections once they are stated. Without it they lift nothing. */
export async function authenticateCorrections(
  ctx: AuthenticationContext,
  correctionIds: readonly string[],
) {
  const { db, organizationId } = ctx;
  const rows = await selectRows(
    { db },
    UnauthenticatedCorrection,
    sql`
    SELECT correction_id AS "correctionId", opt_out_id AS "optOutId", phone_id AS "phoneId",
      answered_at AS "answeredAt"
    FROM opt_out_correction_answer AS answer JOIN opt_out USING (organization_id)
    WHERE organization_id = ${organizationId}::uuid AND opt_out.id = opt_out_id
      AND correction_id = ANY (${correctionIds}::uuid[]) AND is_accepted AND mac IS NULL`,
  );
  await saveCorrectionMacs(
    ctx,
    rows.map(({ answeredAt, ...row }) => ({
      id: row.correctionId,
      input: toCorrectionMacInput({ ...row, at: answeredAt.getTime() }),
    })),
  );
}

/** Saves MACs of corrections that have none. If a row differs from its input, the MAC is not valid for it. */
export async function saveCorrectionMacs(
  { db, keys, organizationId }: AuthenticationContext,
  corrections: readonly EventToAuthenticate[],
) {
  if (corrections.length === 0) return;
  const macs = createMacs(
    keys,
    organizationId,
    corrections.map(({ input }) => input),
  );
  const made = corrections.map(({ id }, index) => ({ id, mac: macs[index] }));
  await db.$executeRaw`
    UPDATE opt_out_correction_answer SET mac = made.mac
    FROM ${toTable(made, { id: "uuid", mac: "bytea" })} AS made
    WHERE organization_id = ${organizationId}::uuid AND opt_out_correction_answer.correction_id = made.id
      AND opt_out_correction_answer.mac IS NULL`;
}

const ForgeableCorrection = z.object({
  correctionId: z.string(),
  optOutId: z.string(),
  phoneId: z.string(),
  at: z.date(),
  mac: z.instanceof(Uint8Array).nullable(),
});

/**
 * Finds opt-outs that are marked as corrected although our code did not write the correction. They are still
 * in force, so pass them to `isUncorrected`. Nearly always there are none. Looks only at opt-outs of `scope`, or at
 * those of the same phones as the opt-outs `phonesOf`, if given.
 */
export async function findForgedCorrections(
  { db, keys, organizationId }: Pick<TransactionContext, "db" | "keys" | "organizationId">,
  { scope, phonesOf }: { scope?: "profiling"; phonesOf?: readonly string[] } = {},
): Promise<string[]> {
  const rows = await selectRows(
    { db },
    ForgeableCorrection,
    sql`
    SELECT id AS "optOutId", phone_id AS "phoneId", correction_id AS "correctionId",
      corrected_at AS at, correction_mac AS mac
    FROM opt_out_known
    WHERE organization_id = ${organizationId}::uuid AND corrected_at IS NOT NULL
      ${scope === undefined ? sql`` : sql`AND scope::text = ${scope}`}
      ${phonesOf === undefined ? sql`` : selectSamePhones(organizationId, phonesOf)}`,
  );
  const corrections = rows.map((row) => ({ ...row, at: row.at.getTime() }));
  const verified = verifyCorrections(keys, organizationId, corrections);
  return corrections.flatMap(({ optOutId }, index) => (verified[index] ? [] : optOutId));
}

const selectSamePhones = (organizationId: OrganizationId, optOutIds: readonly string[]) => sql`
  AND phone_id IN (SELECT phone_id FROM opt_out
    WHERE organization_id = ${organizationId}::uuid AND id = ANY (${[...optOutIds]}::uuid[]))`;

/**
 * Creates the condition that no correction has lifted an opt-out, read from `opt_out_known` under an alias. `forged` is
 * what `findForgedCorrections` found.
 */
export const isUncorrected = (alias: string, forged: readonly string[]) =>
  sql`(${sql.ref(`${alias}.corrected_at`)} IS NULL
    OR ${sql.ref(`${alias}.id`)} = ANY (${[...forged]}::uuid[]))`;
