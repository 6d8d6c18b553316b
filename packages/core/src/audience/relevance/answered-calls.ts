import { type CallResult, isAnswerTo, resultOf } from "./call-result.ts";

type Said = { at: Date; outcome: string | null };

/** What is on record of the calls to a person, and of what was said after them. */
export type CallRecord = {
  /** `offer`: by its id, the one that was made; null where nobody knows. */
  calls: readonly (Said & { offer?: string | null })[];
  /** Activities that say how a call ended; one that follows no call within days is itself one. */
  outcomes: readonly Said[];
  optOuts: readonly { at: Date }[];
  complaints: readonly { at: Date }[];
};

/** Each call with what it came to, in the order of time. An answer is one of the last call before it. */
export function answeredCalls({
  calls,
  outcomes,
  optOuts,
  complaints,
}: CallRecord): { at: Date; result: CallResult | null; offer: string | null }[] {
  const orphans: CallRecord["calls"] = outcomes.filter(
    ({ at }) => !calls.some((call) => isAnswerTo(call.at, at)),
  );
  const all = [...calls, ...orphans].toSorted((a, b) => a.at.getTime() - b.at.getTime());
  return all.map((call, index) => {
    const next = all[index + 1]?.at ?? null;
    const isOfThis = ({ at }: { at: Date }) =>
      isAnswerTo(call.at, at) && (next === null || at < next);
    const said = [call, ...outcomes.filter(isOfThis)];
    const result = resultOf({
      at: call.at,
      outcomes: said.map(({ outcome }) => outcome),
      optOuts: optOuts.filter(isOfThis).map(({ at }) => at),
      complaints: complaints.filter(isOfThis).map(({ at }) => at),
    });
    return { at: call.at, result, offer: call.offer ?? null };
  });
}
