import { AuditActor, type ListAudit } from "@ringfence/core/platform/audit";
import { isAction } from "@ringfence/core/platform/access";
import { ContactId, PhoneId } from "@ringfence/core/ids";
import { createSerializer, type LoaderInput } from "nuqs/server";
import { readDay, toSpan } from "@/server/days-in-address";
import { auditFilters, auditQuery } from "@/server/lists/queries";

/** Filters as they stand in the address. One that is not valid is null. */
export type AuditFilters = Awaited<ReturnType<typeof loadAuditQuery>>["filters"];

/** Reads the filters. One that is not valid is turned off. */
export async function loadAuditQuery(from: LoaderInput | Promise<LoaderInput>) {
  const { filters, after } = await auditQuery.load(from);
  return {
    filters: {
      ...filters,
      action: filters.action !== null && isAction(filters.action) ? filters.action : null,
      who: parseActor(filters.who) === null ? null : filters.who,
      phone: PhoneId.safeParse(filters.phone).data ?? null,
      contact: ContactId.safeParse(filters.contact).data ?? null,
      from: readDay(filters.from),
      to: readDay(filters.to),
    },
    after,
  };
}

/** Formats an actor for the address. */
export const formatActor = ({ type, id }: AuditActor) => `${type}.${id}`;

/** Reads an actor from the address. A job's name may contain dots. */
export function parseActor(text: string | null): AuditActor | null {
  const [type, ...rest] = (text ?? "").split(".");
  return AuditActor.safeParse({ type, id: rest.join(".") }).data ?? null;
}

/** Turns the filters of an address into those of `listAudit`. Days are days of this time zone. */
export function toCriteria(
  { kind, action, who, phone, contact, from, to }: AuditFilters,
  search: string | null,
  zone: string,
): Omit<ListAudit, "limit" | "after"> {
  return {
    search: search ?? undefined,
    kind: kind ?? undefined,
    action: action ?? undefined,
    actor: parseActor(who) ?? undefined,
    phoneId: phone ?? undefined,
    contactId: contact ?? undefined,
    ...toSpan({ from, to }, zone),
  };
}

const serialize = createSerializer(auditFilters);

/** Path of a file with all entries that match the filters. */
export const auditFilePath = (
  format: "csv" | "ndjson",
  chosen: Parameters<typeof auditQuery.toPath>[0],
) => serialize(`/api/audit.${format}`, chosen);
