import { sql } from "kysely";
import { z } from "zod";
import {
  type Installation,
  type RootContext,
  ServiceError,
  command,
  defineEvent,
  selectRow,
} from "../../platform/internal.ts";
import type { Actor } from "@ringfence/core/platform/access";
import { OrganizationId } from "@ringfence/core/ids";
import { CreateOrganization, firstPurposes } from "@ringfence/core/account/organization";
import { toKey } from "@ringfence/core/platform/text";
import { createFirstPassword, hashPassword, insertMember } from "../member/internal.ts";

/** Actor before there is a member: anybody who can run commands on Ringfence's host. */
const founder: Actor = { type: "job", name: "organization.found" };

/** Creates the context in which an organization is founded, with a new id unless the caller gives one. */
export const createFoundingContext = async (
  installation: Installation,
  organizationId?: OrganizationId,
): Promise<RootContext> => {
  const fresh = await selectRow(
    { db: installation.db.prisma },
    z.object({ id: OrganizationId }),
    sql`SELECT uuid7() AS id`,
  );
  return {
    ...installation,
    organizationId: organizationId ?? fresh.id,
    actor: founder,
  };
};

/** Raised once for each new organization, in the transaction that creates it. */
export const organizationFounded = defineEvent<void>("organizationFounded");

/**
 * Creates the organization of the context, with a seller, the first purposes and an owner. Returns the key
 * by which requests name the seller, and the owner's first password, which only this answer contains.
 */
export const createOrganization = command({
  name: "createOrganization",
  action: "organization.found",
  input: CreateOrganization,
  run: async (ctx, { name, homeRegion, zone, locale, seller, owner }) => {
    const { db, organizationId } = ctx;
    const sellerKey = toKey(seller.name) || "seller";
    const { count } = await db.organization.createMany({
      data: { id: organizationId, name, homeRegion, zone, locale },
      skipDuplicates: true,
    });
    if (count === 0) throw new ServiceError("conflict", { key: "organization.founded" });

    await db.seller.create({ data: { organizationId, key: sellerKey, ...seller } });
    await db.purpose.createMany({
      data: firstPurposes.map(({ key, kind, name }) => ({
        organizationId,
        key,
        kind,
        name: name[locale],
      })),
    });
    const firstPassword = await createFirstPassword(ctx);
    await insertMember(ctx, {
      ...owner,
      passwordHash: await hashPassword(firstPassword),
      role: "owner",
      sellerIds: [],
      locale,
      zone,
    });
    await organizationFounded.raise(ctx);
    return { seller: sellerKey, purposes: firstPurposes.map(({ key }) => key), firstPassword };
  },
  audit: ({ seller }, { seller: { sector } }) => ({ seller, sector }),
});
