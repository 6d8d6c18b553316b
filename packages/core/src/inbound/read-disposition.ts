import { ownOutcomes } from "../call/index.ts";
import type { ReplyReading } from "./read-reply.ts";
import { readWords } from "./read-reply.ts";

/** What systems that we know call the end of a call, and whether the person refused. */
const known: Readonly<Record<string, Readonly<Record<string, ReplyReading>>>> = {
  // VICIdial's system statuses, and those of its standard set.
  vicidial: {
    ...codes("refusal", "DNC DNCL DNCC"),
    ...codes(
      "other",
      "A AA AB ADC ADCT AFAX AFTHRS AL AM B CALLBK CBHOLD DC DEC DISPO DONEM DROP ERI",
    ),
    ...codes("other", "INCALL IVRXFR LRERR LSMERG MAXCAL MLINAT N NA NANQUE NEW NI NP PDROP PM PU"),
    ...codes("other", "QCFAIL QUEUE QVMAIL RQXFER SALE SVYCLM TIMEOT XDROP XFER"),
  },
};

/** Our own words, whoever sends them: who refuses an offer has not refused calls. */
const ownWords = { ...codes("other", ownOutcomes.join(" ")), ...codes("refusal", "opted_out") };

function codes(reading: ReplyReading, names: string) {
  return Object.fromEntries(names.split(" ").map((name) => [name, reading]));
}

const DO_NOT_CALL = /(^|[^a-z])(dnc|dncl|do[_ -]?not[_ -]?call|no[_ -]?call|remove|opt[_ -]?out)/i;

/**
 * What the code says with which a dialer ended a call. One that is not mapped and looks like a refusal
 * is a question for a person.
 */
export function readDisposition(
  system: string,
  code: string,
  mapped: Readonly<Record<string, ReplyReading>>,
): ReplyReading {
  const ours =
    own(mapped, code) ??
    own(ownWords, code) ??
    own(own(known, system.toLowerCase()) ?? {}, code.toUpperCase());
  if (ours !== undefined) return ours;
  const words = code.replaceAll("_", " ");
  return DO_NOT_CALL.test(code) || readWords(words) !== "other" ? "question" : "other";
}

/** A code may be called `constructor`. */
const own = <T>(record: Readonly<Record<string, T>>, name: string): T | undefined =>
  Object.hasOwn(record, name) ? record[name] : undefined;
