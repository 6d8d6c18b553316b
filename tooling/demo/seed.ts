import "@ringfence/services/handlers";
import { Role, Scope } from "@ringfence/core/platform/access";
import { OrganizationId } from "@ringfence/core/ids";
import { type HoursPolicy } from "@ringfence/core/people/jurisdiction";
import { Weekday } from "@ringfence/core/platform/time";
import { type Installation, inTransaction, type RootContext } from "@ringfence/services/context";
import { hashSecret, formatApiKey } from "@ringfence/core/account/api-key";
import { judgeCalls } from "@ringfence/services/calling/violation";
import type { Demo } from "./demo.ts";
import { loadForms } from "./load-forms.ts";
import { loadCalls, loadPeople } from "./load-people.ts";
import { loadSegments } from "./load-segments.ts";
import { planCalls } from "./plan-calls.ts";
import { demoMembers, makeMemberRows } from "./members.ts";

/** Id of the demo organization, fixed so that it is found again. */
const organizationId = OrganizationId.parse("01980000-0000-7000-8000-000000000001");
/** Id of the owner, who makes everything. */
const ownerId = "01980000-0000-7000-8000-0000000000a1";
const members = demoMembers(Role.options, "demo.example");
const seller = { key: "demo-bank", name: "Demo Bank", sector: "other" };
const purposes = [
  { key: "marketing", name: "Marketing", kind: "promotional" },
  { key: "marketing.loans", name: "Loans", kind: "promotional" },
  { key: "marketing.cards", name: "Cards", kind: "promotional" },
  { key: "service", name: "Service", kind: "service" },
];

/** Hours for calls where no law sets any, as in Russia: every day. */
const hours: HoursPolicy = {
  windows: [{ days: Weekday.options, from: "08:00", to: "21:00" }],
  holidaysClosed: false,
};

/** Time for a busy machine to write the first hundreds of rows. */
const patience = { timeoutMs: 60_000 };

/**
 * Adds what the demo still lacks, and returns what somebody who tries it has to know. `apiSecret`
 * is the secret of its API key: 32 random bytes that the installation keeps.
 */
export async function seed(installation: Installation, apiSecret: Uint8Array): Promise<Demo> {
  const { prisma } = installation.db;
  const organization = await demoOrganization();
  const ctx = demoContext(installation);
  await inTransaction(
    ctx,
    async (ctx) => {
      if ((await ctx.db.organization.count({ where: { id: organizationId } })) > 0) return;
      await ctx.db.organization.create({ data: organization });
      await loadPeople(ctx, seller.key);
    },
    patience,
  );
  // A demo of an earlier version has no hours.
  await prisma.$executeRaw`
    UPDATE organization SET hours = ${JSON.stringify(hours)}::jsonb
    WHERE id = ${organizationId}::uuid AND hours IS NULL`;
  await inTransaction(
    ctx,
    async (ctx) => {
      if ((await ctx.db.captureForm.count({ where: { organizationId } })) > 0) return;
      await loadForms(ctx, seller.key);
    },
    patience,
  );
  await inTransaction(
    ctx,
    async (ctx) => {
      if ((await ctx.db.segment.count({ where: { organizationId } })) === 0)
        await loadSegments(ctx);
    },
    patience,
  );
  if ((await prisma.optOut.count({ where: { organizationId } })) === 0) await seedCalls(ctx);

  const secretHash = new Uint8Array(hashSecret(apiSecret));
  const reason = "To try Ringfence.";
  const key = { name: "demo", reason, secretHash, scopes: Scope.options, createdAt: new Date() };
  await prisma.apiKey.createMany({ data: { organizationId, ...key }, skipDuplicates: true });
  return {
    apiKey: formatApiKey({ organizationId, secret: apiSecret }),
    organization: organizationId,
    seller: seller.key,
    purpose: "marketing",
    members,
  };
}

/** Loads calls, and scans them for violations. */
async function seedCalls(ctx: RootContext) {
  const where = { organizationId_key: { organizationId, key: seller.key } };
  const { id } = await ctx.db.prisma.seller.findUniqueOrThrow({ where });
  const planned = await planCalls(ctx, { id, key: seller.key });
  await inTransaction(ctx, (ctx) => loadCalls(ctx, seller.key, planned), patience);
  const scanner = { ...ctx, actor: { type: "job", name: "violation.scan" } } as const;
  while ((await judgeCalls(scanner, {})) > 0);
}

/** Context of the demo's owner. */
export const demoContext = (installation: Installation): RootContext => ({
  ...installation,
  organizationId,
  actor: { type: "member", id: ownerId, role: "owner", sellerIds: [], isProven: true },
});

const withId = <Row extends { role: Role }>(row: Row) =>
  row.role === "owner" ? { id: ownerId, ...row } : row;

const demoOrganization = async () => ({
  id: organizationId,
  name: seller.name,
  homeRegion: "US",
  hours,
  sellers: { create: seller },
  purposes: { create: purposes },
  members: { create: (await makeMemberRows(members)).map(withId) },
});
