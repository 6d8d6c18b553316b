import type { Actor, Role } from "@ringfence/core/access";
import { RecordConsent } from "@ringfence/core/consent";
import { MemberId, OrganizationId, SellerId } from "@ringfence/core/ids";
import { RecordOptOut } from "@ringfence/core/opt-out";
import { recordCalls } from "@ringfence/services/call";
import { recordConsent } from "@ringfence/services/consent";
import { recordContacts } from "@ringfence/services/contact";
import type { Installation, RootContext } from "@ringfence/services/context";
import { hashPassword } from "@ringfence/services/member";
import { optOut } from "@ringfence/services/opt-out";

/** People, firms and numbers are invented. */

const password = "a field of poppies";
const daysAgo = (days: number) => new Date(Date.now() - days * 86_400_000);

/** Whose clock shows about noon, whenever the test runs: calls to them are within hours. */
const noon = 12 - new Date().getUTCHours();
const zoneAtNoon = `Etc/GMT${noon > 0 ? "-" : "+"}${Math.abs(noon)}`;

export const phones = {
  /** Refused all calls; a list that covers her is stale. */
  dana: "+12145550142",
  danaToo: "+19725550164",
  /** May be called at any hour of the test. */
  nina: "+12085550117",
  /** On record with nobody. */
  stranger: "+13035550187",
  /** Not on record. */
  unknown: "+13125550176",
} as const;

/** An organization that nobody else has, with something of everything. */
export async function makeExampleGroup(installation: Installation) {
  const organizationId = await makeOrganization(installation);
  const { members, officer, agent, sellers } = await makeMembers(installation, organizationId);
  const ctx = { ...installation, organizationId, actor: officer };
  await makeRegistries(ctx);
  await makeNina(ctx);
  await makeDana(ctx, { ...ctx, actor: agent });
  await makeScreenings(ctx, sellers.bank);
  await installation.db.prisma.misreadOptOut.create({
    data: {
      organizationId,
      input: "please never again",
      channel: "sms",
      recordedAt: daysAgo(0.07),
      actor: {},
    },
  });
  return { members };
}

async function makeOrganization({ db }: Installation) {
  const { id } = await db.prisma.organization.create({
    data: {
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
  const sellerOf = (key: string) => SellerId.parse(rows.find((row) => row.key === key)?.id);
  const sellers = { bank: sellerOf("bank"), insurance: sellerOf("insurance") };
  const make = async (name: string, role: Role, sellerIds: SellerId[] = []) => {
    const email = `${organizationId}-${role}@example.com`;
    const data = { organizationId, email, name, role, passwordHash, sellerIds };
    const { id } = await db.prisma.member.create({ data: { ...data, zone: "America/Chicago" } });
    const actor: Actor = { type: "member", id: MemberId.parse(id), role, sellerIds };
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

/** One that is fresh, one that is too old, one that soon will be. */
async function makeRegistries({ db, organizationId }: RootContext) {
  const registries = [
    {
      code: "US-FTC-DNC",
      name: "US National Do Not Call",
      maxAgeDays: 31,
      age: 1,
      listed: 249_310_442,
    },
    { code: "US-TX-DNC", name: "Texas No-Call List", maxAgeDays: 60, age: 63.9, listed: 1_204_116 },
    {
      code: "GB-TPS",
      name: "UK Telephone Preference Service",
      maxAgeDays: 28,
      age: 24,
      listed: 16_480_201,
    },
  ];
  for (const { age, ...registry } of registries) {
    const { id } = await db.prisma.registry.create({
      data: {
        organizationId,
        ...registry,
        format: { reader: "us-dnc" },
        source: { kind: "folder", path: registry.code },
        edition: 12,
        verifiedAt: daysAgo(age),
      },
    });
    await db.prisma.registryEdition.create({
      data: {
        organizationId,
        registryId: id,
        number: 12,
        status: "applied",
        kind: "full",
        sha256: "0".repeat(64),
        revision: 1,
        lines: registry.listed,
        bytes: 0,
        listed: registry.listed,
        added: 0,
        removed: 0,
        readAt: daysAgo(age),
      },
    });
    if (registry.code !== "US-TX-DNC") continue;
    await db.prisma.run.create({
      data: {
        organizationId,
        job: "registry.sync",
        subjectId: id,
        status: "failed",
        error: { key: "run.gave-up", values: { attempts: 3 } },
        createdAt: daysAgo(0.3),
        endedAt: daysAgo(0.29),
      },
    });
  }
}

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
        zone: zoneAtNoon,
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
  await optOut(
    asAgent,
    RecordOptOut.parse({
      phone: phones.dana,
      channel: "agent",
      at: daysAgo(42).toISOString(),
      note: "Do not call my mother either.",
    }),
  );
  await optOut(
    ctx,
    RecordOptOut.parse({ phone: phones.stranger, channel: "web", scope: { seller: "insurance" } }),
  );
}

/** A day of screenings; those of Dana; and those of a stranger, more than a page holds. */
async function makeScreenings({ db, organizationId }: RootContext, sellerId: SellerId) {
  const idOf = async (e164: string) => {
    const { id } = await db.prisma.phone.findFirstOrThrow({ where: { organizationId, e164 } });
    return id;
  };
  const [dana, stranger] = [await idOf(phones.dana), await idOf(phones.stranger)];
  const screening = {
    organizationId,
    sellerId,
    purpose: "marketing",
    dialer: "live_agent",
    warnings: [],
    checked: {},
    actor: { type: "job", id: "audience.build" },
  };
  const allowed = { ...screening, verdict: "allow" as const, refusals: [] };
  const refused = (...reasons: string[]) => ({
    ...screening,
    verdict: "refuse" as const,
    refusals: reasons.map((reason) => ({ reason, registry: "US-TX-DNC" })),
  });

  const reasons = ["consent-missing", "opted-out", "outside-calling-hours", "registry-unchecked"];
  const ofDay = Array.from({ length: 240 }, (_, n) => ({
    ...(n % 7 < 2 ? refused(reasons[((n * n) % 11) % reasons.length] ?? "") : allowed),
    at: daysAgo(((n * 37) % 240) / 245),
  }));
  const ofStranger = Array.from({ length: 24 }, (_, n) => ({
    ...refused("consent-missing"),
    phoneId: stranger,
    at: daysAgo(2 + n),
  }));
  const ofDana = [
    {
      ...refused("opted-out", "registry-unchecked"),
      campaign: "Card upgrade, autumn",
      at: daysAgo(1),
    },
    { ...allowed, at: daysAgo(42.0012), permitUntil: daysAgo(42.0005) },
    { ...allowed, at: daysAgo(83.0002), permitUntil: daysAgo(82.9995) },
  ].map((one) => ({ ...one, phoneId: dana }));
  await db.prisma.screening.createMany({ data: [...ofDay, ...ofStranger, ...ofDana] });
}
