import type { ownOutcomes } from "./call-row.ts";

/** Meaning of the code with which a dialer or an agent recorded the end of a call. */
export type Ending =
  | "accepted"
  | "refused"
  /** The person refuses all calls, not only the offer. */
  | "opted-out"
  | "complained"
  /** A person answered, but none of the above applies. */
  | "reached"
  /** A person answered, but no agent was available. */
  | "abandoned"
  /** Not dialed, because the number is on the dialer's own do-not-call list. */
  | "listed"
  | "unreached";

const codes = (ending: Ending, names: string): Record<string, Ending> =>
  Object.fromEntries(names.split(" ").map((name) => [name, ending]));

/** Ringfence's own outcomes. They mean the same in every system. */
export const ownWords: Readonly<Record<(typeof ownOutcomes)[number], Ending>> = {
  accepted: "accepted",
  refused: "refused",
  opted_out: "opted-out",
  reached: "reached",
  no_answer: "unreached",
  busy: "unreached",
  failed: "unreached",
};

/** Known codes by system. For VICIdial: its system statuses and its standard set. */
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

/** Common words of people and other systems, in lower case and with spaces. */
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

/**
 * Finds the meaning of a code, whatever system it comes from: one of our own outcomes, else a code of VICIdial,
 * else a common word, in any case. Null if it is unknown. Codes that officers mapped are not considered: whether a code
 * means an opt-out is for `readDisposition` to say.
 */
export function findEnding(outcome: string | null): Ending | null {
  const code = outcome?.trim() ?? "";
  const [lower, upper] = [code.toLowerCase(), code.toUpperCase()];
  return (
    findOwnProperty<Ending>(ownWords, lower) ??
    findOwnProperty(knownCodes["vicidial"] ?? {}, upper) ??
    findOwnProperty(words, lower.replaceAll(/[_-]/g, " ")) ??
    null
  );
}

/**
 * Codes by which somebody talked to the person and neither refused all calls nor complained, in lower case and with
 * spaces. Whoever refuses all calls or complains may be somebody else.
 */
export const contactCodes: readonly string[] = Object.entries({
  ...ownWords,
  ...knownCodes["vicidial"],
  ...words,
}).flatMap(([code, ending]) =>
  ending === "accepted" || ending === "refused" || ending === "reached"
    ? code.toLowerCase().replaceAll("_", " ")
    : [],
);

/** Reads own properties only, because a code may be called `constructor`. */
export const findOwnProperty = <T>(
  record: Readonly<Record<string, T>>,
  name: string,
): T | undefined => (Object.hasOwn(record, name) ? record[name] : undefined);

/** Kind of ending, for the abandonment rate: answered by a person, abandoned after that, or neither. */
export type CallEnd = "answered" | "abandoned" | "other";

/** Converts the code with which a call ended; an unknown one, and none, is `other`. */
export function toCallEnd(outcome: string | null): CallEnd {
  const ending = findEnding(outcome);
  if (ending === "abandoned") return ending;
  return ending !== null && answered.has(ending) ? "answered" : "other";
}
