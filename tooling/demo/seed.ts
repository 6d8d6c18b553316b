import { Role, Scope } from "@ringfence/core/access";
import { hashSecret, writeApiKey } from "@ringfence/core/api-key";
import { OrganizationId } from "@ringfence/core/ids";
import type { Db } from "@ringfence/db";
import type { Demo } from "./demo.ts";
import { demoMembers, memberRows } from "./members.ts";

/** The same in every installation, so that it is found again. */
const organizationId = OrganizationId.parse("01980000-0000-7000-8000-000000000001");
const members = demoMembers(Role.options, "demo.example");
const seller = { key: "demo-bank", name: "Demo Bank", sector: "other" };
const purposes = [
  { key: "marketing", name: "Marketing", kind: "promotional" },
  { key: "marketing.loans", name: "Loans", kind: "promotional" },
  { key: "marketing.cards", name: "Cards", kind: "promotional" },
  { key: "service", name: "Service", kind: "service" },
];

/**
 * Makes the demo where it is not yet, whole or not at all, and says what someone who tries it has to
 * know. `apiSecret` is the secret of its API key: 32 random bytes that the installation keeps.
 */
export async function seed({ prisma }: Pick<Db, "prisma">, apiSecret: Uint8Array): Promise<Demo> {
  const isThere = (await prisma.organization.count({ where: { id: organizationId } })) > 0;
  if (!isThere) await prisma.organization.create({ data: await demoOrganization() });

  const secretHash = new Uint8Array(hashSecret(apiSecret));
  const key = { name: "demo", secretHash, scopes: Scope.options, createdAt: new Date() };
  await prisma.apiKey.createMany({ data: { organizationId, ...key }, skipDuplicates: true });
  return {
    apiKey: writeApiKey({ organizationId, secret: apiSecret }),
    organization: organizationId,
    seller: seller.key,
    purpose: "marketing",
    members,
  };
}

const demoOrganization = async () => ({
  id: organizationId,
  name: seller.name,
  homeRegion: "US",
  sellers: { create: seller },
  purposes: { create: purposes },
  members: { create: await memberRows(members) },
});
