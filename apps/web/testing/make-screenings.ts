import type { SellerId } from "@ringfence/core/ids";
import type { RootContext } from "@ringfence/services/context";
import { daysAgo, phones } from "./example-phones";

/** Creates a day of screenings, some for Dana, and more than a page for a stranger. */
export async function makeScreenings({ db, organizationId }: RootContext, sellerId: SellerId) {
  const findPhoneId = async (e164: string) => {
    const { id } = await db.prisma.phone.findFirstOrThrow({ where: { organizationId, e164 } });
    return id;
  };
  const callees = await makePhones({ db, organizationId });
  const [dana, stranger] = [await findPhoneId(phones.dana), await findPhoneId(phones.stranger)];
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
    phoneId: callees[n % callees.length] ?? null,
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

/** Creates phones of people who are no contacts, as screening their numbers does. */
async function makePhones({ db, organizationId }: Pick<RootContext, "db" | "organizationId">) {
  const numbers = Array.from(
    { length: 40 },
    (_, n) => `+1469555${String(100 + n).padStart(4, "0")}`,
  );
  const made = await db.prisma.phone.createManyAndReturn({
    data: numbers.map((e164) => ({ organizationId, e164 })),
    select: { id: true },
  });
  return made.map(({ id }) => id);
}
