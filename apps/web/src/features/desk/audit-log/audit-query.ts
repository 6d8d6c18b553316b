import { AuditKind } from "@ringfence/core/platform/audit";
import { MemberId } from "@ringfence/core/ids";
import {
  createSerializer,
  type LoaderInput,
  parseAsString,
  parseAsStringLiteral,
} from "nuqs/server";
import { createListQuery } from "@/server/list-query";

/** Filters of the audit trail. The search text (`find`) may be a number, so it is encrypted in the address. */
const filters = {
  find: parseAsString,
  kind: parseAsStringLiteral(AuditKind.options),
  who: parseAsString,
};

export const auditQuery = createListQuery("/audit", filters);

/** Reads the filters. A member id that is not valid turns its filter off. */
export async function loadAuditQuery(from: LoaderInput | Promise<LoaderInput>) {
  const { filters, after } = await auditQuery.load(from);
  return { filters: { ...filters, who: MemberId.safeParse(filters.who).data ?? null }, after };
}

const serialize = createSerializer(filters);

/** Path of a file with all entries that match the filters. */
export const auditCsvPath = (chosen: Parameters<typeof auditQuery.toPath>[0]) =>
  serialize("/api/audit.csv", chosen);
