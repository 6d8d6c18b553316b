import { aZoneAtNoon, placeWithoutClock } from "@ringfence/db/testing/factories";
import type { Actor, Role } from "@ringfence/core/platform/access";
import { RecordConsent } from "@ringfence/core/consents/consent";
import { MemberId, OrganizationId, SellerId } from "@ringfence/core/ids";
import { RecordOptOut } from "@ringfence/core/do-not-call/opt-out";
import { recordCalls } from "@ringfence/services/calling/call";
import { recordConsent } from "@ringfence/services/consents/consent";
import { recordContacts } from "@ringfence/services/people/contact";
import type { Installation, RootContext } from "@ringfence/services/context";
import { hashPassword } from "@ringfence/services/account/member";
import { recordOptOut } from "@ringfence/services/do-not-call/opt-out";
import { countContacts } from "@ringfence/services/do-not-call/registry";
import { countOverview } from "@ringfence/services/desk/overview";
import { judgeCalls } from "@ringfence/services/calling/violation";
import { daysAgo, phones } from "./example-phones";
import { makeRegistries } from "./make-registries";
import { makeScreenings } from "./make-screenings";

/** People, firms and numbers are invented. */

const password = "a field of poppies";

/** Creates a separate organization with examples of everything. */
export async function makeExampleGroup(
  installation: Installation,
  chosen: { id?: OrganizationId } = {},
) {
  const organizationId = await makeOrganization(installation, chosen);
  const { members, officer, agent, sellers } = await makeMembers(installation, organizationId);
  const ctx = { ...installation, organizationId, actor: officer };
  await makeRegistries(ctx);
  await makeNina(ctx);
  await makeDana(ctx, { ...ctx, actor: agent });
  await makeScreenings(ctx, sellers.bank);
  const scanner = { ...ctx, actor: { type: "job", name: "violation.scan" } } as const;
  while ((await judgeCalls(scanner, {})) > 0);
  // The worker counts once a minute, and Today would list one item more from then on.
  await countContacts({ ...ctx, actor: { type: "job", name: "registry.count" } });
  await countOverview({ ...ctx, actor: { type: "job", name: "overview.count" } });
  await installation.db.prisma.misreadOptOut.create({
    data: {
      organizationId,
      input: "please never again",
      channel: "sms",
      recordedAt: daysAgo(0.07),
      actor: {},
    },
  });
  return { members, organizationId };
}

async function makeOrganization({ db }: Installation, chosen: { id?: OrganizationId }) {
  const { id } = await db.prisma.organization.create({
    data: {
      ...chosen,
      name: "Example Group",
      homeRegion: "US",
      sellers: {
        create: [
          { key: "bank", name: "Example Bank", sector: "other" },
          { key: "insurance", name: "Example Insurance", sector: "other" },
        ],
      },
      purposes: {
        create: [
          { key: "marketing", name: "Marketing", kind: "promotional" },
          { key: "marketing.loans", name: "Loans", kind: "promotional" },
          { key: "service", name: "Service", kind: "service" },
        ],
      },
    },
  });
  return OrganizationId.parse(id);
}

async function makeMembers({ db }: Installation, organizationId: OrganizationId) {
  const passwordHash = await hashPassword(password);
  const rows = await db.prisma.seller.findMany({ where: { organizationId } });
  const findSeller = (key: string) => SellerId.parse(rows.find((row) => row.key === key)?.id);
  const sellers = { bank: findSeller("bank"), insurance: findSeller("insurance") };
  const make = async (name: string, role: Role, sellerIds: SellerId[] = []) => {
    const email = `${organizationId}-${role}@example.com`;
    const data = { organizationId, email, name, role, passwordHash, sellerIds };
    const { id } = await db.prisma.member.create({ data: { ...data, zone: "America/Chicago" } });
    const actor: Actor = {
      type: "member",
      id: MemberId.parse(id),
      role,
      sellerIds,
      isProven: true,
    };
    return { actor, signIn: { email, password } };
  };
  const officer = await make("M. Olsen", "officer");
  const agent = await make("R. Castell", "agent", [sellers.bank]);
  const auditor = await make("A. Lindqvist", "auditor");
  const developer = await make("T. Banerjee", "developer");
  return {
    sellers,
    officer: officer.actor,
    agent: agent.actor,
    members: {
      officer: officer.signIn,
      agent: agent.signIn,
      auditor: auditor.signIn,
      developer: developer.signIn,
    },
  };
}

/** Common part of the example consents. */
const spoken = {
  seller: "bank",
  purposes: ["marketing"],
  channels: ["voice_live"],
  evidence: { act: "spoken", recording: "calls/2026-05-12.ogg", states: ["subject_identity"] },
};

async function makeNina(ctx: RootContext) {
  await recordContacts(ctx, {
    rows: [
      {
        externalId: "nina",
        name: "Nina Berg",
        phones: [phones.nina],
        addressRegion: placeWithoutClock,
        zone: aZoneAtNoon(),
        locale: "ru",
      },
    ],
  });
  await recordConsent(
    ctx,
    RecordConsent.parse({
      ...spoken,
      phone: phones.nina,
      source: "website_form",
      disclosure: {
        text: "I agree that Example Bank may call me about its offers. I can take this back at any time: on any call, on the website, or by mail.",
        language: "en",
      },
      obtainedAt: daysAgo(40).toISOString(),
      validUntil: daysAgo(-5).toISOString(),
      evidence: { act: "ticked", signature: "Nina Berg" },
    }),
  );
}

async function makeDana(ctx: RootContext, asAgent: RootContext) {
  await recordContacts(ctx, {
    rows: [
      {
        externalId: "dana",
        name: "Dana Whitlock",
        phones: [phones.dana, phones.danaToo],
        addressRegion: "US-TX",
        zone: "America/Chicago",
        locale: "en",
      },
    ],
  });
  await recordConsent(
    asAgent,
    RecordConsent.parse({
      ...spoken,
      phone: phones.dana,
      source: "phone",
      disclosure: {
        text: "May Example Bank call you about its cards and loans? You can say no at any time, and calls then stop at once.",
        language: "en",
      },
      obtainedAt: daysAgo(197).toISOString(),
    }),
  );
  const call = {
    phone: phones.dana,
    seller: "bank",
    purpose: "marketing",
    campaign: "Card upgrade, autumn",
  };
  await recordCalls(ctx, {
    rows: [
      { ...call, at: daysAgo(83).toISOString(), outcome: "no_answer" },
      { ...call, at: daysAgo(42.001).toISOString(), outcome: "reached" },
    ],
  });
  await recordOptOut(
    asAgent,
    RecordOptOut.parse({
      phone: phones.dana,
      channel: "agent",
      at: daysAgo(42).toISOString(),
      note: "Do not call my mother either.",
    }),
  );
  await recordOptOut(
    ctx,
    RecordOptOut.parse({ phone: phones.stranger, channel: "web", scope: { seller: "insurance" } }),
  );
}
