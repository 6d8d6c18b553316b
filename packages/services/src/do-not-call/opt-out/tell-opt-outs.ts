import { type NamedActor, actorNames } from "../../platform/access/actor-names.ts";
import type { TransactionContext } from "../../platform/context.ts";
import { sellersOf } from "../../account/seller/sellers-of.ts";
import { type Reach, reachOf } from "./reach-of.ts";
import { type ToldScope, toldScope } from "./told-scope.ts";

/** What of a refusal's row, and beside it, is told to members. */
export const toldOptOut = {
  phone: { select: { e164: true } },
  notes: { select: { text: true, recording: true } },
  answers: { where: { isAccepted: true }, select: { answeredAt: true } },
} as const;

type Row = Parameters<typeof toldScope>[1] & {
  id: string;
  phoneId: string;
  phone: { e164: string | null };
  channel: string;
  at: Date;
  recordedAt: Date;
  reference: string;
  actor: unknown;
  notes: readonly { text: string | null; recording: string | null }[];
  answers: readonly { answeredAt: Date }[];
};

export type OptOutListed = {
  id: string;
  phoneId: string;
  /** Null once it was erased. */
  phone: string | null;
  scope: ToldScope;
  channel: string;
  effectiveAt: Date;
  recordedAt: Date;
  reference: string;
  by: NamedActor | null;
  note: string | null;
  /** Where it can be heard. */
  recording: string | null;
  reach: Reach | null;
  /** Since when two officers have lifted it, as entered for a wrong number. */
  correctedAt: Date | null;
};

export async function tellOptOuts(
  ctx: TransactionContext,
  rows: readonly Row[],
): Promise<OptOutListed[]> {
  const sellers = await sellersOf(ctx);
  const nameOf = await actorNames(
    ctx,
    rows.map(({ actor }) => actor),
  );
  const reaches = await reachOf(
    ctx,
    rows.map(({ id }) => id),
  );
  return rows.map(({ phone, notes, answers, ...optOut }) => ({
    id: optOut.id,
    phoneId: optOut.phoneId,
    phone: phone.e164,
    scope: toldScope(sellers, optOut),
    channel: optOut.channel,
    effectiveAt: optOut.at,
    recordedAt: optOut.recordedAt,
    reference: optOut.reference,
    by: nameOf(optOut.actor),
    note: notes[0]?.text ?? null,
    recording: notes[0]?.recording ?? null,
    reach: reaches.get(optOut.id) ?? null,
    correctedAt: answers[0]?.answeredAt ?? null,
  }));
}
