import { OrganizationId } from "@ringfence/core/ids";
import { type FormParameters, isTwilioSignature } from "@ringfence/core/inbound";
import type { Installation, RootContext } from "../context.ts";
import { openSecret } from "../keys/outside-secret.ts";

/** A request as Twilio made it: `path` with its query, as it reached the API. */
export type TwilioRequest = { signature: string; path: string; parameters: FormParameters };

/**
 * On whose behalf a request of Twilio comes: of the organizations that have connected its account, those
 * whose token has signed it. Crosses organizations, for a provider knows none; without a signature it
 * finds nothing.
 */
export async function believedTwilio(
  { db, keys }: Installation,
  { signature, path, parameters }: TwilioRequest,
): Promise<RootContext[]> {
  const account = parameters.find(([name]) => name === "AccountSid")?.[1] ?? "";
  const sources = await db.prisma.inboundSource.findMany({
    where: { provider: "twilio", account },
    orderBy: { organizationId: "asc" },
  });
  return sources.flatMap((source) => {
    const organizationId = OrganizationId.parse(source.organizationId);
    const token = openSecret(keys, organizationId, source.secret);
    if (!isTwilioSignature(signature, token, source.origin + path, parameters)) return [];
    const actor = { type: "job", name: "inbound", subjectId: source.id } as const;
    return [{ db, keys, organizationId, actor }];
  });
}
