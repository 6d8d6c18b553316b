import type { SellerId } from "../../platform/ids.ts";
import { type Phone, readPhone } from "../../people/phone/index.ts";
import { findPurpose, type PurposeKey } from "../../account/purpose/index.ts";
import { type RejectedRow, readRow, rejected } from "../../platform/rows/index.ts";
import { findSeller, type SellerKey } from "../../account/seller/index.ts";
import type { ZonedLog } from "./call-log.ts";
import { CallRow } from "./call-row.ts";
import { readLoggedCall } from "./read-logged-call.ts";

export type ReadCallRow = {
  status: "read";
  line: number;
  row: CallRow;
  phone: Phone;
  sellerId: SellerId;
};

/** What a call may name, how its number is read, and the time after which none can have been. */
export type CallWorld = {
  sellers: readonly { id: SellerId; key: SellerKey }[];
  purposes: readonly { key: PurposeKey }[];
  region: string;
  now: Date;
};

/** A row of a dialer's own log, read as one that is written as we ask for it; null where it is no call. */
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

/** A call as a row tells of it, or what is wrong with it. */
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
  const named = findSeller(sellers, row.seller);
  if (named.fault) return rejected(line, named.fault, "/seller");
  const about = findPurpose(purposes, row.purpose);
  if (about.fault) return rejected(line, about.fault, "/purpose");
  const read = readPhone(row.phone, (row.region ?? region).toUpperCase());
  if ("fault" in read) return rejected(line, read.fault, "/phone");
  return { status: "read", line, row, phone: read.phone, sellerId: named.seller.id };
}
