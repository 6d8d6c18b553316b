/** What a log says of the end of a call: somebody answered, and perhaps nobody was there to talk. */
export type CallEnd = "answered" | "abandoned" | "other";

/** Our own word, and VICIdial's statuses of calls that were dropped. */
const ABANDONED = /^(abandoned|x?drop|pdrop)$/i;
/** Our own words, and VICIdial's statuses that an agent gives to somebody who answered. */
const ANSWERED =
  /^(reached|answered|accepted|refused|opted_out|sale|ni|np|dec|dnc|callbk|cbhold|xfer)$/i;

export function endOf(outcome: string | null): CallEnd {
  if (outcome === null) return "other";
  if (ABANDONED.test(outcome)) return "abandoned";
  return ANSWERED.test(outcome) ? "answered" : "other";
}
