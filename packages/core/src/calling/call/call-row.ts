import { z } from "zod";
import { type Phone, WrittenPhone, readPhone } from "../../people/phone/index.ts";
import { PurposeKey, findPurpose } from "../../account/purpose/index.ts";
import { Dialer } from "../../account/organization/index.ts";
import { storableText } from "../../platform/text/index.ts";
import { Instant } from "../../platform/time/index.ts";
import type { SellerId } from "../../platform/ids.ts";
import { type RejectedRow, readRow, rejected } from "../../platform/rows/index.ts";
import { type SellerKey, findSeller } from "../../account/seller/index.ts";
import { type ZonedLog, readLoggedCall } from "./call-log.ts";

/**
 * Ringfence's own call outcomes. Dialers may use others. `accepted` and `refused` are about the offer;
 * `opted_out` refuses calls.
 */
export const ownOutcomes = [
  "reached",
  "accepted",
  "refused",
  "opted_out",
  "no_answer",
  "busy",
  "failed",
] as const;

/** A placed call, as the dialer's log reports it. */
export const CallRow = z.strictObject({
  /** The dialer's own ID of the call, by which a repeated log is recognized. */
  externalId: storableText(128).min(1).optional(),
  /** A number in any format. */
  phone: WrittenPhone,
  /** Country (ISO 3166-1 alpha-2) of a number that is written without `+`. */
  region: z
    .string()
    .regex(/^[A-Za-z]{2}$/)
    .optional(),
  /** Key or ID. Default: the organization's only seller. */
  seller: z.string().max(64).optional(),
  purpose: PurposeKey,
  at: Instant,
  /** One of `ownOutcomes`, or the dialer's own code. */
  outcome: storableText(64).optional(),
  /** Talk time. */
  seconds: z.int().min(0).max(86_400).optional(),
  campaign: storableText(128).optional(),
  /** Dialer that placed the call. Default: that of its screening, else the organization's. */
  dialer: Dialer.optional(),
  /** The screening that allowed it, where the dialer kept its id. */
  screening: z.uuid().toLowerCase().optional(),
});
export type CallRow = z.infer<typeof CallRow>;

/** A row that could be read, with its number and its seller. `line` is its line in the request or file. */
export type ReadCallRow = {
  status: "read";
  line: number;
  row: CallRow;
  phone: Phone;
  sellerId: SellerId;
};

/** Context for reading calls: known sellers and purposes, default country of numbers, and present time. */
export type CallWorld = {
  sellers: readonly { id: SellerId; key: SellerKey }[];
  purposes: readonly { key: PurposeKey }[];
  region: string;
  now: Date;
};

/** Reads a row of a dialer's own log like a call row; null if the row is not an outbound call. */
export function readLogRow(
  line: number,
  sent: unknown,
  log: ZonedLog,
  world: CallWorld,
): ReadCallRow | RejectedRow | null {
  const logged = readLoggedCall(sent, log);
  if (logged === null) return null;
  if (logged.fault) return rejected(line, logged.fault.message, logged.fault.path);
  return readCallRow(line, logged.row, world);
}

/** Reads a call from a row, or says the first thing that is wrong with it. */
export function readCallRow(
  line: number,
  sent: unknown,
  { sellers, purposes, region, now }: CallWorld,
): ReadCallRow | RejectedRow {
  const { row, fault } = readRow(CallRow, sent);
  if (fault) return rejected(line, fault.message, fault.path);
  if (row.at > now) {
    return rejected(line, { key: "call.from-the-future", values: { at: row.at, now } }, "/at");
  }
  const { seller, fault: sellerFault } = findSeller(sellers, row.seller);
  if (sellerFault) return rejected(line, sellerFault, "/seller");
  const { fault: purposeFault } = findPurpose(purposes, row.purpose);
  if (purposeFault) return rejected(line, purposeFault, "/purpose");
  const read = readPhone(row.phone, (row.region ?? region).toUpperCase());
  if ("fault" in read) return rejected(line, read.fault, "/phone");
  return { status: "read", line, row, phone: read.phone, sellerId: seller.id };
}
