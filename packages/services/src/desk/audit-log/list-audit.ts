import {
  type AuditActor,
  type AuditKind,
  type AuditKindFilter,
  ListAudit,
  classifyEntry,
  handOutActions,
  viewActions,
} from "@ringfence/core/platform/audit";
import { AuditEntryId, PhoneId } from "@ringfence/core/ids";
import { DAY_MS } from "@ringfence/core/platform/time";
import { sql } from "kysely";
import { z } from "zod";
import {
  type NamedActor,
  type TransactionContext,
  loadActorNames,
  maskPhoneFor,
  query,
  toLeastId,
} from "../../platform/internal.ts";
import { findPhoneBySearch } from "../../people/phone/internal.ts";

const Details = z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()]));

/** An audit entry for pages. */
export type AuditView = {
  id: AuditEntryId;
  at: Date;
  by: NamedActor | null;
  /** The actor as it is stored, which the digest of the day covers. */
  storedActor: unknown;
  action: string;
  kind: AuditKind;
  /** The phone concerned. Its number is null if it was erased, and masked for whoever may not take numbers away. */
  phone: { phoneId: PhoneId; number: string | null } | null;
  details: z.infer<typeof Details>;
  /** The reason given for the export, hand-over, endpoint or evidence pack; null for any other entry. */
  reason: string | null;
};

/** Lists audit entries, newest first. Reading and exporting the audit trail is audited too. */
export const listAudit = query({
  name: "listAudit",
  action: "audit.read",
  input: ListAudit.extend({ isFile: z.boolean().optional() }),
  run: async (ctx, { search, limit, ...criteria }) => {
    const found = search ? await findPhoneBySearch(ctx, search) : null;
    if (search && found === null) return { items: [], next: null, phoneId: null };
    const phones = [found, criteria.phoneId].flatMap((id) => id ?? []);
    const rows = await loadEntries(ctx, { ...criteria, phones, limit });
    const items = await toViews(ctx, rows.slice(0, limit));
    const next = rows.length > limit ? (items.at(-1)?.id ?? null) : null;
    return { items, next, phoneId: phones[0] ?? null };
  },
  audit: ({ items, phoneId }, { search, contactId, isFile }) =>
    search && phoneId === null
      ? null // Nothing was shown.
      : {
          ...(phoneId && { phoneId }),
          ...(contactId && { contactId }),
          listed: items.length,
          ...(isFile && { exported: true }),
        },
  answer: ({ items, next }) => ({ items, next }),
});

/** SQL conditions that must agree with `classifyEntry`. */
const isExport = sql<boolean>`(entry.action LIKE '%.export' OR entry.action = ANY (${[...handOutActions]})
  OR coalesce(entry.details -> 'exported' = 'true', false))`;
const isRead = sql<boolean>`(entry.action LIKE '%.read' OR entry.action LIKE '%.prove'
  OR entry.action = ANY (${[...viewActions]}))`;

/** SQL conditions on `entry` for each kind of entry. */
export const kindConditions: Record<AuditKindFilter, ReturnType<typeof sql<boolean>>> = {
  access: sql<boolean>`(${isRead} OR ${isExport})`,
  taken: isExport,
  read: sql<boolean>`(${isRead} AND NOT ${isExport})`,
  done: sql<boolean>`NOT (${isRead} OR ${isExport})`,
};

/** Matches entries about the phone or a contact who has it. */
const concernsPhone = (ctx: TransactionContext, phoneId: string) => sql<boolean>`(
  entry.phone_id = ${phoneId}::uuid OR entry.details ->> 'contactId' IN (
    SELECT contact_id::text FROM contact_phone
    WHERE organization_id = ${ctx.organizationId}::uuid AND phone_id = ${phoneId}::uuid))`;

/** Matches entries about the contact or one of their phones. */
const concernsContact = (ctx: TransactionContext, contactId: string) => sql<boolean>`(
  entry.details ->> 'contactId' = ${contactId} OR entry.phone_id IN (
    SELECT phone_id FROM contact_phone
    WHERE organization_id = ${ctx.organizationId}::uuid AND contact_id = ${contactId}::uuid))`;

type EntryFilter = Omit<ListAudit, "search" | "phoneId"> & { phones: readonly PhoneId[] };

/** Loads one entry more than asked for, if there are more. */
function loadEntries(ctx: TransactionContext, filter: EntryFilter) {
  const { phones, contactId, kind, action, actor, from, until, after, limit } = filter;
  const conditions = [
    ...phones.map((id) => concernsPhone(ctx, id)),
    ...(contactId ? [concernsContact(ctx, contactId)] : []),
    ...(kind ? [kindConditions[kind]] : []),
    ...(action ? [sql<boolean>`entry.action = ${action}`] : []),
    ...(actor ? [isByActor(actor)] : []),
    ...(from
      ? [sql<boolean>`entry.at >= ${from} AND entry.id >= ${leastIdAround(from, -1)}::uuid`]
      : []),
    ...(until
      ? [sql<boolean>`entry.at < ${until} AND entry.id < ${leastIdAround(until, 1)}::uuid`]
      : []),
    ...(after ? [sql<boolean>`entry.id < ${after}::uuid`] : []),
  ];
  return selectEntries(ctx)
    .where((expression) => expression.and(conditions))
    .orderBy("entry.id", "desc")
    .limit(limit + 1)
    .execute();
}

/** How far the time in an entry's id, by the clock of a host, may be from that of its transaction. */
const MARGIN_MS = DAY_MS;

/** Bound of ids for entries around a time, so that old ones are found without reading all newer ones. */
const leastIdAround = (time: Date, sign: 1 | -1) =>
  toLeastId(new Date(time.getTime() + sign * MARGIN_MS));

/** SQL condition on `entry`: it is by this actor. Written as the index of actors is. */
export const isByActor = ({ type, id }: AuditActor) => sql<boolean>`(
  entry.actor ->> 'id' = ${id} AND entry.actor ->> 'type' = ${type})`;

const selectEntries = ({ db, organizationId }: TransactionContext) =>
  db.$kysely
    .selectFrom("auditEntry as entry")
    .leftJoin("phone", (join) =>
      join
        .onRef("phone.organizationId", "=", "entry.organizationId")
        .onRef("phone.id", "=", "entry.phoneId"),
    )
    .select(["entry.id", "entry.at", "entry.actor", "entry.action", "entry.details"])
    .select(["entry.phoneId", "phone.e164"])
    .where("entry.organizationId", "=", organizationId);

type EntryRow = Awaited<ReturnType<typeof loadEntries>>[number];

async function toViews(ctx: TransactionContext, rows: readonly EntryRow[]): Promise<AuditView[]> {
  const nameActor = await loadActorNames(
    ctx,
    rows.map(({ actor }) => actor),
  );
  const findReason = await loadReasons(
    ctx,
    rows.map(({ details }) => details),
  );
  return rows.map(({ id, at, actor, action, phoneId, e164, details }) => ({
    id: AuditEntryId.parse(id),
    at,
    by: nameActor(actor),
    storedActor: actor,
    action,
    kind: classifyEntry(action, details),
    phone:
      phoneId === null
        ? null
        : {
            phoneId: PhoneId.parse(phoneId),
            number: e164 && maskPhoneFor(ctx.actor, e164),
          },
    details: Details.parse(details),
    reason: findReason(details),
  }));
}

const EntryDetails = z.object({
  exportId: z.uuid().optional(),
  handOverId: z.uuid().optional(),
  endpointId: z.uuid().optional(),
  packId: z.uuid().optional(),
});

const findReasonId = (details: unknown) => {
  const { data } = EntryDetails.safeParse(details);
  return data?.exportId ?? data?.handOverId ?? data?.endpointId ?? data?.packId;
};

/**
 * Loads the reasons of the exports, hand-overs, endpoints and evidence packs that entries name. Returns a look-up by an
 * entry's details; null if it names none, or the reason was erased.
 */
async function loadReasons(
  { db, organizationId }: TransactionContext,
  entries: readonly unknown[],
): Promise<(details: unknown) => string | null> {
  const ids = [...new Set(entries.flatMap((details) => findReasonId(details) ?? []))];
  const named = { where: { organizationId, id: { in: ids } }, select: { id: true, reason: true } };
  const reasons = new Map(
    [
      await db.segmentExport.findMany(named),
      await db.campaignHandOver.findMany(named),
      await db.listExport.findMany(named),
      await db.endpoint.findMany(named),
      await loadPackReasons(db, organizationId, ids),
    ]
      .flat()
      .map(({ id, reason }) => [id, reason]),
  );
  return (details) => reasons.get(findReasonId(details) ?? "") ?? null;
}

async function loadPackReasons(
  db: TransactionContext["db"],
  organizationId: string,
  packIds: string[],
) {
  const rows = await db.evidencePackReason.findMany({
    where: { organizationId, packId: { in: packIds } },
  });
  return rows.map(({ packId, text }) => ({ id: packId, reason: text }));
}
