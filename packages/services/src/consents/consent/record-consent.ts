import { command } from "../../platform/verb.ts";
import { type PurposeStanding, RecordConsent, readConsent } from "@ringfence/core/consents/consent";
import type { ConsentId } from "@ringfence/core/ids";
import type { Fault, Message } from "@ringfence/core/platform/message";
import { allowSeller } from "../../platform/access/allow.ts";
import { appendAudit } from "../../platform/audit/append-audit.ts";
import { ServiceError } from "../../platform/errors.ts";
import { organizationOf } from "../../account/organization/organization-of.ts";
import { purposesOf } from "../../account/purpose/purposes-of.ts";
import { sellersOf } from "../../account/seller/sellers-of.ts";
import { lastStatement } from "../../proof/statement/last-statement.ts";
import { consentEvents } from "../../proof/record/consent-events.ts";
import { putConsents } from "./put-consents.ts";

/** What became of a consent for each purpose: `held` where a refusal stands against it (contract 6). */
export type ConsentAnswer = {
  id: ConsentId;
  standing: readonly PurposeStanding[];
  /** SD-JWT: what was stated of it, signed, with all that it discloses. */
  statement: string;
  /** Where what is on record is not what was sent. */
  notes: readonly Message[];
};

/**
 * Puts on record that a person agreed to calls, with what proves it. Safe to repeat: the same grant
 * is recorded once. It lifts no refusal: that takes an act which no caller can make alone.
 */
export const recordConsent = command({
  name: "recordConsent",
  action: "consent.record",
  input: RecordConsent,
  run: async (ctx, input): Promise<ConsentAnswer> => {
    const { phone, sellerId, fault } = readConsent(input, {
      sellers: await sellersOf(ctx),
      purposes: await purposesOf(ctx),
      region: (await organizationOf(ctx)).homeRegion,
      now: ctx.now,
    });
    if (fault) throw errorOf(fault);
    allowSeller(ctx, sellerId);

    const [put] = await putConsents(ctx, [{ consent: input, phone, sellerId }]);
    if (!put) throw new Error("a consent got no answer");
    if (put.fault) throw errorOf(put.fault);
    const { id, phoneId, isNew, standing } = put;
    await appendAudit(ctx, "consent.record", { phoneId, consentId: id, isNew });
    const statement = await lastStatement(ctx, await consentEvents(ctx, id));
    return { id, standing, statement, notes: [] };
  },
  audit: "by run",
});

/** What names something that is not there is a slip in the request. */
function errorOf({ path, message }: Fault) {
  const names = /^\/(seller|purposes|channels|disclosure)/.test(path);
  return new ServiceError(names ? "invalid-field" : "invalid", message, path);
}
