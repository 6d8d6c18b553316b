import { z } from "zod";
import { PhoneId, RegistryAskId, RegistryId } from "../../platform/ids.ts";
import { BLOCKS_PER_AREA, toArea, locateNumber } from "./numbers/blocks.ts";
import type { Edition } from "./edition.ts";
import type { AskedSource } from "./source.ts";
import { addNumber, createComplement, createNumberSet } from "./numbers/number-set.ts";

/** Records what a registry that publishes no list answered about the numbers of one request. */
export const RecordAnswers = z.object({
  registryId: RegistryId,
  askId: RegistryAskId,
  /** `refused`: there is no answer, and nothing was paid. `lost`: there is none, and it may have been paid. */
  status: z.enum(["answered", "refused", "lost"]),
  /**
   * `invalid`: the registry did not mention the number, or calls it invalid. It is recorded, so that it is not
   * asked about again and again. Left out if there is no answer.
   */
  answers: z
    .array(z.object({ phoneId: PhoneId, said: z.enum(["free", "listed", "invalid"]) }))
    .readonly()
    .optional(),
});
export type RecordAnswers = z.infer<typeof RecordAnswers>;

/** Records how many numbers may still be asked about, as the registry reports it. */
export const RecordBalance = z.object({ registryId: RegistryId, numbers: z.number() });
export type RecordBalance = z.infer<typeof RecordBalance>;

/** Computes how many numbers may be asked about in a month: by the limit of numbers or that of money, if lower. */
export function computeMonthlyBudget({
  monthlyNumbers,
  monthlyMoney,
  pricePerNumber,
}: AskedSource): number {
  if (monthlyMoney === undefined || pricePerNumber === undefined) return monthlyNumbers;
  return Math.min(monthlyNumbers, Math.floor(monthlyMoney / pricePerNumber + 1e-9));
}

/** An answer is renewed this many days before it expires, so that none runs out. */
const RENEWAL_DAYS = 3;

/**
 * Computes the age at which an answer is renewed, and the age at which it no longer counts. Neither is below half
 * the limit.
 */
export const computeAnswerAges = (limitDays: number) => ({
  renewalDays: Math.max(limitDays / 2, limitDays - RENEWAL_DAYS),
  /** A day earlier than the limit, because a reading stays in force until the next night. */
  endDays: Math.max(limitDays / 2, limitDays - 1),
});

/** What a registry has answered about single numbers. Numbers are digits of E.164 as integers. */
export type RegistryAnswers = {
  /** Country of the numbers (ISO 3166-1). */
  region: string;
  /** Numbers that the registry said are listed, however long ago. */
  listed: readonly number[];
  /** Numbers that the registry said may be called, by answers that still count. */
  free: readonly number[];
  /** All numbers that it ever answered about. */
  answered: readonly number[];
};

/**
 * Creates the edition of a registry that publishes no list. In every area (ten million numbers) with a number
 * that was asked about, it lists all numbers except those that may be called, because a number that we cannot
 * check is refused. Null before the first answer, because an empty list would let every call through.
 */
export function createEditionFromFreeNumbers({
  region,
  free,
  answered,
}: Omit<RegistryAnswers, "listed">): Edition | null {
  if (answered.length === 0) return null;
  const set = createNumberSet();
  for (const digits of free) addNumber(set, digits);
  const areas = [
    ...new Set([...answered, ...free].map((digits) => toArea(locateNumber(digits).block))),
  ];
  areas.sort((a, b) => a - b);
  return {
    kind: "full",
    isFromAnswers: true,
    added: createComplement(set, blocksInAreas(areas)),
    removed: createNumberSet(),
    region,
    areas,
    publishedOn: null,
    changedUntil: null,
    lines: answered.length,
    unreadable: 0,
  };
}

/**
 * Creates the edition of a voluntary list, such as people who sue over calls: it lists the numbers that the
 * answers name, and leaves all others free. Null before the first answer.
 */
export function createEditionFromListed({
  region,
  listed,
  answered,
}: RegistryAnswers): Edition | null {
  if (answered.length === 0) return null;
  const added = createNumberSet();
  for (const digits of listed) addNumber(added, digits);
  return {
    kind: "full",
    isFromAnswers: true,
    added,
    removed: createNumberSet(),
    region,
    areas: [],
    publishedOn: null,
    changedUntil: null,
    lines: answered.length,
    unreadable: 0,
  };
}

function* blocksInAreas(areas: readonly number[]): Generator<number> {
  for (const area of areas) {
    for (let index = 0; index < BLOCKS_PER_AREA; index++) yield area * BLOCKS_PER_AREA + index;
  }
}
