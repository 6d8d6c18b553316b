import type { ReadCallRow } from "@ringfence/core/calling/call";
import type { TransactionContext } from "../../platform/context.ts";
import { callsRecorded } from "./calls-recorded.ts";
import { freshIds } from "../../platform/fresh-ids.ts";
import { queueCalls } from "../violation/queue-calls.ts";
import { internPhones } from "../../people/phone/intern-phones.ts";

/**
 * Writes calls that are not on record yet, and has them judged; a campaign that too many refused is paused.
 * Tells of each whether it was new.
 */
export const insertCalls = async (
  ctx: TransactionContext,
  calls: readonly ReadCallRow[],
): Promise<boolean[]> => {
  const { db, organizationId, now } = ctx;
  const phones = await internPhones(
    ctx,
    calls.map(({ phone }) => phone),
  );
  const ids = await freshIds(ctx, calls.length);
  // In one order, so that of two logs at once neither waits for the other in a circle.
  const all = calls.map((call, index) => ({ ...call, id: ids[index] })).toSorted(byExternalId);
  const rows = all.map(({ row }) => row);
  const inserted = await db.$queryRaw<{ id: string }[]>`
    INSERT INTO call (organization_id, id, external_id, phone_id, seller_id, purpose, at, outcome,
      seconds, campaign, dialer, screening_id, recorded_at)
    SELECT ${organizationId}::uuid, *, ${now}
    FROM unnest(${all.map(({ id }) => id)}::uuid[],
      ${rows.map(({ externalId }) => externalId ?? null)}::text[],
      ${all.map(({ phone }) => phones.get(phone)?.id ?? null)}::uuid[],
      ${all.map(({ sellerId }) => sellerId)}::uuid[],
      ${rows.map(({ purpose }) => purpose)}::text[], ${rows.map(({ at }) => at)}::timestamptz[],
      ${rows.map(({ outcome }) => outcome ?? null)}::text[],
      ${rows.map(({ seconds }) => seconds ?? null)}::int[],
      ${rows.map(({ campaign }) => campaign ?? null)}::text[],
      ${rows.map(({ dialer }) => dialer ?? null)}::text[],
      ${rows.map(({ screening }) => screening ?? null)}::uuid[])
    ON CONFLICT (organization_id, external_id) DO NOTHING
    RETURNING id`;
  const isNew = new Set(inserted.map(({ id }) => id));
  await db.$executeRaw`SELECT report_permits(${organizationId}::uuid, ${[...isNew]}::uuid[])`;
  await queueCalls(ctx, [...isNew]);
  const told = all.flatMap(({ id, row: { campaign, outcome = null } }) =>
    isNew.has(id ?? "") && campaign !== undefined ? { campaign, outcome } : [],
  );
  await callsRecorded.raise(ctx, told);
  return ids.map((id) => isNew.has(id));
};

function byExternalId({ row: a }: ReadCallRow, { row: b }: ReadCallRow): number {
  const [one = "", other = ""] = [a.externalId, b.externalId];
  if (one === other) return 0;
  return one < other ? -1 : 1;
}
