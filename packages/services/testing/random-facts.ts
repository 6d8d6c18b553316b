import type { Channel } from "@ringfence/core/consent";
import { PhoneId, type SellerId } from "@ringfence/core/ids";
import { type Phone, readPhone } from "@ringfence/core/phone";
import { aSeller } from "@ringfence/db/testing";
import type { RootContext } from "../src/context.ts";
import { db } from "./scenes.ts";

/** A generator of numbers that are the same at every run (mulberry32). */
export function random(seed: number) {
  let state = seed;
  const next = () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  const below = (limit: number) => Math.floor(next() * limit);
  const oneOf = <T>(items: readonly T[]): T => {
    const item = items[below(items.length)];
    if (item === undefined) throw new Error("nothing to choose from");
    return item;
  };
  const chance = (share: number) => next() < share;
  const someOf = <T>(items: readonly T[]) => items.filter(() => chance(0.5));
  return { below, oneOf, chance, someOf };
}
type Random = ReturnType<typeof random>;

/** Of many plans: other states and countries, shared codes, codes of which nobody knows the zone. */
const stems = [
  "+1202555",
  "+1214555",
  "+1305555",
  "+1503555",
  "+1808555",
  "+1928555",
  "+1850555",
  "+1334555",
  "+1416555",
  "+1876555",
  "+1464555",
  "+791612",
  "+799912",
  "+791412",
  "+740123",
  "+770112",
  "+4915112345",
  "+336123456",
  "+614123456",
  "+346123456",
  "+919876543",
  "+5521998765",
  "+6591234",
];
const regions = ["US-TX", "US-FL", "US-CT", "US-NJ", "RU-SVE", "DE-BE", "AU-NSW", "ES", "JM"];
const elements = ["seller_identity", "purpose", "signature", "data_types", "right_to_withdraw"];

export function aRandomPhone({ below, oneOf }: Random): Phone {
  for (;;) {
    const stem = oneOf(stems);
    const reading = readPhone(stem + String(below(10_000)).padStart(4, "0"), "US");
    if ("phone" in reading) return reading.phone;
  }
}

const day = 86_400_000;

/** Gives a phone facts of every kind, near and far from `at` on either side. */
export async function addRandomFacts(ctx: RootContext, phone: Phone, at: Date, random: Random) {
  const { organizationId, actor } = ctx;
  const { prisma } = db;
  const { below, oneOf, chance } = random;
  const near = () =>
    new Date(
      at.getTime() + oneOf([-800, -730, -95, -89, -40, -2, -1, 1]) * day + below(3) * 3_600_000,
    );
  const sellers = [await aSeller(db, organizationId), await aSeller(db, organizationId, "other")];
  const { id } = await prisma.phone.create({
    data: { organizationId, e164: phone, lineType: chance(0.1) ? "wireless" : null },
  });
  const of = { organizationId, phoneId: id };
  const clear = {
    ...of,
    consentId: id,
    type: "granted" as const,
    sellerId: sellers[0] as SellerId,
    purposes: ["marketing"],
    channels: ["voice_live", "voice_autodialed", "voice_prerecorded"],
    elements,
    isWritten: true,
    isProven: false,
    at: new Date(at.getTime() - 500 * day),
    source: "website_form",
    recordedAt: new Date(at.getTime() - 500 * day),
    actor,
  };
  if (chance(0.8)) {
    const ends = oneOf([null, null, 0, 0.3, 20, 400]);
    const validUntil = ends === null ? null : new Date(at.getTime() + ends * day);
    await prisma.consentEvent.create({ data: { ...clear, validUntil } });
  }
  if (chance(0.5)) await aRandomContact(ctx, id, at, random);

  for (let n = chance(0.4) ? below(4) : 0; n > 0; n--) {
    const [said, recordedAt] = [near(), near()];
    await prisma.consentEvent.createMany({
      data: {
        ...clear,
        type: oneOf([
          "granted",
          "granted",
          "granted",
          "renewed",
          "requested",
          "refused",
          "withdrawn",
          "invalidated",
        ]),
        sellerId: oneOf([sellers[0], sellers[0], sellers[1]]) as SellerId,
        purposes: [oneOf(["marketing", "marketing.loans", "survey"])],
        channels: [
          "voice_live",
          ...random.someOf<Channel>(["voice_autodialed", "voice_prerecorded"]),
        ],
        elements: random.someOf(elements),
        isWritten: chance(0.7),
        isProven: chance(0.3),
        at: said,
        validUntil: chance(0.4)
          ? new Date(at.getTime() + oneOf([-1, 0, 0.3, 20, 400]) * day)
          : null,
        recordedAt,
      },
      skipDuplicates: true,
    });
  }
  if (chance(0.2)) {
    const scope = oneOf(["all", "seller", "purpose", "profiling"] as const);
    await prisma.optOut.create({
      data: {
        ...of,
        scope,
        sellerId: scope === "seller" ? oneOf(sellers) : null,
        purpose: scope === "purpose" ? oneOf(["marketing.loans", "survey"]) : null,
        channel: "api",
        at: near(),
        recordedAt: near(),
        reference: `${id}-${below(1_000_000)}`,
        actor,
      },
    });
  }
  if (chance(0.1)) {
    const until = chance(0.7) ? new Date(at.getTime() + oneOf([-1, 0, 3, 60]) * day) : null;
    await prisma.suppression.create({
      data: { ...of, reason: "complaint_under_review", at: near(), until, recordedAt: at, actor },
    });
  }
  const calls = chance(0.3) ? below(7) : 0;
  for (let n = 0; n < calls; n++) {
    const placed = new Date(at.getTime() - below(12) * 4 * 3_600_000);
    const sellerId = oneOf(sellers);
    await prisma.call.create({
      data: { ...of, sellerId, purpose: "marketing", at: placed, recordedAt: at },
    });
  }
  return PhoneId.parse(id);
}

async function aRandomContact(
  { organizationId }: RootContext,
  phoneId: string,
  at: Date,
  { oneOf, chance }: Random,
) {
  const known = await db.prisma.contact.findFirst({ where: { organizationId } });
  if (known && chance(0.05)) {
    const shared = { organizationId, contactId: known.id, phoneId };
    await db.prisma.contactPhone.create({ data: shared });
    return;
  }
  await db.prisma.contact.create({
    data: {
      organizationId,
      zone: chance(0.3) ? oneOf(["Asia/Tokyo", "America/Chicago", "Europe/Moscow"]) : null,
      addressRegion: chance(0.6) ? oneOf(regions) : null,
      calledParty: oneOf(["individual", "corporate"]),
      createdAt: at,
      updatedAt: at,
      phones: { create: { phoneId } },
    },
  });
}

/** A registry of the US that lists some of the phones, and a list of the organization's own. */
export async function addRandomRegistries(
  { organizationId }: RootContext,
  phones: readonly Phone[],
  at: Date,
  { chance }: Random,
) {
  for (const code of ["US-FTC-DNC", "GB-TPS", "partner"]) {
    const { id } = await db.prisma.registry.create({
      data: {
        organizationId,
        code,
        name: code,
        format: {},
        source: {},
        maxAgeDays: 31,
        edition: 1,
        verifiedAt: new Date(at.getTime() - day),
      },
    });
    const places = Map.groupBy(
      phones.filter(() => chance(0.1)).map((phone) => Number(phone.slice(1))),
      (digits) => Math.floor(digits / 10_000),
    );
    for (const [block, numbers] of places) {
      const bits = new Uint8Array(1_250);
      for (const digits of numbers) {
        const line = digits % 10_000;
        bits[line >> 3] = (bits[line >> 3] ?? 0) | (1 << (line & 7));
      }
      await db.prisma.registryBlock.create({
        data: { organizationId, registryId: id, block: BigInt(block), bits },
      });
    }
  }
}
