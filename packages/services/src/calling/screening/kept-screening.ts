import { ConsentId, PhoneId, ScreeningId, SellerId } from "@ringfence/core/ids";
import { JurisdictionId } from "@ringfence/core/people/jurisdiction";
import { fromStored, StoredMessage } from "@ringfence/core/platform/message";
import { PurposeKey } from "@ringfence/core/account/purpose";
import { Reason, type Refusal } from "@ringfence/core/calling/screening";
import { Dialer } from "@ringfence/core/account/organization";
import { z } from "zod";
import { sellersSeenBy } from "../../platform/access/sellers-seen-by.ts";
import type { TransactionContext } from "../../platform/context.ts";
import { ServiceError } from "../../platform/errors.ts";

const noWords = { key: "refusal.unknown-words", values: {} } as const;

/** A reason as a row keeps it. Its words may be of a version that said them otherwise. */
const KeptReason = z.object({
  reason: Reason,
  rule: z.string().exactOptional(),
  citation: z.string().exactOptional(),
  registry: z.string().exactOptional(),
  missing: z.array(z.string()).readonly().exactOptional(),
  since: z.coerce.date().exactOptional(),
  until: z.coerce.date().exactOptional(),
  message: z
    .object({ key: StoredMessage.shape.key, values: StoredMessage.shape.values.default({}) })
    .catch(noWords)
    .transform(fromStored),
});

/** Facts that a verdict was based on, as the row stores them. */
const KeptChecked = z.object({
  jurisdictions: z.array(JurisdictionId).default([]),
  zones: z.array(z.string()).default([]),
  consent: z
    .object({ id: ConsentId, since: z.coerce.date(), until: z.coerce.date().exactOptional() })
    .exactOptional(),
  editions: z
    .array(
      z.object({
        registry: z.string(),
        edition: z.int(),
        ageDays: z.number(),
        limitDays: z.number(),
      }),
    )
    .default([]),
  reassigned: z
    .object({
      answer: z.enum(["yes", "no", "no_data"]),
      consentDate: z.coerce.date(),
      askedAt: z.coerce.date(),
    })
    .exactOptional(),
  rules: z.string().nullable().default(null),
  ledgerSize: z.int().nullable().default(null),
});

const Row = z.object({
  phoneId: PhoneId.nullable(),
  sellerId: SellerId,
  purpose: PurposeKey,
  dialer: Dialer,
  campaign: z.string().nullable(),
  at: z.date(),
  verdict: z.enum(["allow", "refuse"]),
  refusals: z.array(KeptReason),
  warnings: z.array(KeptReason),
  checked: KeptChecked,
  permitUntil: z.date().nullable(),
  handOverId: z.uuid().nullable(),
  permitId: ScreeningId.nullable(),
  actor: z.unknown(),
});

/** A screening as it is on record. */
export type KeptScreening = Omit<z.infer<typeof Row>, "refusals" | "warnings"> & {
  id: ScreeningId;
  refusals: readonly Refusal[];
  warnings: readonly Refusal[];
};

/** A screening of the organization, of a seller that the actor works for: any other looks the same as none. */
export async function requireScreening(
  { db, organizationId, actor }: TransactionContext,
  id: ScreeningId,
): Promise<KeptScreening> {
  const theirs = sellersSeenBy(actor);
  const row = await db.screening.findFirst({
    where: { organizationId, id, ...(theirs && { sellerId: { in: [...theirs] } }) },
  });
  if (row === null) throw new ServiceError("not-found", { key: "error.screening-not-found" });
  return { id, ...Row.parse(row) };
}
