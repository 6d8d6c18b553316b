import { AuditKind } from "@ringfence/core/platform/audit";
import { MemberId } from "@ringfence/core/ids";
import {
  type LoaderInput,
  createLoader,
  createSerializer,
  type inferParserType,
  parseAsString,
  parseAsStringLiteral,
} from "nuqs/server";
import { parseAsTrail } from "@/components/pager";
import { safePath } from "@/server/safe-path";

/** Filters of the audit trail, as the address holds them. `find` is sealed. */
const query = {
  find: parseAsString,
  kind: parseAsStringLiteral(AuditKind.options),
  who: parseAsString,
  after: parseAsTrail,
};

const load = createLoader(query);
const serialize = createSerializer(query);

/** Reads the filters. A member id that is not valid turns its filter off. */
export async function loadAuditQuery(from: LoaderInput | Promise<LoaderInput>) {
  const { who, ...look } = load(await from);
  return { ...look, who: MemberId.safeParse(who).data ?? null };
}

type Look = Partial<inferParserType<typeof query>>;

/** Path of a file with all entries that match the filters. */
export const auditCsvPath = (look: Look) => `/api/audit.csv${serialize(look)}`;

export const auditPath = (look: Look) => safePath(`/audit${serialize(look)}`);
