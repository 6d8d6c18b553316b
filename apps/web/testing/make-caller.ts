import { randomUUID } from "node:crypto";
import type { Role } from "@ringfence/core/platform/access";
import { RecordConsent } from "@ringfence/core/consents/consent";
import { areaWithoutPlace, aZoneAtNoon, placeWithoutClock } from "@ringfence/db/testing/factories";
import { makeApiKey } from "@ringfence/services/account/api-key";
import { recordConsent } from "@ringfence/services/consents/consent";
import { recordContacts } from "@ringfence/services/people/contact";
import type { Installation, RootContext } from "@ringfence/services/context";
import { hashPassword } from "@ringfence/services/account/member";
import { saveSegment } from "@ringfence/services/audience/segment";
import { daysAgo } from "./example-phones";
import { makeShop } from "./make-shop";

const password = "a field of poppies";
/** Fictional numbers of the United States that belong to no state. */
const phones = Array.from(
  { length: 60 },
  (_, index) => `+1${areaWithoutPlace}55501${String(10 + index)}`,
);

/**
 * Creates a shop with a marketer, an officer, a dialer's key, and a segment of sixty people who
 * consented.
 */
export async function makeCaller(installation: Installation) {
  const ctx = await makeShop(installation);
  const { organizationId } = ctx;
  const members = {
    marketer: await makeMember(ctx, "marketer"),
    officer: await makeMember(ctx, "officer"),
  };
  const { email } = await makeMember(ctx, "owner");
  const { id: ownerId } = await installation.db.prisma.member.findFirstOrThrow({
    where: { organizationId, email },
  });
  const owner = {
    ...ctx,
    actor: { type: "member", id: ownerId, role: "owner", isProven: true },
  } as const;
  const { id: apiKeyId, key } = await makeApiKey(
    { ...ctx, actor: { ...owner.actor, sellerIds: [] } },
    {
      name: "Dialer",
      scopes: ["campaigns:read", "calls:write", "screen"],
      reason: "It calls for us.",
    },
  );
  await recordContacts(ctx, {
    rows: phones.map((phone, index) => ({
      externalId: `p${index}`,
      name: `Person ${index + 1}`,
      phones: [phone],
      addressRegion: placeWithoutClock,
      zone: aZoneAtNoon(),
      locale: "en",
    })),
  });
  for (const phone of phones) await recordConsent(ctx, createConsent(phone));
  await saveSegment(ctx, { name: "Who agreed", rule: { is: "all", of: [] } });
  return { members, apiKeyId, key, organizationId };
}

export async function makeMember(
  { db, organizationId }: Pick<RootContext, "db" | "organizationId">,
  role: Role,
) {
  const email = `${randomUUID()}@example.com`;
  const name = role === "officer" ? "M. Olsen" : "J. Marsh";
  const passwordHash = await hashPassword(password);
  await db.prisma.member.create({ data: { organizationId, email, name, role, passwordHash } });
  return { email, password };
}

const createConsent = (phone: string) =>
  RecordConsent.parse({
    phone,
    seller: "acme",
    purposes: ["marketing"],
    channels: ["voice_live"],
    source: "website_form",
    disclosure: {
      text: "Acme may call me about its offers. I can say no at any time.",
      language: "en",
    },
    obtainedAt: daysAgo(40).toISOString(),
    evidence: { act: "ticked", signature: "Person" },
  });
