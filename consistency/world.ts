import { benchOwner } from "../bench/bench-owner.ts";
import { randomUUID } from "node:crypto";
import type { OrganizationId } from "@ringfence/core/ids";
import type { Db } from "@ringfence/db";
import {
  anOrganization,
  areaWithoutPlace,
  aSeller,
  writtenConsent,
  aZoneAtNoon,
  placeWithoutClock,
} from "@ringfence/db/testing/factories";
import { makeApiKey } from "@ringfence/services/account/api-key";
import { openFiles } from "@ringfence/services/platform/files";
import { keysIn } from "@ringfence/services/testing/keys";
import { authenticateRows } from "@ringfence/services/testing/authenticate-rows";

export type Person = { id: number; phones: readonly string[] };

export const sellers = ["acme", "other"] as const;
export const purposes = ["marketing", "marketing.loans", "marketing.cards"] as const;

/** Number of people; every third has two phones. */
const people = 3_000;
const longAgo = new Date("2026-01-05T10:00:00Z");

/** Makes an organization of people who all gave written consent and may be called now. */
export async function createWorld(db: Db, folder: string) {
  const organizationId = await anOrganization(db);
  await db.prisma.organization.update({
    where: { id: organizationId },
    data: { homeRegion: "US" },
  });
  const crowd = await createPeople(db, organizationId);
  const keys = keysIn(`${folder}/keys`);
  await authenticateRows({ db, keys }, organizationId);
  const files = openFiles(`${folder}/files`);
  const ctx = { db, keys, files, organizationId, actor: benchOwner };
  const { key } = await makeApiKey(ctx, {
    reason: "It calls for us.",
    name: "clients",
    scopes: ["screen", "opt-outs:read", "opt-outs:write", "consents:write", "scrubs"],
  });
  return { ctx, key, people: crowd };
}
export type World = Awaited<ReturnType<typeof createWorld>>;

/**
 * A number outside every state, where only federal law applies and no local hour refuses. Exchange
 * 555 is fictional.
 */
const makeNumber = (serial: number) => `+1${areaWithoutPlace}555${String(serial).padStart(4, "0")}`;

async function createPeople(db: Db, organizationId: OrganizationId): Promise<Person[]> {
  const { prisma } = db;
  let serial = 0;
  const crowd = Array.from({ length: people }, (_, id) => ({
    id,
    contactId: randomUUID(),
    phones: Array.from({ length: id % 3 === 0 ? 2 : 1 }, () => ({
      id: randomUUID(),
      e164: makeNumber(serial++),
    })),
  }));
  const all = crowd.flatMap(({ phones }) => phones);
  const zone = aZoneAtNoon();
  const stamps = { createdAt: longAgo, updatedAt: longAgo };
  await prisma.phone.createMany({ data: all.map((phone) => ({ organizationId, ...phone })) });
  await prisma.contact.createMany({
    data: crowd.map(({ id, contactId }) => ({
      organizationId,
      id: contactId,
      name: `Person ${id}`,
      zone,
      addressRegion: placeWithoutClock,
      ...stamps,
    })),
  });
  await prisma.contactPhone.createMany({
    data: crowd.flatMap(({ contactId, phones }) =>
      phones.map(({ id }) => ({ organizationId, contactId, phoneId: id })),
    ),
  });
  for (const seller of sellers) {
    const sellerId = await aSeller(db, organizationId, seller);
    await prisma.consentEvent.createMany({
      data: all.map(({ id }) => ({
        organizationId,
        consentId: randomUUID(),
        phoneId: id,
        sellerId,
        type: "granted",
        ...writtenConsent(longAgo),
      })),
    });
  }
  return crowd.map(({ id, phones }) => ({ id, phones: phones.map(({ e164 }) => e164) }));
}
