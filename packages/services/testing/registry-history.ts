import { RegistryId } from "@ringfence/core/ids";
import {
  addNumber,
  findBits,
  blockNumbersIn,
  compareSets,
  createNumberSet,
  packLines,
} from "@ringfence/core/do-not-call/registry";
import type { RootContext } from "../src/platform/context.ts";

/** An edition: when it was read, and the digits of all numbers that it lists. */
export type EditionRead = { readAt: Date; numbers: readonly number[] };

const createSet = (numbers: readonly number[]) => {
  const set = createNumberSet();
  for (const number of numbers) addNumber(set, number);
  return set;
};

/** Creates a registry with these editions, as they are stored: the last one whole, and of each what it changed. */
export async function aRegistryWithHistory(
  { db, organizationId }: RootContext,
  code: string,
  editions: readonly EditionRead[],
  more: { areas?: Record<string, number>; verifiedAt?: Date; source?: object } = {},
) {
  const last = editions.at(-1);
  const { id: registryId } = await db.prisma.registry.create({
    data: {
      organizationId,
      code,
      name: code,
      format: {},
      source: {},
      maxAgeDays: 31,
      edition: editions.length,
      verifiedAt: last?.readAt ?? null,
      ...more,
    },
  });
  await db.prisma.registryEdition.createMany({
    data: editions.map(({ readAt, numbers }, index) => ({
      organizationId,
      registryId,
      number: index + 1,
      status: "applied",
      kind: "full",
      sha256: `${index}`.padStart(64, "0"),
      revision: 1,
      lines: numbers.length,
      bytes: 0,
      listed: numbers.length,
      added: 0,
      removed: 0,
      readAt,
    })),
  });
  const kept = createSet(last?.numbers ?? []);
  await db.prisma.registryBlock.createMany({
    data: blockNumbersIn(kept).map((block) => ({
      organizationId,
      registryId,
      block,
      bits: Uint8Array.from(findBits(kept, block) ?? []),
    })),
  });
  const changes = editions.slice(1).flatMap(({ numbers }, index) => {
    const before = createSet(editions[index]?.numbers ?? []);
    const changed = [...compareSets(before, createSet(numbers))];
    return changed.map(({ block, lines }) => ({
      organizationId,
      registryId,
      edition: index + 2,
      block,
      lines: packLines(lines),
    }));
  });
  await db.prisma.registryChange.createMany({ data: changes });
  return RegistryId.parse(registryId);
}
