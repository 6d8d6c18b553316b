import { z } from "zod";
import { webAddress } from "./web-address.ts";

const money = z.number().positive().max(1_000_000_000);
const budget = {
  /** So many numbers may be asked about in a month: each is paid for. */
  monthlyNumbers: z.int().min(1).max(5_000_000),
  /** No more may be paid in a month, in the service's currency. */
  monthlyMoney: money.optional(),
  /** What a number costs, in the same. */
  pricePerNumber: money.optional(),
};

/** What may be paid says something only with what a number costs, and the other way round. */
const isPriced = ({
  monthlyMoney,
  pricePerNumber,
}: {
  monthlyMoney?: number | undefined;
  pricePerNumber?: number | undefined;
}) => (monthlyMoney === undefined) === (pricePerNumber === undefined);
const unpriced = { path: ["pricePerNumber"] };

export const auAddress = "https://www.donotcall.gov.au/dncrtelem/rtw/washing.cfc";
const sgAddress = "https://www.dnc.gov.sg/realtime/check/registry";

/** The washing service (SOAP) of the Australian register, as its own description (WSDL) has it. */
export const AuSource = z
  .object({
    kind: z.literal("au-washing"),
    url: webAddress.default(auAddress),
    /** The id of the account. */
    telemarketerId: z.string().regex(/^\d{1,12}$/),
    /** Of an account below it that may do nothing but wash. */
    washOnlyUserId: z
      .string()
      .regex(/^\w{1,40}$/)
      .optional(),
    ...budget,
  })
  .refine(isPriced, unpriced);
export type AuSource = z.infer<typeof AuSource>;

/** The real-time service of the Singapore registry, as programs that are public call it. */
export const SgSource = z
  .object({
    kind: z.literal("sg-realtime"),
    url: webAddress.default(sgAddress),
    orgCode: z.string().regex(/^[\w-]{1,60}$/),
    eServiceId: z.string().regex(/^[\w-]{1,60}$/),
    ...budget,
  })
  .refine(isPriced, unpriced);
export type SgSource = z.infer<typeof SgSource>;

/** DNCScrub, a service that tells who sues for calls; the vendor gives its address with the login id. */
export const DncscrubSource = z
  .object({ kind: z.literal("us-dncscrub"), url: webAddress, ...budget })
  .refine(isPriced, unpriced);
export type DncscrubSource = z.infer<typeof DncscrubSource>;

/** A service that hands no list out, and answers about the numbers that it is asked about. */
export type AskedSource = AuSource | SgSource | DncscrubSource;

/** What each can be asked, and how much at once. */
export const askedRegistries = {
  "us-dncscrub": {
    reader: "us-litigators",
    pattern: "^\\+1[2-9]\\d{9}$",
    batch: 1_000,
    currency: "USD",
  },
  "au-washing": { reader: "au-dncr", pattern: "^\\+61[23478]\\d{8}$", batch: 200, currency: "AUD" },
  "sg-realtime": { reader: "sg-dnc", pattern: "^\\+65[3689]\\d{7}$", batch: 100, currency: "SGD" },
} as const;

/** How many numbers may be asked about in a month, by their count and by what they cost. */
export function monthlyBudget({
  monthlyNumbers,
  monthlyMoney,
  pricePerNumber,
}: AskedSource): number {
  if (monthlyMoney === undefined || pricePerNumber === undefined) return monthlyNumbers;
  return Math.min(monthlyNumbers, Math.floor(monthlyMoney / pricePerNumber + 1e-9));
}

export const askedKinds: readonly string[] = Object.keys(askedRegistries);

export const isAsked = (source: { kind: string }): source is AskedSource =>
  Object.hasOwn(askedRegistries, source.kind);

/** Within the last days of an answer the number is asked about again, so that none runs out by itself. */
const RENEWAL_DAYS = 3;

/** From which age on an answer is asked for again, and from which it counts for nothing any more. */
export const answerAges = (limitDays: number) => ({
  renewalDays: Math.max(limitDays / 2, limitDays - RENEWAL_DAYS),
  /** A reading stays in force until the next one, the night after. */
  endDays: Math.max(limitDays / 2, limitDays - 1),
});
