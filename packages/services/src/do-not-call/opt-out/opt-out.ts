import { OptOutId, PhoneId, SellerId } from "@ringfence/core/ids";
import {
  OptOutChannel,
  type OptOutScope,
  type ScopeView,
  toScope,
} from "@ringfence/core/do-not-call/opt-out";
import { ServiceError, type TransactionContext } from "../../platform/internal.ts";
import { verifyCorrections } from "../../proof/record/internal.ts";

/**
 * An opt-out that is to be recorded. With `at` null, the source does not tell when, and it takes effect when recorded.
 */
export type NewOptOut = {
  phoneId: PhoneId;
  scope: OptOutScope;
  channel: OptOutChannel;
  at: Date | null;
  note?: string | undefined;
  /** Address of the call's recording. */
  recording?: string | undefined;
  /**
   * True for a request that may arrive many times, such as a click: an opt-out of the phone and scope that is on record
   * is returned instead, whatever its channel and time (`findExisting`).
   */
  isRepeatable?: boolean;
  /** True for a request that was made now: it is recorded even if another one of the same call says the same. */
  isSeparate?: boolean;
};

/** Converts a scope to its columns in `opt_out`. */
export const toScopeRow = (scope: OptOutScope) => ({
  scope: scope.scope,
  sellerId: scope.scope === "seller" ? scope.sellerId : null,
  purpose: scope.scope === "purpose" ? scope.purpose : null,
});

/** An opt-out as it was recorded. `note` and `recording` are undefined if there are none, or they were erased. */
export type StoredOptOut = NewOptOut & {
  id: OptOutId;
  at: Date;
  reference: string;
  /** Actor that recorded it, as the row's JSON. */
  actor: unknown;
};

/** Loads an opt-out as it was recorded. Throws `not-found`, also for one of another organization. */
export async function loadOptOut(
  { db, organizationId }: TransactionContext,
  id: OptOutId,
): Promise<StoredOptOut> {
  const [optOut] = await findOptOuts({ db, organizationId }, [id]);
  if (optOut === undefined) throw new ServiceError("not-found", { key: "opt-out.not-found" });
  return optOut;
}

/** Finds the opt-outs with these ids, in no order. Ids that the organization has not recorded are left out. */
export async function findOptOuts(
  { db, organizationId }: Pick<TransactionContext, "db" | "organizationId">,
  ids: readonly string[],
): Promise<StoredOptOut[]> {
  const rows = await db.optOut.findMany({
    where: { organizationId, id: { in: [...ids] } },
    include: { notes: { select: { text: true, recording: true } } },
  });
  return rows.map((row) => ({
    id: OptOutId.parse(row.id),
    phoneId: PhoneId.parse(row.phoneId),
    scope: toScope({ ...row, sellerId: SellerId.nullable().parse(row.sellerId) }),
    channel: OptOutChannel.parse(row.channel),
    at: row.at,
    reference: row.reference,
    actor: row.actor,
    note: row.notes[0]?.text ?? undefined,
    recording: row.notes[0]?.recording ?? undefined,
  }));
}

type AcceptedAnswer = { correctionId: string; answeredAt: Date; mac: Uint8Array | null };

/**
 * Finds when two officers lifted an opt-out, by its accepted answers. Null if they did not. An answer that our code did
 * not write lifts nothing, so it does not count.
 */
export function findCorrectedAt(
  { keys, organizationId }: Pick<TransactionContext, "keys" | "organizationId">,
  { id, phoneId, answers }: { id: string; phoneId: string; answers: readonly AcceptedAnswer[] },
): Date | null {
  const corrections = answers.map(({ correctionId, answeredAt, mac }) => ({
    correctionId,
    optOutId: id,
    phoneId,
    at: answeredAt.getTime(),
    mac,
  }));
  const verified = verifyCorrections(keys, organizationId, corrections);
  return answers.find((_, index) => verified[index])?.answeredAt ?? null;
}

/** The scope as a row holds it. */
type ScopeRow = {
  scope: OptOutScope["scope"];
  sellerId?: string | null;
  purpose?: string | null;
};

/** Writes a scope as responses do, with the seller's key. A seller that is not in `sellers` is written as its id. */
export function toScopeView(
  sellers: readonly { id: SellerId; key: string }[],
  { scope, sellerId, purpose }: ScopeRow,
): ScopeView {
  switch (scope) {
    case "seller":
      return { seller: sellers.find(({ id }) => id === sellerId)?.key ?? String(sellerId) };
    case "purpose":
      return { purpose: String(purpose) };
    case "profiling":
      return { profiling: true };
    case "all":
      return {};
  }
}
