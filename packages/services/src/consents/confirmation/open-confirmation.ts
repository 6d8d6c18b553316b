import { ConfirmationId } from "@ringfence/core/ids";
import { onBehalfOf, type PersonContext } from "../../platform/access/on-behalf-of.ts";
import type { Installation } from "../../platform/context.ts";
import { ServiceError } from "../../platform/errors.ts";
import { readLink } from "../../platform/keys/link.ts";

/** On behalf of the person who has the link that we sent. */
export type Answering = { ctx: PersonContext; confirmationId: ConfirmationId };

/** Who opens a link; one that we did not write looks like one that is gone. */
export const openConfirmation = async (
  installation: Installation,
  link: string,
): Promise<Answering> => {
  const parts = readLink(installation.keys, "confirmation link", link);
  const { prisma } = installation.db;
  const row =
    parts &&
    (await prisma.confirmation.findFirst({
      where: parts,
      select: { phoneId: true },
    }));
  if (!parts || !row) throw new ServiceError("not-found", { key: "confirmation.not-found" });
  return {
    ctx: onBehalfOf(installation, parts.organizationId, row.phoneId),
    confirmationId: ConfirmationId.parse(parts.id),
  };
};
