import { OrganizationId } from "@ringfence/core/ids";
import { isMailgunSignature, type MailgunSigned } from "@ringfence/core/inbound";
import type { Installation, RootContext } from "../context.ts";
import { openSecret } from "../keys/outside-secret.ts";

/** A request as Mailgun made it: `recipient` is the mailbox to which the person wrote. */
export type MailgunRequest = MailgunSigned & { recipient: string };

/**
 * On whose behalf a request of Mailgun comes: of the organizations that have connected the domain, those
 * whose key has signed it. Crosses organizations, for a provider knows none; without a signature it
 * finds nothing.
 */
export async function believedMailgun(
  { db, keys }: Installation,
  { recipient, ...signed }: MailgunRequest,
): Promise<RootContext[]> {
  const account = recipient.slice(recipient.lastIndexOf("@") + 1).toLowerCase();
  const sources = await db.prisma.inboundSource.findMany({
    where: { provider: "mailgun", account },
    orderBy: { organizationId: "asc" },
  });
  return sources.flatMap((source) => {
    const organizationId = OrganizationId.parse(source.organizationId);
    if (!isMailgunSignature(openSecret(keys, organizationId, source.secret), signed)) return [];
    const actor = { type: "job", name: "inbound", subjectId: source.id } as const;
    return [{ db, keys, organizationId, actor }];
  });
}
