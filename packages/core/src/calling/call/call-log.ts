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
  /** Campaign of rows that name none. Asterisk's log never names one. */
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

/** A log row converted to a call row, or its fault. */
type LoggedCall = { row: unknown; fault?: never } | { fault: Fault };

/**
 * Reads a row of a dialer's log, by the names of its columns. An empty cell counts as missing. Returns null for a row of
 * Asterisk's log whose context is not one of `settings.context`.
 */
export function readLoggedCall(sent: unknown, settings: ZonedLog): LoggedCall | null {
  const cells = withoutEmptyCells(sent);
  return settings.shape === "vicidial"
    ? readVicidialLog(cells, settings)
    : readAsteriskCdr(cells, settings);
}

const withoutEmptyCells = (sent: unknown): unknown =>
  typeof sent === "object" && sent !== null && !Array.isArray(sent)
    ? Object.fromEntries(Object.entries(sent).filter(([, cell]) => cell !== ""))
    : sent;

/**
 * Columns of Asterisk's `Master.csv`, which has no header (`cdr_csv.c`, `build_csv_record`). The columns after
 * `amaflags` depend on the settings `loguniqueid`, `loguserfield` and `newcdrcolumns`.
 */
export const asteriskColumns = (
  "accountcode src dst dcontext clid channel dstchannel lastapp lastdata start answer end duration " +
  "billsec disposition amaflags uniqueid userfield peeraccount linkedid sequence"
).split(" ");

const toIso = (text: string) => text.replace(" ", "T");

/** A local time as Asterisk and MySQL write it, without a zone. */
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
 * Matches `1456150000.123`, or `name-1456150000.123` for a system with a name. A log without unique IDs has the user
 * field, with any other text, in their column.
 */
const UNIQUE_ID = /^([\w.-]{1,80}-)?\d{9,11}\.\d{1,10}$/;

/** Our words for Asterisk's dispositions. `CallRow` accepts any other code unchanged. */
const outcomes: Readonly<Record<string, string>> = {
  ANSWERED: "reached",
  "NO ANSWER": "no_answer",
  BUSY: "busy",
  FAILED: "failed",
  CONGESTION: "failed",
};

/** Reads a row of Asterisk's log: the person called is its `dst`, the extension that was dialed. */
function readAsteriskCdr(sent: unknown, settings: ZonedLog): LoggedCall | null {
  const { row: cdr, fault } = readRow(AsteriskCdr, sent);
  if (fault) return { fault };
  if (!isOutbound(cdr, settings)) return null;
  const { prefix = "", zone } = settings;
  const { dst, billsec, disposition } = cdr;
  return {
    row: {
      ...pickCallDefaults(settings),
      externalId: createAsteriskCallId(cdr),
      phone: dst.startsWith(prefix) ? dst.slice(prefix.length) : dst,
      at: toInstant(cdr.start, zone),
      seconds: billsec === undefined ? undefined : Number(billsec),
      outcome: disposition && (outcomes[disposition] ?? disposition),
    },
  };
}

/** Picks the facts about calls that the rows of a log do not contain. */
const pickCallDefaults = ({ purpose, seller, region, dialer, campaign }: ZonedLog) => ({
  purpose,
  seller,
  region,
  dialer,
  campaign,
});

/** True if the row's context is one of the given ones. Without any, inbound calls cannot be told apart. */
function isOutbound({ dcontext = "" }: AsteriskCdr, { context }: ZonedLog) {
  return context === undefined || context.split(",").some((name) => name.trim() === dcontext);
}

/**
 * Creates the external ID by which a repeated log is recognized. A transferred call has one unique ID for several
 * numbers, so the number is added, as a hash of four digits, which many numbers share. Without a unique ID, it is a hash
 * of the start time, the channels and the number. Asterisk numbers its channels, so that nobody can try all numbers.
 */
function createAsteriskCallId({
  uniqueid = "",
  dst,
  channel,
  dstchannel,
  start,
}: AsteriskCdr): string {
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

/** Reads a row of VICIdial's log as an outbound call: in-groups, which are inbound, must not be exported. */
function readVicidialLog(sent: unknown, settings: ZonedLog): LoggedCall {
  const { row: call, fault } = readRow(VicidialCall, sent);
  if (fault) return { fault };
  const number = call.phone_number_dialed ?? call.phone_number;
  if (number === undefined) {
    return { fault: { path: "/phone_number_dialed", message: { key: "fault.missing" } } };
  }
  return {
    row: {
      ...pickCallDefaults(settings),
      externalId: createVicidialCallId(call),
      phone: toInternationalNumber(call.phone_code ?? "", number),
      at: toInstant(call.call_date, settings.zone),
      // The code with which the call ended.
      outcome: call.status,
      // VICIdial writes a negative length if it did not measure one.
      seconds: call.length_in_sec === undefined ? undefined : toSeconds(call.length_in_sec),
      campaign: call.campaign_id ?? settings.campaign,
    },
  };
}

const toSeconds = (text: string) => Math.max(0, Number(text));

/**
 * Creates the external ID by which a repeated log is recognized: of the contact (VICIdial's lead) and the time, which the
 * table and all reports have, while only some have the id of the call. A contact has one call at a time. Undefined if
 * neither is known: such a call is recorded again with each repeated log.
 */
function createVicidialCallId({ uniqueid, lead_id, call_date }: VicidialCall): string | undefined {
  if (lead_id !== undefined) return `vicidial ${lead_id} ${call_date}`;
  return uniqueid === undefined ? undefined : `vicidial ${uniqueid}`;
}

/**
 * Converts a local time to an instant (RFC 3339). If clocks repeat the hour, the first one counts; if they skip it, the
 * time after the gap. So every local time is an instant in every zone.
 */
function toInstant(localTime: z.infer<typeof LocalTime>, zone: string): string {
  const instant = instantIn(zone, toIso(localTime));
  if (instant === null) throw new Error("a local time passed its check and cannot be read");
  return instant.toISOString();
}
