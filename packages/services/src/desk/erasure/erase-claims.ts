import { ServiceError, type TransactionContext, command } from "../../platform/internal.ts";
import { EraseClaims } from "@ringfence/core/desk/erasure";
import type { PersonalClaim } from "@ringfence/core/proof/ledger";
import { PhoneId } from "@ringfence/core/ids";
import { listConsentEventIds } from "../../proof/record/internal.ts";
import { lockPhones } from "../../people/phone/internal.ts";
import { openStatements } from "../../proof/statement/internal.ts";
import { assertNotHeld } from "../legal-hold/internal.ts";
import { eraseDisclosures } from "./erase-disclosures.ts";
import { queueFileErasure } from "./files/start-file-erasure.ts";
import { type ErasureAct, recordErasure } from "./erasure-act.ts";

/** The key in a consent's evidence, for each claim that has one of its own there. */
const evidenceKeys: Partial<Record<PersonalClaim, string>> = {
  ip: "ip",
  user_agent: "userAgent",
  url: "url",
  signature: "signature",
  recording: "recording",
  scan: "scan",
};

/**
 * Erases some claims of a consent, such as the signature or the recording, from its statements and from its evidence.
 * The consent stays in force. With the address of the page (`url`), the one in the kept copy of the form's page goes
 * too. The rest stays as proof, sealed with a new key. Throws `conflict` if the person is under a legal hold.
 */
export const eraseClaims = command({
  name: "eraseClaims",
  action: "person.erase",
  stepUp: true,
  input: EraseClaims,
  run: async (ctx, { consentId, claims, reason }): Promise<ErasureAct> => {
    const events = await listConsentEventIds(ctx, consentId);
    const statements = await openStatements(ctx, { about: events });
    const [first] = statements;
    if (!first) throw new ServiceError("not-found", { key: "consent.not-found" });
    const phoneId = PhoneId.parse(first.subjectId);
    await assertNotHeld(ctx, { contactIds: [], phoneIds: [phoneId] });
    await lockPhones(ctx, [phoneId]);
    const entryIds = statements.map(({ entryId }) => entryId);
    await eraseDisclosures(ctx, [phoneId], claims, entryIds);
    await eraseEvidence(ctx, events, claims);
    await queueFileErasure(ctx);
    const erased = Object.fromEntries(
      claims.map((claim) => [claim, statements.filter(({ claims }) => claim in claims).length]),
    );
    return recordErasure(ctx, { reason, erased, phoneIds: [phoneId], contactIds: [] });
  },
  // One row (`recordErasure`).
  audit: "by run",
});

async function eraseEvidence(
  { db, organizationId }: TransactionContext,
  events: readonly string[],
  claims: readonly PersonalClaim[],
) {
  // The claim `evidence` holds all keys but these, which are claims of their own.
  const ownClaimKeys = ["act", "states", ...Object.values(evidenceKeys)];
  const erasedKeys = claims.flatMap((claim) => evidenceKeys[claim] ?? []);
  const erasedFileKeys = erasedKeys.filter((key) => key === "recording" || key === "scan");
  await db.$executeRaw`
    UPDATE evidence SET body = (
      SELECT coalesce(jsonb_object_agg(key, value), '{}') FROM jsonb_each(
        CASE WHEN ${claims.includes("url")} THEN body #- '{page,url}' ELSE body END)
      WHERE key <> ALL (${erasedKeys}::text[])
        AND (${!claims.includes("evidence")} OR key = ANY (${ownClaimKeys}::text[]))),
      file_id = CASE WHEN body ?| ${erasedFileKeys}::text[] THEN NULL ELSE file_id END
    WHERE organization_id = ${organizationId}::uuid AND consent_event_id = ANY (${events}::uuid[])`;
}
