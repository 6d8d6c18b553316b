import {
  type CallPreferences,
  RefusableDialer,
  selectCountedPreferences,
} from "@ringfence/core/do-not-call/call-preference";
import { CallPreferenceId, type OrganizationId, PhoneId } from "@ringfence/core/ids";
import { DAY_MS, Weekday } from "@ringfence/core/platform/time";
import { z } from "zod";
import {
  type Keys,
  ServiceError,
  type TransactionContext,
  createId,
  toStoredActor,
} from "../../platform/internal.ts";
import { createPreferenceMac, verifyPreferences } from "../../proof/record/internal.ts";
import { lockPhones } from "../../people/phone/internal.ts";

/** A recorded preference as SQL returns it, without its MAC. */
export const PreferenceRow = z.object({
  id: CallPreferenceId,
  phoneId: PhoneId,
  /** Epoch milliseconds. */
  at: z.number(),
  days: z.array(Weekday),
  opensAt: z.string(),
  closesAt: z.string(),
  refusedDialers: z.array(RefusableDialer),
});
export type PreferenceRow = z.infer<typeof PreferenceRow>;

/**
 * Selects the preferences that count, from rows in the order in which they were recorded: for each phone the latest
 * with our MAC, and all later ones.
 */
export function selectAuthenticPreferences(
  keys: Pick<Keys, "eventKeys">,
  organizationId: OrganizationId,
  rows: readonly (PreferenceRow & { mac: Uint8Array | null })[],
): (PreferenceRow & { isProven: boolean })[] {
  const verified = verifyPreferences(keys, organizationId, rows);
  return selectCountedPreferences(
    rows.map((row, index) => ({ ...row, isProven: verified[index] === true })),
  );
}

/** Converts a stored row into the preference that a person chose. */
export const toCallPreferences = (
  row: Pick<PreferenceRow, "days" | "opensAt" | "closesAt" | "refusedDialers">,
): CallPreferences => ({
  hours: { days: row.days, from: row.opensAt, to: row.closesAt },
  refusedDialers: row.refusedDialers,
});

/** A call preference in force, since when, and whether the person had proved that the phone is theirs. */
export type PreferencesInForce = CallPreferences & {
  id: CallPreferenceId;
  phoneId: PhoneId;
  since: Date;
  isProven: boolean;
};

/** Loads the preferences now in force for some phones: of each the latest proven one, and all later ones. */
export async function loadPreferences(
  { db, keys, organizationId, now }: TransactionContext,
  phoneIds: readonly PhoneId[],
): Promise<PreferencesInForce[]> {
  const rows = await db.callPreference.findMany({
    where: { organizationId, phoneId: { in: [...phoneIds] }, at: { lte: now } },
    orderBy: [{ at: "asc" }, { id: "asc" }],
  });
  const stored = rows.map(({ mac, at, ...row }) => ({
    ...PreferenceRow.parse({ ...row, at: at.getTime() }),
    mac,
  }));
  return selectAuthenticPreferences(keys, organizationId, stored).map((row) => ({
    ...toCallPreferences(row),
    id: row.id,
    phoneId: row.phoneId,
    since: new Date(row.at),
    isProven: row.isProven,
  }));
}

/** Most preferences of a phone in 24 hours, because every screening of the phone reads them all. */
const MAX_A_DAY = 20;

/**
 * Records a person's call preference for a phone, which it locks. A proven one replaces earlier ones; any other only
 * adds to them. If it would change nothing, returns the same preference that is already in force. Throws `conflict`
 * after `MAX_A_DAY`. The caller writes the audit row.
 */
export async function recordPreferences(
  ctx: TransactionContext,
  phoneId: PhoneId,
  chosen: CallPreferences,
  { isProven }: { isProven: boolean },
): Promise<CallPreferenceId> {
  const { db, keys, organizationId, actor } = ctx;
  // With the time after the wait: of two choices at once, the one that came last has to count.
  const locked = await lockPhones(ctx, [phoneId]);
  const { now } = locked;
  const inForce = await loadPreferences(locked, [phoneId]);
  const same = inForce.find((one) => isSame(one, chosen));
  const isEnough = !isProven || (inForce.length === 1 && same?.isProven === true);
  if (same !== undefined && isEnough) return same.id;
  const since = new Date(now.getTime() - DAY_MS);
  const recent = await db.callPreference.count({
    // Proven ones are counted apart, so that nobody else uses up what the person may choose.
    where: { organizationId, phoneId, at: { gt: since }, mac: isProven ? { not: null } : null },
  });
  if (recent >= MAX_A_DAY) throw new ServiceError("conflict", { key: "call-preference.too-many" });
  const row = {
    id: await createId(ctx, CallPreferenceId),
    phoneId,
    days: chosen.hours.days,
    opensAt: chosen.hours.from,
    closesAt: chosen.hours.to,
    refusedDialers: chosen.refusedDialers,
  };
  const mac = isProven
    ? createPreferenceMac(keys, organizationId, { ...row, at: now.getTime() })
    : null;
  await db.callPreference.create({
    data: { ...row, organizationId, at: now, actor: toStoredActor(actor), mac },
  });
  return row.id;
}

const toText = ({ hours: { days, from, to }, refusedDialers }: CallPreferences) =>
  JSON.stringify([days, from, to, refusedDialers]);

const isSame = (one: CallPreferences, other: CallPreferences) => toText(one) === toText(other);
