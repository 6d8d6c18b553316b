import { OrganizationId } from "@ringfence/core/ids";
import type { Installation, RootContext } from "../../platform/context.ts";
import { openSecret } from "../../platform/keys/outside-secret.ts";

type Account = { provider: "twilio" | "mailgun"; account: string };

/** What a source signs with, and where it reaches us. */
type Signer = { secret: string; origin: string };

/**
 * On whose behalf a request comes: of the organizations that have connected the account, those by whose
 * secret it is signed. Crosses organizations, for a provider knows none; without a signature it finds
 * nothing.
 */
export async function believedSources(
  { db, keys }: Installation,
  where: Account,
  isSigned: (by: Signer) => boolean,
): Promise<RootContext[]> {
  const sources = await db.prisma.inboundSource.findMany({
    where,
    orderBy: { organizationId: "asc" },
  });
  return sources.flatMap(({ id: subjectId, origin, ...source }) => {
    const organizationId = OrganizationId.parse(source.organizationId);
    const secret = openSecret(keys, organizationId, source.secret);
    if (!isSigned({ secret, origin })) return [];
    return [{ db, keys, organizationId, actor: { type: "job", name: "inbound", subjectId } }];
  });
}
