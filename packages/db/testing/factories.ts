import { OrganizationId, PhoneId, SellerId } from "@ringfence/core/ids";
import { toDigits, Phone, lookUpPlan, readPhone } from "@ringfence/core/people/phone";
import type { Db } from "../src/client.ts";

/** Every test lives in an organization of its own, with a seller `acme` and a tree of purposes. */
export async function anOrganization({ prisma }: Db) {
  const { id } = await prisma.organization.create({
    data: {
      name: "Test",
      homeRegion: "US",
      sellers: { create: { key: "acme", name: "Acme", sector: "other" } },
      purposes: {
        create: [
          { key: "marketing", name: "Marketing", kind: "promotional" },
          { key: "marketing.loans", name: "Loans", kind: "promotional" },
          { key: "marketing.cards", name: "Cards", kind: "promotional" },
          { key: "survey", name: "Surveys", kind: "survey" },
        ],
      },
    },
  });
  return OrganizationId.parse(id);
}

/** The organization's seller `acme`, or another that the test makes. */
export async function aSeller({ prisma }: Db, organizationId: OrganizationId, key = "acme") {
  const where = { organizationId_key: { organizationId, key } };
  const found = await prisma.seller.findUnique({ where });
  const { id } =
    found ??
    (await prisma.seller.create({ data: { organizationId, key, name: key, sector: "other" } }));
  return SellerId.parse(id);
}

/** The phone of a person who lives in Texas, unless the test says otherwise. */
export async function aPhone(
  { prisma }: Db,
  organizationId: OrganizationId,
  { e164 = aNumber(), addressRegion = "US-TX" }: { e164?: Phone; addressRegion?: string } = {},
) {
  const at = new Date("2026-01-01T00:00:00Z");
  const { id } = await prisma.phone.create({ data: { organizationId, e164 } });
  await prisma.contact.create({
    data: {
      organizationId,
      name: "Ada",
      addressRegion,
      createdAt: at,
      updatedAt: at,
      phones: { create: { phoneId: id } },
    },
  });
  return PhoneId.parse(id);
}

/**
 * Area codes of states without their own list, and without Maine (207), where a number has to be checked for reassignment.
 * 201 and 202 are left for numbers that tests choose.
 */
const areaCodes = [203, 205, 206, 208, 209, 212, 213, 216, 218];
let serial = 0;

/** Returns a valid number that nobody has: 555-0100 to 555-0199 are reserved for fiction. */
export function aNumber(): Phone {
  const areaCode = areaCodes[Math.floor(serial / 100) % areaCodes.length];
  return Phone.parse(`+1${areaCode}55501${String(serial++ % 100).padStart(2, "0")}`);
}

/**
 * A US area code without a place in the numbering plan. With an address on the Minor Outlying Islands
 * (`placeWithoutClock`), only federal law and the contact's own time zone apply to its numbers, so tests can
 * call at any hour.
 */
export const areaWithoutPlace = Array.from({ length: 800 }, (_, index) => 200 + index).find(
  (area) => {
    const read = readPhone(`+1${area}5550100`, "");
    if (!("phone" in read)) return false;
    const { country, regions, zones } = lookUpPlan(toDigits(read.phone));
    return country === "US" && regions.length + zones.length === 0;
  },
);
export const placeWithoutClock = "US-UM";

/** The zone in which it is now noon or a little later: there everybody may be called, whenever tests run. */
export function aZoneAtNoon() {
  const offset = 12 - new Date().getUTCHours();
  return `Etc/GMT${offset > 0 ? "-" : "+"}${Math.abs(offset)}`;
}

/** Columns of an event of a written consent to live marketing calls, on record since it was given. */
export const writtenConsent = (at: Date) => ({
  purposes: ["marketing"],
  channels: ["voice_live" as const],
  elements: [],
  isWritten: true,
  isProven: false,
  at,
  recordedAt: at,
  source: "website_form" as const,
  actor: {},
});

/** Counts the queued jobs of an organization. */
export async function countJobs({ pool }: Db, organizationId: string): Promise<number> {
  const { rows } = await pool.query(
    `SELECT FROM graphile_worker._private_jobs WHERE payload ->> 'organizationId' = $1`,
    [organizationId],
  );
  return rows.length;
}
