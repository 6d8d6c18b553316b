import { ConsentId } from "@ringfence/core/ids";
import { onBehalfOf, type PersonContext } from "../../platform/access/on-behalf-of.ts";
import type { Installation, RootContext } from "../../platform/context.ts";
import { ServiceError } from "../../platform/errors.ts";
import { readLink, writeLink } from "../../platform/keys/link.ts";

/** A link to what a person agreed to by one form, for whoever sent it; `consent` is one of its consents. */
export const writeConsentReceipt = (
  { keys, organizationId }: Pick<RootContext, "keys" | "organizationId">,
  consent: ConsentId,
): string => writeLink(keys, "consent receipt link", { organizationId, id: consent });

/** The person who opens a receipt, and the consent that it names. */
export type OpenedConsentReceipt = { ctx: PersonContext; receipt: ConsentId };

/** Opens the receipt of a form; a link that we did not write looks like one that is gone. */
export async function openConsentReceipt(
  installation: Installation,
  link: string,
): Promise<OpenedConsentReceipt> {
  const parts = readLink(installation.keys, "consent receipt link", link);
  const row =
    parts &&
    (await installation.db.prisma.consentEvent.findFirst({
      where: { organizationId: parts.organizationId, consentId: parts.id },
    }));
  if (!parts || !row) throw new ServiceError("not-found", { key: "consent.not-found" });
  return {
    ctx: onBehalfOf(installation, parts.organizationId, row.phoneId),
    receipt: ConsentId.parse(row.consentId),
  };
}
