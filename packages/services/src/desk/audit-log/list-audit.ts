import { type AuditKind, type ListAudit, kindOfEntry } from "@ringfence/core/platform/audit";
import { AuditEntryId, type OrganizationId, PhoneId } from "@ringfence/core/ids";
import { sql } from "kysely";
import { z } from "zod";
import { type NamedActor, actorNames } from "../../platform/access/actor-names.ts";
import { allow } from "../../platform/access/allow.ts";
import { phoneShown } from "../../platform/access/phone-shown.ts";
import {
  type ServiceContext,
  type TransactionContext,
  inTransaction,
} from "../../platform/context.ts";
import { findPhoneBySearch } from "../../people/phone/find-phone.ts";
import { appendAudit } from "../../platform/audit/append-audit.ts";
import { reasonsOf } from "./reasons-of.ts";

const Details = z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()]));

/** Who did what, or looked at whose data. */
export type AuditListed = {
  id: AuditEntryId;
  at: Date;
  by: NamedActor | null;
  action: string;
  kind: AuditKind;
  /** Whose data; its number is null once it was erased. */
  phone: { phoneId: PhoneId; number: string | null } | null;
  details: z.infer<typeof Details>;
  /** What a file with numbers was taken for. */
  reason: string | null;
};

/** The audit trail, the newest first, page after page. To look there stands in it too, and to take it away. */
export async function listAudit(
  ctx: ServiceContext,
  { search, kind, memberId, after, limit }: ListAudit,
  { isFile = false } = {},
) {
  allow(ctx, "audit.read");

  return inTransaction(ctx, async (ctx) => {
    const phoneId = search ? await findPhoneBySearch(ctx, search) : null;
    if (search && phoneId === null) return { items: [], next: null };
    const rows = await entriesOf(ctx, { phoneId, kind, memberId, after, limit });
    const items = await tell(ctx, rows.slice(0, limit));
    await appendAudit(ctx, "audit.read", {
      ...(phoneId && { phoneId }),
      listed: items.length,
      ...(isFile && { exported: true }),
    });
    return { items, next: rows.length > limit ? (items.at(-1)?.id ?? null) : null };
  });
}

/** The rows of which `kindOfEntry` says so. */
const isTaken = sql<boolean>`(entry.action LIKE '%.export' OR coalesce(entry.details -> 'exported' = 'true', false))`;
const isRead = sql<boolean>`entry.action LIKE '%.read'`;
const ofKind: Record<AuditKind, ReturnType<typeof sql<boolean>>> = {
  taken: isTaken,
  read: sql<boolean>`(${isRead} AND NOT ${isTaken})`,
  done: sql<boolean>`NOT (${isRead} OR ${isTaken})`,
};

/** Of the phone itself, or of a contact whose it is. */
const isAbout = (organizationId: OrganizationId, phoneId: PhoneId | null) => sql<boolean>`(
  entry.phone_id = ${phoneId}::uuid OR entry.details ->> 'contactId' IN (
    SELECT contact_id::text FROM contact_phone
    WHERE organization_id = ${organizationId}::uuid AND phone_id = ${phoneId}::uuid))`;

type Asked = Omit<ListAudit, "search"> & { phoneId: PhoneId | null };

/** One more than asked for, where there are more. */
const entriesOf = (
  { db, organizationId }: TransactionContext,
  { phoneId, kind, memberId, after, limit }: Asked,
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
    .$if(phoneId !== null, (query) => query.where(isAbout(organizationId, phoneId)))
    .$if(memberId !== undefined, (query) =>
      query.where(sql<boolean>`entry.actor @> ${JSON.stringify({ type: "member", id: memberId })}`),
    )
    .$if(after !== undefined, (query) => query.where("entry.id", "<", after ?? ""))
    .$if(kind !== undefined, (query) => query.where(ofKind[kind ?? "done"]))
    .orderBy("entry.id", "desc")
    .limit(limit + 1)
    .execute();

type Row = Awaited<ReturnType<typeof entriesOf>>[number];

async function tell(ctx: TransactionContext, rows: readonly Row[]): Promise<AuditListed[]> {
  const nameOf = await actorNames(
    ctx,
    rows.map(({ actor }) => actor),
  );
  const reasonOf = await reasonsOf(
    ctx,
    rows.map(({ details }) => details),
  );
  return rows.map(({ id, at, actor, action, phoneId, e164, details }) => ({
    id: AuditEntryId.parse(id),
    at,
    by: nameOf(actor),
    action,
    kind: kindOfEntry(action, details),
    phone:
      phoneId === null
        ? null
        : {
            phoneId: PhoneId.parse(phoneId),
            number: e164 && phoneShown(ctx.actor, e164),
          },
    details: Details.parse(details),
    reason: reasonOf(details),
  }));
}
