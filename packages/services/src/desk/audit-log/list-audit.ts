import { type AuditKind, ListAudit, classifyEntry } from "@ringfence/core/platform/audit";
import { AuditEntryId, type OrganizationId, PhoneId } from "@ringfence/core/ids";
import { sql } from "kysely";
import { z } from "zod";
import {
  type NamedActor,
  type TransactionContext,
  loadActorNames,
  maskPhoneFor,
  query,
} from "../../platform/internal.ts";
import { findPhoneBySearch } from "../../people/phone/internal.ts";

const Details = z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()]));

/** An audit entry for pages. */
export type AuditView = {
  id: AuditEntryId;
  at: Date;
  by: NamedActor | null;
  action: string;
  kind: AuditKind;
  /** The phone concerned. Its number is null if it was erased. */
  phone: { phoneId: PhoneId; number: string | null } | null;
  details: z.infer<typeof Details>;
  /** The reason given for an export. */
  reason: string | null;
};

/** Lists audit entries, newest first. Reading and exporting the audit trail is audited too. */
export const listAudit = query({
  name: "listAudit",
  action: "audit.read",
  input: ListAudit.extend({ isFile: z.boolean().optional() }),
  run: async (ctx, { search, kind, memberId, after, limit }) => {
    const phoneId = search ? await findPhoneBySearch(ctx, search) : null;
    if (search && phoneId === null) return { items: [], next: null, phoneId };
    const rows = await loadEntries(ctx, { phoneId, kind, memberId, after, limit });
    const items = await toViews(ctx, rows.slice(0, limit));
    const next = rows.length > limit ? (items.at(-1)?.id ?? null) : null;
    return { items, next, phoneId };
  },
  audit: ({ items, phoneId }, { search, isFile }) =>
    search && phoneId === null
      ? null // Nothing was shown.
      : {
          ...(phoneId && { phoneId }),
          listed: items.length,
          ...(isFile && { exported: true }),
        },
});

/** SQL conditions that match `classifyEntry`. */
const isExport = sql<boolean>`(entry.action LIKE '%.export' OR coalesce(entry.details -> 'exported' = 'true', false))`;
const isRead = sql<boolean>`entry.action LIKE '%.read'`;
const kindConditions: Record<AuditKind, ReturnType<typeof sql<boolean>>> = {
  taken: isExport,
  read: sql<boolean>`(${isRead} AND NOT ${isExport})`,
  done: sql<boolean>`NOT (${isRead} OR ${isExport})`,
};

/** Matches entries about the phone or a contact who has it. */
const concernsPhone = (organizationId: OrganizationId, phoneId: PhoneId | null) => sql<boolean>`(
  entry.phone_id = ${phoneId}::uuid OR entry.details ->> 'contactId' IN (
    SELECT contact_id::text FROM contact_phone
    WHERE organization_id = ${organizationId}::uuid AND phone_id = ${phoneId}::uuid))`;

type EntryFilter = Omit<ListAudit, "search"> & { phoneId: PhoneId | null };

/** Loads one entry more than asked for, if there are more. */
const loadEntries = (
  { db, organizationId }: TransactionContext,
  { phoneId, kind, memberId, after, limit }: EntryFilter,
) =>
  db.$kysely
    .selectFrom("auditEntry as entry")
    .leftJoin("phone", (join) =>
      join
        .onRef("phone.organizationId", "=", "entry.organizationId")
        .onRef("phone.id", "=", "entry.phoneId"),
    )
    .select(["entry.id", "entry.at", "entry.actor", "entry.action", "entry.details"])
    .select(["entry.phoneId", "phone.e164"])
    .where("entry.organizationId", "=", organizationId)
    .$if(phoneId !== null, (query) => query.where(concernsPhone(organizationId, phoneId)))
    .$if(memberId !== undefined, (query) =>
      query.where(sql<boolean>`entry.actor @> ${JSON.stringify({ type: "member", id: memberId })}`),
    )
    .$if(after !== undefined, (query) => query.where("entry.id", "<", after ?? ""))
    .$if(kind !== undefined, (query) => query.where(kindConditions[kind ?? "done"]))
    .orderBy("entry.id", "desc")
    .limit(limit + 1)
    .execute();

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

/** Loads the reasons of exports, evidence packs and endpoints that entries name. Returns a look-up by an entry's details. */
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
      await db.evidencePack.findMany(named),
    ]
      .flat()
      .map(({ id, reason }) => [id, reason]),
  );
  return (details) => reasons.get(findReasonId(details) ?? "") ?? null;
}
