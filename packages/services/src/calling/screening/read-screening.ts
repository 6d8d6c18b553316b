import { query } from "../../platform/verb.ts";
import { may } from "@ringfence/core/platform/access";
import { ScreeningId } from "@ringfence/core/ids";
import { Phone } from "@ringfence/core/people/phone";
import { type NamedActor, actorNames } from "../../platform/access/actor-names.ts";
import { appendAudit } from "../../platform/audit/append-audit.ts";
import type { TransactionContext } from "../../platform/context.ts";
import { findEntry } from "../../proof/ledger/read-proof.ts";
import { type PastRules, findPastRules } from "../../people/jurisdiction/rule-sets.ts";
import { sellersOf } from "../../account/seller/sellers-of.ts";
import { type EditionThen, editionsThen, listJudgedEditions } from "./editions-then.ts";
import { type KeptScreening, requireScreening } from "./kept-screening.ts";
import { type PermitTrail, permitTrail } from "./permit-trail.ts";

/** A past screening with what it rested on, and what became of it. */
export type ScreeningView = Omit<
  KeptScreening,
  "actor" | "permitUntil" | "handOverId" | "permitId"
> & {
  /** Null where what was sent is no number, and once it was erased. */
  phone: Phone | null;
  isErased: boolean;
  seller: string;
  by: NamedActor | null;
  editions: readonly EditionThen[];
  rules: PastRules;
  permit: PermitTrail;
  /** Its place on the ledger; null where it is not there yet, and for whoever may not read proofs. */
  proof: { acceptedAt: Date; index: number | null } | null;
};

/** A past screening, from what is on record of it. Who looks is on record, in the trail of the phone. */
export const readScreening = query({
  name: "readScreening",
  action: "screening.read",
  input: ScreeningId,
  run: async (ctx, screeningId): Promise<ScreeningView> => {
    const screening = await requireScreening(ctx, screeningId);
    await auditLook(ctx, screening);
    const { actor, permitUntil: _, handOverId: __, permitId: ___, ...shown } = screening;
    const { phoneId, sellerId, checked, at } = screening;
    const phone = await findScreenedPhone(ctx, screening);
    const named = [...screening.refusals, ...screening.warnings].flatMap(({ rule }) => rule ?? []);
    return {
      ...shown,
      phone,
      isErased: phoneId !== null && phone === null,
      seller: (await sellersOf(ctx)).find(({ id }) => id === sellerId)?.name ?? "",
      by: (await actorNames(ctx, [actor]))(actor),
      editions: await editionsThen(ctx, listJudgedEditions(screening)),
      rules: await findPastRules(ctx, {
        hash: checked.rules,
        at,
        places: checked.jurisdictions,
        zones: checked.zones,
        named: new Set(named),
      }),
      permit: await permitTrail(ctx, screening),
      proof: await findProof(ctx, screeningId),
    };
  },
  audit: "by run",
});

/** Notes who looked at a screening, in the trail of its phone. */
export const auditLook = (
  ctx: TransactionContext,
  { id: screeningId, phoneId }: Pick<KeptScreening, "id" | "phoneId">,
  more: { again?: true } = {},
) => appendAudit(ctx, "screening.read", { ...(phoneId && { phoneId }), screeningId, ...more });

/** The number of a screening; null where it has none, or none any more. */
export async function findScreenedPhone(
  { db, organizationId }: TransactionContext,
  { phoneId }: Pick<KeptScreening, "phoneId">,
): Promise<Phone | null> {
  if (phoneId === null) return null;
  const row = await db.phone.findFirst({
    where: { organizationId, id: phoneId },
    select: { e164: true },
  });
  return Phone.nullable().parse(row?.e164 ?? null);
}

async function findProof(
  ctx: TransactionContext,
  id: ScreeningId,
): Promise<ScreeningView["proof"]> {
  const entry = may(ctx.actor, "proof.read") ? await findEntry(ctx, id) : null;
  return entry && { acceptedAt: entry.acceptedAt, index: entry.index };
}
