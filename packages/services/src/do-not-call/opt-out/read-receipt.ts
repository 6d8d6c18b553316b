import { command } from "../../platform/verb.ts";
import { z } from "zod";
import type { OptOutId } from "@ringfence/core/ids";
import type { Certificate } from "@ringfence/core/proof/ledger";
import type { ScopeView } from "@ringfence/core/do-not-call/opt-out";
import { actingPerson } from "../../platform/access/acting-person.ts";
import { appendAudit } from "../../platform/audit/append-audit.ts";
import { inTransaction } from "../../platform/context.ts";
import { ServiceError } from "../../platform/errors.ts";
import { readLogPolicy } from "../../proof/ledger/policy.ts";
import { toScopeView } from "./opt-out.ts";
import { sellersOf } from "../../account/seller/sellers-of.ts";
import { certifyAlone } from "../../proof/certificate/certify-alone.ts";

/** What a person keeps of their refusal: to read, and to prove it by. */
export type Receipt = {
  organization: string;
  /** IANA name, in which times are told. */
  zone: string;
  /** Null where it was erased since. */
  phone: string | null;
  scope: ScopeView;
  effectiveAt: Date;
  /** Since when it counts no more, for two officers found that it was another's. */
  correctedAt: Date | null;
  reference: string;
  certificate: Certificate;
};

/**
 * The receipt of a refusal, for whoever has its link. It is of this one alone: what else was stated of
 * the number is another's, if somebody else has typed it.
 */
export const readReceipt = command({
  name: "readReceipt",
  action: "opt-out.keep-receipt",
  input: z.custom<{ optOutId: OptOutId }>(),
  transaction: "by run",
  run: async (ctx, { optOutId: id }): Promise<Receipt> => {
    const policy = await readLogPolicy(ctx.db);
    return inTransaction(ctx, async (ctx) => {
      const { db, organizationId } = ctx;
      const phoneId = actingPerson(ctx);
      const row = await db.optOut.findFirst({
        where: { organizationId, id, phoneId },
        include: { phone: true, answers: { where: { isAccepted: true } } },
      });
      if (row === null) throw new ServiceError("not-found", { key: "stop.not-found" });
      await appendAudit(ctx, "opt-out.keep-receipt", { phoneId, optOutId: id });
      const { name, zone } = await db.organization.findUniqueOrThrow({
        where: { id: organizationId },
      });
      return {
        organization: name,
        zone,
        phone: row.phone.e164,
        scope: toScopeView(await sellersOf(ctx), row),
        effectiveAt: row.at,
        correctedAt: row.answers[0]?.answeredAt ?? null,
        reference: row.reference,
        certificate: await certifyAlone(ctx, policy, id),
      };
    });
  },
  audit: "by run",
});
