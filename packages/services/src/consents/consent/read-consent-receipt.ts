import { command } from "../../platform/verb.ts";
import { z } from "zod";
import { ConsentId } from "@ringfence/core/ids";
import type { Certificate } from "@ringfence/core/proof/ledger";
import { actingPerson } from "../../platform/access/acting-person.ts";
import { appendAudit } from "../../platform/audit/append-audit.ts";
import { consentsSentTogether } from "./consents-sent-together.ts";
import { inTransaction } from "../../platform/context.ts";
import { ServiceError } from "../../platform/errors.ts";
import { readLogPolicy } from "../../proof/ledger/policy.ts";
import { certifyAlone } from "../../proof/certificate/certify-alone.ts";

/** Reads what a person can keep of the form that they sent: its contents, and the proofs. */
export type ConsentReceipt = {
  organization: string;
  seller: string;
  /** IANA name, in which times are told. */
  zone: string;
  /** Null where it was erased since. */
  phone: string | null;
  at: Date;
  consents: readonly {
    id: ConsentId;
    language: string;
    text: string;
    /** Since when it counts no more. */
    endedAt: Date | null;
    certificate: Certificate;
  }[];
};

/**
 * The receipt of a form, for whoever has its link: of what was agreed to by it, and of nothing else that is
 * known of the number. What waits for an answer has no receipt yet.
 */
export const readConsentReceipt = command({
  name: "readConsentReceipt",
  action: "consent.keep-receipt",
  input: z.custom<{ receipt: ConsentId }>(),
  transaction: "by run",
  run: async (ctx, { receipt }): Promise<ConsentReceipt> => {
    const policy = await readLogPolicy(ctx.db);
    return inTransaction(ctx, async (ctx) => {
      const { db, organizationId } = ctx;
      const phoneId = actingPerson(ctx);
      const events = await db.consentEvent.findMany({
        where: { organizationId, consentId: { in: await consentsSentTogether(ctx, receipt) } },
        include: { phone: true, seller: true, disclosure: true },
        orderBy: { id: "asc" },
      });
      const grants = events.filter(({ type }) => type === "granted");
      const [first] = grants;
      if (!first) throw new ServiceError("not-found", { key: "consent.not-found" });
      await appendAudit(ctx, "consent.keep-receipt", { phoneId, consentId: receipt });
      const { name, zone } = await db.organization.findUniqueOrThrow({
        where: { id: organizationId },
      });
      const consents = [];
      for (const { consentId, disclosure } of grants) {
        const ended = events.find(
          (event) =>
            event.consentId === consentId &&
            (event.type === "withdrawn" || event.type === "invalidated"),
        );
        consents.push({
          id: ConsentId.parse(consentId),
          language: disclosure?.language ?? "",
          text: disclosure?.text ?? "",
          endedAt: ended?.at ?? null,
          certificate: await certifyAlone(ctx, policy, consentId),
        });
      }
      const { phone, seller, at } = first;
      return { organization: name, seller: seller.name, zone, phone: phone.e164, at, consents };
    });
  },
  audit: "by run",
});
