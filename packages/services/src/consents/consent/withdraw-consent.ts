import { command } from "../../platform/verb.ts";
import { WithdrawConsent } from "@ringfence/core/consents/consent";
import { ServiceError } from "../../platform/errors.ts";
import { lastStatement } from "../../proof/statement/last-statement.ts";
import { consentEvents } from "../../proof/record/consent-events.ts";
import { readEveryEvent } from "./read-events.ts";
import type { ConsentAnswer } from "./record-consent.ts";
import { standingsOfConsents } from "./standings-of-consents.ts";
import { takeBack } from "./take-back.ts";

/** Puts on record that a person takes back what they agreed to, or a part of it. Safe to repeat. */
export const withdrawConsent = command({
  name: "withdrawConsent",
  action: "consent.record",
  input: WithdrawConsent,
  run: async (ctx, said): Promise<ConsentAnswer> => {
    const id = said.consent;
    const [known] = await readEveryEvent(ctx, { consent: id });
    if (!known) throw new ServiceError("not-found", { key: "consent.not-found" });
    const { later, notes } = await takeBack(ctx, known, said);
    const [standing = []] = await standingsOfConsents(later, [{ id, phoneId: known.phoneId }]);
    const statement = await lastStatement(ctx, await consentEvents(ctx, id));
    return { id, standing, statement, notes };
  },
  audit: "by run",
});
