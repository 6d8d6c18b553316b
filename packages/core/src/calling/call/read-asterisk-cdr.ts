import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, utf8ToBytes } from "@noble/hashes/utils.js";
import { z } from "zod";
import { readRow } from "../../platform/rows/index.ts";
import type { LoggedCall, ZonedLog } from "./call-log.ts";
import { instantOf, LocalTime } from "./local-time.ts";

/**
 * The columns of Asterisk's `Master.csv`, which has no header (`cdr_csv.c`, `build_csv_record`). What
 * comes after `amaflags` stands there by setting: `loguniqueid`, `loguserfield`, `newcdrcolumns`.
 */
export const asteriskColumns = (
  "accountcode src dst dcontext clid channel dstchannel lastapp lastdata start answer end duration " +
  "billsec disposition amaflags uniqueid userfield peeraccount linkedid sequence"
).split(" ");

const AsteriskCdr = z.object({
  dst: z.string(),
  dcontext: z.string().optional(),
  channel: z.string().optional(),
  dstchannel: z.string().optional(),
  start: LocalTime,
  billsec: z.string().regex(/^\d+$/).optional(),
  disposition: z.string().optional(),
  uniqueid: z.string().optional(),
});
type AsteriskCdr = z.infer<typeof AsteriskCdr>;

/** `1456150000.123`, behind the name of the system where it has one. Else it is the user field. */
const UNIQUE_ID = /^([\w.-]{1,80}-)?\d{9,11}\.\d{1,10}$/;

const outcomes: Readonly<Record<string, string>> = {
  ANSWERED: "reached",
  "NO ANSWER": "no_answer",
  BUSY: "busy",
  FAILED: "failed",
  CONGESTION: "failed",
};

/** Reads a row of Asterisk's log: the person called is its `dst`, the extension that was dialed. */
export function readAsteriskCdr(sent: unknown, log: ZonedLog): LoggedCall {
  const { row: cdr, fault } = readRow(AsteriskCdr, sent);
  if (fault) return { fault };
  if (!isOutbound(cdr, log)) return null;
  const { prefix = "", zone } = log;
  const { dst, billsec, disposition } = cdr;
  return {
    row: {
      ...whatItDoesNotSay(log),
      externalId: idOf(cdr),
      phone: dst.startsWith(prefix) ? dst.slice(prefix.length) : dst,
      at: instantOf(cdr.start, zone),
      seconds: billsec === undefined ? undefined : Number(billsec),
      outcome: disposition && (outcomes[disposition] ?? disposition),
    },
  };
}

const whatItDoesNotSay = ({ purpose, seller, region, dialer, campaign }: ZonedLog) => ({
  purpose,
  seller,
  region,
  dialer,
  campaign,
});

function isOutbound({ dcontext = "" }: AsteriskCdr, { context }: ZonedLog) {
  return context === undefined || context.split(",").some((name) => name.trim() === dcontext);
}

/**
 * One call may have several rows, and one id several calls, of a transfer: what was dialed tells them
 * apart, by so little of its hash that the number cannot be told from it. Where no id is logged, the
 * channels and their moment are one.
 */
function idOf({ uniqueid = "", dst, channel, dstchannel, start }: AsteriskCdr): string {
  return UNIQUE_ID.test(uniqueid)
    ? `asterisk ${uniqueid}/${hashOf(dst).slice(0, 4)}`
    : `asterisk ${hashOf([start, channel, dstchannel, dst].join("\n")).slice(0, 32)}`;
}

const hashOf = (text: string) => bytesToHex(sha256(utf8ToBytes(text)));
