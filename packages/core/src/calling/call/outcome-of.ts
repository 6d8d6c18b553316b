import { type Ending, endingOf } from "./ending-of.ts";

/** What a log says of the end of a call: somebody answered, and perhaps nobody was there to talk. */
export type CallEnd = "answered" | "abandoned" | "other";

const answered: ReadonlySet<Ending> = new Set([
  "accepted",
  "refused",
  "opted-out",
  "complained",
  "reached",
]);

export function endOf(outcome: string | null): CallEnd {
  const ending = endingOf(outcome);
  if (ending === "abandoned") return ending;
  return ending !== null && answered.has(ending) ? "answered" : "other";
}
