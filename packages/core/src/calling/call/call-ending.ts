import type { ownOutcomes } from "./call-row.ts";

/** How a call ended, as the code says with which a dialer or a person put it on record. */
export type Ending =
  | "accepted"
  | "refused"
  /** They refuse calls, and not the offer alone. */
  | "opted-out"
  | "complained"
  /** Somebody answered, and said none of these. */
  | "reached"
  /** Somebody answered, and nobody was there to talk. */
  | "abandoned"
  /** Not dialed, for the dialer's own list has the number. */
  | "listed"
  | "unreached";

const codes = (ending: Ending, names: string): Record<string, Ending> =>
  Object.fromEntries(names.split(" ").map((name) => [name, ending]));

/** Our own words, whoever sends them. */
export const ownWords: Readonly<Record<(typeof ownOutcomes)[number], Ending>> = {
  accepted: "accepted",
  refused: "refused",
  opted_out: "opted-out",
  reached: "reached",
  no_answer: "unreached",
  busy: "unreached",
  failed: "unreached",
};

/** Codes of systems that we know, by the system: of VICIdial its system statuses and its standard set. */
export const knownCodes: Readonly<Record<string, Readonly<Record<string, Ending>>>> = {
  vicidial: {
    ...codes("accepted", "SALE"),
    ...codes("refused", "NI DEC"),
    ...codes("opted-out", "DNC"),
    ...codes("listed", "DNCL DNCC"),
    ...codes("reached", "CALLBK CBHOLD NP XFER"),
    ...codes("abandoned", "DROP XDROP PDROP"),
    ...codes("unreached", "A AA AB ADC ADCT AFAX AFTHRS AL AM B DC DISPO DONEM ERI INCALL IVRXFR"),
    ...codes("unreached", "LRERR LSMERG MAXCAL MLINAT N NA NANQUE NEW PM PU QCFAIL QUEUE QVMAIL"),
    ...codes("unreached", "RQXFER SVYCLM TIMEOT"),
  },
};

const answered: ReadonlySet<Ending> = new Set([
  "accepted",
  "refused",
  "opted-out",
  "complained",
  "reached",
]);

/** What people and other systems write, in one spelling. */
const words: Readonly<Record<string, Ending>> = {
  answered: "reached",
  agreed: "accepted",
  sold: "accepted",
  success: "accepted",
  "not interested": "refused",
  "no sale": "refused",
  "opted out": "opted-out",
  complained: "complained",
  complaint: "complained",
  abandoned: "abandoned",
};

/** The one table by which all of the product reads a code; null of one that says nothing to us. */
export function findEnding(outcome: string | null): Ending | null {
  const code = outcome?.trim() ?? "";
  const [lower, upper] = [code.toLowerCase(), code.toUpperCase()];
  return (
    findEntry<Ending>(ownWords, lower) ??
    findEntry(knownCodes["vicidial"] ?? {}, upper) ??
    findEntry(words, lower.replaceAll(/[_-]/g, " ")) ??
    null
  );
}

/** A code may be called `constructor`. */
export const findEntry = <T>(record: Readonly<Record<string, T>>, name: string): T | undefined =>
  Object.hasOwn(record, name) ? record[name] : undefined;

/** What a log says of the end of a call: somebody answered, and perhaps nobody was there to talk. */
export type CallEnd = "answered" | "abandoned" | "other";

export function toCallEnd(outcome: string | null): CallEnd {
  const ending = findEnding(outcome);
  if (ending === "abandoned") return ending;
  return ending !== null && answered.has(ending) ? "answered" : "other";
}
