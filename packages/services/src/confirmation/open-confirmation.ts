import { ConfirmationId, PhoneId } from "@ringfence/core/ids";
import type { Installation, RootContext } from "../context.ts";
import { ServiceError } from "../errors.ts";
import { readLink } from "../keys/link.ts";

/** On behalf of the person who has the link that we sent. */
export type Answering = {
  ctx: RootContext & { actor: { type: "person"; phoneId: PhoneId } };
  confirmationId: ConfirmationId;
};

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
      where: { organizationId: parts.organizationId, id: parts.id },
      select: { phoneId: true },
    }));
  if (!parts || !row) throw new ServiceError("not-found", { key: "confirmation.not-found" });
  const actor = { type: "person" as const, phoneId: PhoneId.parse(row.phoneId) };
  const { organizationId, id } = parts;
  return {
    ctx: { ...installation, organizationId, actor },
    confirmationId: ConfirmationId.parse(id),
  };
};
