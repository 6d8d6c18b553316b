import {
  type TransactionContext,
  command,
  createIds,
  defineEvent,
  selectRows,
  toTable,
  visibleSellerIds,
} from "../../platform/internal.ts";
import {
  type ReadCallRow,
  RecordCalls,
  readCallRow,
  readLogRow,
} from "@ringfence/core/calling/call";
import {
  type RowOutcome,
  type RowsSummary,
  rejected,
  summarizeRows,
} from "@ringfence/core/platform/rows";
import { loadOrganization } from "../../account/organization/internal.ts";
import { loadPurposes } from "../../account/purpose/internal.ts";
import { loadSellers } from "../../account/seller/internal.ts";
import { queueCalls } from "../violation/internal.ts";
import { findOrAddPhones } from "../../people/phone/internal.ts";
import { sql } from "kysely";
import { z } from "zod";
import { CallId } from "@ringfence/core/ids";

/** New calls: their ids, and the campaign and outcome of those that belong to a campaign. */
export type CallsRecorded = {
  callIds: readonly CallId[];
  ofCampaigns: readonly { campaign: string; outcome: string | null }[];
};

/** Event that calls were recorded. Refusals among them may pause their campaign; complaints may be about them. */
export const callsRecorded = defineEvent<CallsRecorded>("callsRecorded");

/**
 * Records calls from the dialer's log. A call whose external id is recorded already is left unchanged, so a
 * log with ids can be sent again; a call without one is always new. Members and keys of some sellers cannot record
 * calls of others. Log rows that are not outbound calls are skipped.
 */
export const recordCalls = command({
  name: "recordCalls",
  action: "call.record",
  input: RecordCalls,
  transaction: { timeoutMs: 60_000 },
  run: async (ctx, { rows, firstLine = 1, log }): Promise<RowsSummary> => {
    const { homeRegion: region, zone } = await loadOrganization(ctx);
    const visible = visibleSellerIds(ctx.actor);
    const sellers = (await loadSellers(ctx)).filter(({ id }) => visible?.includes(id) ?? true);
    const purposes = await loadPurposes(ctx);
    const world = { sellers, purposes, region, now: ctx.now };
    const readOne = (row: unknown, line: number) =>
      log === undefined
        ? readCallRow(line, row, world)
        : readLogRow(line, row, { ...log, zone: log.zone ?? zone }, world);
    const read = rows.flatMap((row, index) => readOne(row, firstLine + index) ?? []);
    const calls = read.filter((row) => row.status === "read");
    const unreadable = read.filter((row) => row.status === "rejected");
    const outcomes = [...unreadable, ...(await saveCalls(ctx, calls))];
    return summarizeRows(outcomes.toSorted((a, b) => a.line - b.line));
  },
  audit: ({ accepted, rejected }) => ({ accepted, rejected }),
});

/**
 * Saves calls in the caller's transaction, and rejects those that name a screening which does not exist or is of a
 * seller that the actor does not work for. The sellers of the calls themselves are for the caller to check. Returns the
 * outcome of each, in no order.
 */
export async function saveCalls(
  ctx: TransactionContext,
  calls: readonly ReadCallRow[],
): Promise<RowOutcome[]> {
  const unknown = await findUnknownScreenings(
    ctx,
    calls.flatMap(({ row }) => row.screening ?? []),
  );
  const isKnown = ({ row }: ReadCallRow) => !row.screening || !unknown.has(row.screening);
  const known = calls.filter(isKnown);
  const areNew = await insertCalls(ctx, known);
  return [
    ...known.map(
      ({ line }, index) => ({ line, status: areNew[index] ? "created" : "unchanged" }) as const,
    ),
    ...calls
      .filter((call) => !isKnown(call))
      .map(({ line }) => rejected(line, { key: "call.screening-unknown" }, "/screening")),
  ];
}

/**
 * Inserts calls that are not recorded yet, marks the verified permits that they used, which from then on count no more
 * beside their calls, queues the calls to be judged, and raises `callsRecorded`, whose handlers may pause a campaign
 * and link complaints. Returns for each call, in order, whether it is new.
 */
const insertCalls = async (
  ctx: TransactionContext,
  calls: readonly ReadCallRow[],
): Promise<boolean[]> => {
  const { db, organizationId, now } = ctx;
  const phones = await findOrAddPhones(
    ctx,
    calls.map(({ phone }) => phone),
  );
  const ids = await createIds(ctx, CallId, calls.length);
  // Always inserts in the same order, so that two concurrent logs cannot deadlock.
  const sorted = calls.map((call, index) => ({ ...call, id: ids[index] })).toSorted(byExternalId);
  const rows = sorted.map(({ id, phone, sellerId, row }) => ({
    ...row,
    id,
    phoneId: phones.get(phone)?.id,
    sellerId,
  }));
  const table = toTable(rows, {
    id: "uuid",
    externalId: "text",
    phoneId: "uuid",
    sellerId: "uuid",
    purpose: "text",
    at: "timestamptz",
    outcome: "text",
    seconds: "int",
    campaign: "text",
    dialer: "text",
    screening: "uuid",
  });
  const inserted = await selectRows(
    ctx,
    IdRow,
    sql`
    INSERT INTO call (organization_id, id, external_id, phone_id, seller_id, purpose, at, outcome,
      seconds, campaign, dialer, screening_id, recorded_at)
    SELECT ${organizationId}::uuid, id, external_id, phone_id, seller_id, purpose, at, outcome,
      seconds, campaign, dialer, screening, ${now}
    FROM ${table} AS made
    ON CONFLICT (organization_id, external_id) DO NOTHING
    RETURNING id`,
  );
  const callIds = inserted.map(({ id }) => CallId.parse(id));
  const newIds = new Set<string>(callIds);
  await db.$executeRaw`SELECT report_permits(${organizationId}::uuid, ${[...newIds]}::uuid[])`;
  await queueCalls(ctx, [...newIds]);
  const ofCampaigns = sorted.flatMap(({ id, row: { campaign, outcome = null } }) =>
    newIds.has(id ?? "") && campaign !== undefined ? { campaign, outcome } : [],
  );
  await callsRecorded.raise(ctx, { callIds, ofCampaigns });
  return ids.map((id) => newIds.has(id));
};

function byExternalId({ row: a }: ReadCallRow, { row: b }: ReadCallRow): number {
  const [one = "", other = ""] = [a.externalId, b.externalId];
  if (one === other) return 0;
  return one < other ? -1 : 1;
}

const IdRow = z.object({ id: z.uuid() });

/** Returns the ids that are not screenings of the organization for sellers that the actor works for. */
async function findUnknownScreenings(
  ctx: TransactionContext,
  ids: readonly string[],
): Promise<Set<string>> {
  if (ids.length === 0) return new Set();
  const sellers = visibleSellerIds(ctx.actor);
  const known = await selectRows(
    ctx,
    IdRow,
    sql`
    SELECT id FROM screening
    WHERE organization_id = ${ctx.organizationId}::uuid AND id = ANY (${ids}::uuid[])
      AND (${sellers}::uuid[] IS NULL OR seller_id = ANY (${sellers}::uuid[]))`,
  );
  const unknown = new Set(ids);
  for (const { id } of known) unknown.delete(id);
  return unknown;
}
