import { onBehalfOf, type PersonContext } from "../../platform/access/on-behalf-of.ts";
import type { Installation } from "../../platform/context.ts";
import { inTransaction } from "../../platform/context.ts";
import { readLink } from "../../platform/keys/link.ts";
import { openUntil } from "./code-life.ts";

/** On behalf of a person who has typed the code of their phone, and until when. */
export type OwnRecordOpened = { ctx: PersonContext; until: Date };

/** By what a right code gave; null when it is over, or none of ours. */
export const openOwnRecord = async (
  installation: Installation,
  link: string,
): Promise<OwnRecordOpened | null> => {
  const parts = readLink(installation.keys, "own record link", link);
  if (parts === null) return null;
  const { organizationId, id } = parts;
  const actor = { type: "visitor", page: "my" } as const;
  const found = await inTransaction(
    { ...installation, organizationId, actor },
    async ({ db, now }) => ({
      row: await db.personCode.findFirst({ where: { organizationId, id } }),
      now,
    }),
  );
  const { row, now } = found;
  if (row === null || row.openedAt === null || openUntil(row.openedAt) <= now) return null;
  return {
    ctx: onBehalfOf(installation, organizationId, row.phoneId),
    until: openUntil(row.openedAt),
  };
};
