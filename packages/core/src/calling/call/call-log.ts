import { z } from "zod";
import { type Fault, withMessage } from "../../platform/message/index.ts";
import { Region } from "../../people/phone/index.ts";
import { PurposeKey } from "../../account/purpose/index.ts";
import { Dialer } from "../../account/organization/index.ts";
import { storableText } from "../../platform/text/index.ts";
import { Zone, instantIn } from "../../platform/time/index.ts";
import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, utf8ToBytes } from "@noble/hashes/utils.js";
import { ManyRows, readRow } from "../../platform/rows/index.ts";
import { toInternationalNumber } from "../../do-not-call/endpoint/index.ts";

/** Settings for reading a dialer's own call log, and the facts that such a log does not contain. */
export const CallLog = z.strictObject({
  /** Kind of log: `Master.csv` of Asterisk, or VICIdial's `vicidial_log` and Export Calls Report. */
  shape: z.enum(["asterisk-cdr", "vicidial"]),
  /** IANA time zone of the times in the log. Default: the organization's. */
  zone: Zone.optional(),
  /** Purpose of all calls in the log. */
  purpose: PurposeKey,
  seller: z.string().max(64).optional(),
  /** Country (ISO 3166-1 alpha-2) of numbers that were dialed without a country code. */
  region: Region.optional(),
  dialer: Dialer.optional(),
  /** Campaign of the rows that name none. Asterisk's log never names one. */
  campaign: storableText(128).optional(),
  /** Asterisk only: contexts (`dcontext`) of outbound calls, separated by commas. Other rows are skipped. */
  context: z.string().max(500).optional(),
  /** Asterisk only: digits dialed before the number to reach the carrier, such as 9. */
  prefix: z
    .string()
    .regex(/^[0-9*#]{1,8}$/)
    .optional(),
});
export type CallLog = z.infer<typeof CallLog>;

/** Calls in our own form, or as rows of a dialer's own log by the names of its columns. */
export const RecordCalls = ManyRows.extend({ log: CallLog.optional() });

/** Log settings with the time zone filled in. */
export type ZonedLog = CallLog & { zone: Zone };

/** A log row converted to a call row, or its fault; null if the row is not an outbound call. */
type LoggedCall = { row: unknown; fault?: never } | { fault: Fault } | null;

/** Reads a row of a dialer's log, by the names of its columns. */
export function readLoggedCall(sent: unknown, log: ZonedLog): LoggedCall {
  return log.shape === "vicidial" ? readVicidialLog(sent, log) : readAsteriskCdr(sent, log);
}

/**
 * Columns of Asterisk's `Master.csv`, which has no header (`cdr_csv.c`, `build_csv_record`). The columns after
 * `amaflags` depend on the settings `loguniqueid`, `loguserfield` and `newcdrcolumns`.
 */
export const asteriskColumns = (
  "accountcode src dst dcontext clid channel dstchannel lastapp lastdata start answer end duration " +
  "billsec disposition amaflags uniqueid userfield peeraccount linkedid sequence"
).split(" ");

const toIso = (text: string) => text.replace(" ", "T");

/** A clock reading as Asterisk and MySQL write it, without a zone. */
const LocalTime = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}$/, withMessage("call.time-unreadable"))
  .refine((text) => instantIn("UTC", toIso(text)) !== null, withMessage("call.time-unreadable"));

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

/**
 * `1456150000.123`, after the name of the system where it has one. Another value is the user field, which stands in
 * this column if the log has no unique IDs.
 */
const UNIQUE_ID = /^([\w.-]{1,80}-)?\d{9,11}\.\d{1,10}$/;

const outcomes: Readonly<Record<string, string>> = {
  ANSWERED: "reached",
  "NO ANSWER": "no_answer",
  BUSY: "busy",
  FAILED: "failed",
  CONGESTION: "failed",
};

/** Reads a row of Asterisk's log: the person called is its `dst`, the extension that was dialed. */
function readAsteriskCdr(sent: unknown, log: ZonedLog): LoggedCall {
  const { row: cdr, fault } = readRow(AsteriskCdr, sent);
  if (fault) return { fault };
  if (!isOutbound(cdr, log)) return null;
  const { prefix = "", zone } = log;
  const { dst, billsec, disposition } = cdr;
  return {
    row: {
      ...pickLogDefaults(log),
      externalId: asteriskCallId(cdr),
      phone: dst.startsWith(prefix) ? dst.slice(prefix.length) : dst,
      at: toInstant(cdr.start, zone),
      seconds: billsec === undefined ? undefined : Number(billsec),
      outcome: disposition && (outcomes[disposition] ?? disposition),
    },
  };
}

/** Returns the facts about every call of a log that its rows do not contain. */
const pickLogDefaults = ({ purpose, seller, region, dialer, campaign }: ZonedLog) => ({
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
 * Derives an external ID for a call, so that a repeated log is recognized. With a transfer one unique ID has
 * several calls, so the dialed number is added, as a hash too short to reveal it. Without a unique ID, the
 * hash of start time, channels and number is used.
 */
function asteriskCallId({ uniqueid = "", dst, channel, dstchannel, start }: AsteriskCdr): string {
  return UNIQUE_ID.test(uniqueid)
    ? `asterisk ${uniqueid}/${hashText(dst).slice(0, 4)}`
    : `asterisk ${hashText([start, channel, dstchannel, dst].join("\n")).slice(0, 32)}`;
}

const hashText = (text: string) => bytesToHex(sha256(utf8ToBytes(text)));

/**
 * Columns read from the table `vicidial_log` and from the Export Calls Report. The report has a separate
 * column for the dialed number, and has `uniqueid` only in its extended form.
 */
const VicidialCall = z.object({
  call_date: LocalTime,
  phone_number_dialed: z.string().optional(),
  phone_number: z.string().optional(),
  phone_code: z.string().optional(),
  status: z.string().optional(),
  campaign_id: z.string().optional(),
  length_in_sec: z
    .string()
    .regex(/^-?\d+$/)
    .optional(),
  uniqueid: z.string().optional(),
  lead_id: z.string().optional(),
});
type VicidialCall = z.infer<typeof VicidialCall>;

/** Reads a row of VICIdial's log: its status is the code with which the call ended. */
function readVicidialLog(sent: unknown, log: ZonedLog): LoggedCall {
  const { row: call, fault } = readRow(VicidialCall, sent);
  if (fault) return { fault };
  const number = call.phone_number_dialed || call.phone_number;
  if (!number) {
    return { fault: { path: "/phone_number_dialed", message: { key: "fault.missing" } } };
  }
  return {
    row: {
      ...pickLogDefaults(log),
      externalId: vicidialCallId(call),
      phone: toInternationalNumber(call.phone_code ?? "", number),
      at: toInstant(call.call_date, log.zone),
      outcome: call.status,
      // VICIdial writes a negative length if it did not measure one.
      seconds: call.length_in_sec === undefined ? undefined : toSeconds(call.length_in_sec),
      campaign: call.campaign_id ?? log.campaign,
    },
  };
}

const toSeconds = (text: string) => Math.max(0, Number(text));

/**
 * Builds an id from the lead and the time, because a lead is called only once at a time. The table and all reports
 * have both, but not all have the id of the call.
 */
function vicidialCallId({ uniqueid, lead_id, call_date }: VicidialCall): string | undefined {
  if (lead_id) return `vicidial ${lead_id} ${call_date}`;
  return uniqueid ? `vicidial ${uniqueid}` : undefined;
}

/** Converts a local time to an instant (RFC 3339). In an hour that clocks repeat, the first one counts. */
function toInstant(localTime: z.infer<typeof LocalTime>, zone: string): string {
  const instant = instantIn(zone, toIso(localTime));
  if (instant === null) throw new Error("a local time passed its check and cannot be read");
  return instant.toISOString();
}
