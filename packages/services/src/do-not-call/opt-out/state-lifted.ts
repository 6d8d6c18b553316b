import type { ConsentId, PhoneId, SellerId } from "@ringfence/core/ids";
import { covers, type PurposeKey } from "@ringfence/core/account/purpose";
import type { TransactionContext } from "../../platform/context.ts";
import { putStatements } from "../../proof/statement/put-statements.ts";
import { saidClaims } from "../../proof/statement/said-claims.ts";
import { statedWorld } from "../../proof/statement/stated-world.ts";

/** What lifts a refusal, for its seller and its purposes: an act of the person alone (contract 6). */
type ProvenConsent = {
  consentId: ConsentId;
  phoneId: PhoneId;
  sellerId: SellerId;
  purposes: readonly PurposeKey[];
  at: Date;
};

type Refusal = {
  id: string;
  phoneId: PhoneId;
  purpose: PurposeKey | null;
  reference: string;
};

/**
 * States of each refusal of the person that a proven consent lifts it, for how much: who holds its receipt
 * can see so. Those of other phones of theirs are lifted for this phone alone, and say so by the consent.
 */
export async function stateLifted(ctx: TransactionContext, consent: ProvenConsent) {
  const { phoneId, sellerId, purposes } = consent;
  const lifted = (await refusalsOf(ctx, consent)).filter(
    ({ purpose }) =>
      purpose === null ||
      purposes.some((asked) => covers(asked, purpose) || covers(purpose, asked)),
  );
  const world = await statedWorld(ctx, [phoneId]);
  const statements = lifted.map(({ id, phoneId: subjectId, reference }) => ({
    subjectId,
    about: id,
    claims: saidClaims({
      organization: world.organization,
      opt_out: id,
      consent: consent.consentId,
      ...world.phone(phoneId),
      seller: world.seller(sellerId),
      purposes,
      at: consent.at.toISOString(),
      reference,
    }),
  }));
  await putStatements(ctx, "opt-out.lifted", statements);
}

/** Of calls of this seller, over all phones that the organization knows of the person. */
const refusalsOf = (
  { db, organizationId, now }: TransactionContext,
  { phoneId, sellerId, at }: ProvenConsent,
) =>
  db.$queryRaw<Refusal[]>`
    SELECT id, phone_id AS "phoneId", purpose, reference FROM opt_out_known AS opt_out
    WHERE organization_id = ${organizationId}::uuid AND scope <> 'profiling'
      AND (seller_id IS NULL OR seller_id = ${sellerId}::uuid) AND opt_out.at < ${at}
      AND opt_out.recorded_at < ${now} AND corrected_at IS NULL
      AND (phone_id = ${phoneId}::uuid OR phone_id IN (
        SELECT other.phone_id FROM contact_phone AS own
        JOIN contact_phone AS other ON other.organization_id = own.organization_id
          AND other.contact_id = own.contact_id
        WHERE own.organization_id = ${organizationId}::uuid AND own.phone_id = ${phoneId}::uuid))
    ORDER BY phone_id, id`;
