import type { Actor } from "@ringfence/core/platform/access";
import { OptOutId, OrganizationId, type PhoneId } from "@ringfence/core/ids";
import { formatPublicAddress, parsePublicAddress } from "@ringfence/core/account/organization";
import {
  type Installation,
  type PersonContext,
  type RootContext,
  ServiceError,
  createPersonContext,
  readLink,
  writeLink,
} from "../../platform/internal.ts";

type VisitorContext = RootContext & { actor: Extract<Actor, { type: "visitor" }> };

/** Opens a public page of an organization, for anybody: as a visitor, whose requests the verbs then judge. */
export const openPublicPage = async (
  installation: Installation,
  address: string,
  page: VisitorContext["actor"]["page"],
): Promise<VisitorContext> => {
  const organizationId = parsePublicAddress(address);
  const { prisma } = installation.db;
  const isKnown =
    organizationId !== null && (await prisma.organization.count({ where: { id: organizationId } }));
  if (!isKnown) throw new ServiceError("not-found", { key: "stop.not-found" });
  return { ...installation, organizationId, actor: { type: "visitor", page } };
};

/** Creates the link with which the person of a phone opts out. It shows nothing personal. */
export const createStopLink = (
  { keys, organizationId }: Pick<RootContext, "keys" | "organizationId">,
  id: PhoneId,
): string => writeLink(keys, "stop link", { organizationId, id });

/** Opens a stop link, on behalf of its person. A forged link looks like one that is gone. */
export const openStopLink = async (
  installation: Installation,
  link: string,
): Promise<PersonContext> => {
  const parts = readLink(installation.keys, "stop link", link);
  const row = parts && (await installation.db.prisma.phone.findFirst({ where: parts }));
  if (!parts || !row) throw new ServiceError("not-found", { key: "stop.not-found" });
  return createPersonContext(installation, parts.organizationId, row.id);
};

/** Opens the link to a receipt, on behalf of the person of its number. A forged link looks like one that is gone. */
export const openReceiptLink = async (installation: Installation, link: string) => {
  const parts = readLink(installation.keys, "receipt link", link);
  const row = parts && (await installation.db.prisma.optOut.findFirst({ where: parts }));
  if (!parts || !row) throw new ServiceError("not-found", { key: "stop.not-found" });
  return {
    ctx: createPersonContext(installation, parts.organizationId, row.phoneId),
    optOutId: OptOutId.parse(row.id),
  };
};

/** Lists the organizations of an installation, for a person who does not know which of them calls. */
export const listPublicOrganizations = async ({ db }: Pick<Installation, "db">) => {
  const rows = await db.prisma.organization.findMany({
    select: { id: true, name: true },
    orderBy: [{ name: "asc" }, { id: "asc" }],
  });
  return rows.map(({ id, name }) => ({
    name,
    address: formatPublicAddress(OrganizationId.parse(id)),
  }));
};
