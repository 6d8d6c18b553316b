import type { Phone } from "@ringfence/core/people/phone";
import { toArea, askedKinds, locateNumber } from "@ringfence/core/do-not-call/registry";
import type { RegistryId } from "@ringfence/core/ids";
import type { RootContext } from "../src/platform/context.ts";
import type { Random } from "./random.ts";
import { db } from "./scenes.ts";
import { type EditionRead, aRegistryWithHistory } from "./registry-history.ts";

const day = 86_400_000;
const ofTheLaw =
  "US-FTC-DNC GB-TPS IT-RPO FR-BLOCTEL ES-ROBINSON US-PORTED CH-DIRECTORY TR-IYS".split(" ");

/**
 * Registries of the law, one of which minds the day of a listing and two list who may be called, and lists of the organization's own:
 * each of several editions between which some of the phones came and went. Some answer for a part of
 * the phones only, and with `isPast` there is an edition that was read after `at`.
 */
export async function addRandomRegistries(
  ctx: RootContext,
  { phones, at, isPast }: { phones: readonly Phone[]; at: Date; isPast: boolean },
  random: Random,
) {
  const { below, chance, someOf, oneOf } = random;
  const digits = phones.map((phone) => Number(phone.slice(1)));
  const areas = [...new Set(digits.map((number) => toArea(locateNumber(number).block)))];
  const own = Array.from({ length: oneOf([1, 2, 18]) }, (_, n) => `list-${n}`);

  for (const code of [...ofTheLaw, ...own]) {
    if (chance(0.1)) continue;
    const isOwn = own.includes(code);
    const share = isOwn ? 0.05 : 0.3;
    const daysOld = [60, 40, 14, 9, 5, ...(isPast ? [-2] : [])].slice(below(3));
    let numbers: readonly number[] = someOf(digits, share);
    const editions = daysOld.map((days): EditionRead => {
      const stay = numbers.filter(() => chance(0.7));
      numbers = [...new Set([...stay, ...someOf(digits, share / 2)])];
      return { readAt: new Date(at.getTime() - days * day), numbers };
    });
    // A registry that was never read or does not answer refuses all calls. It is rare, so that other
    // reasons show.
    const isAsked = chance(0.2);
    const registryId = await aRegistryWithHistory(ctx, code, chance(0.01) ? [] : editions, {
      ...(isAsked && { source: { kind: oneOf(askedKinds) } }),
      ...(chance(isOwn ? 0.02 : 0.2) && {
        areas: Object.fromEntries(someOf(areas).map((area) => [area, 1])),
      }),
    });
    if (isAsked) await addAnswers(ctx, { registryId, phones: someOf(phones, 0.5), at }, random);
  }
}

/** Adds answers of a registry about some numbers, before the instant or after. */
async function addAnswers(
  { organizationId }: RootContext,
  { registryId, phones, at }: { registryId: RegistryId; phones: readonly Phone[]; at: Date },
  { oneOf }: Random,
) {
  const e164 = { in: [...phones] };
  const known = await db.prisma.phone.findMany({ where: { organizationId, e164 } });
  const ask = { organizationId, registryId, phoneIds: [], status: "answered", askedAt: at };
  const { id: askId } = await db.prisma.registryAsk.create({ data: ask });
  const data = known.map(({ id: phoneId }) => {
    const [first, last] = [oneOf([-40, -3, 2]), oneOf([0, 0, 5])];
    const firstAt = new Date(at.getTime() + first * day);
    const answeredAt = new Date(firstAt.getTime() + last * day);
    const said = oneOf(["free", "listed", "invalid"]);
    return { organizationId, registryId, phoneId, askId, said, firstAt, answeredAt };
  });
  await db.prisma.registryAnswer.createMany({ data });
}
