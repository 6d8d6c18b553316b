import type { TransactionContext } from "../context.ts";

/** What the organization says of itself: how numbers are read, and where its days begin. */
export const organizationOf = ({ db, organizationId }: TransactionContext) =>
  db.organization.findUniqueOrThrow({
    where: { id: organizationId },
    select: { homeRegion: true, zone: true, locale: true },
  });
