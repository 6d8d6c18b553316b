import { z } from "zod";
import { ContactId, SegmentId } from "../../platform/ids.ts";
import { type ReasonCode, ScreenCall, type Verdict } from "../../calling/screening/index.ts";

/** Calls of a seller for a purpose. Missing parts use the defaults. */
export const SegmentCall = ScreenCall.pick({ seller: true, purpose: true }).partial();
export type SegmentCall = z.infer<typeof SegmentCall>;

/** Request for the waterfall of a saved segment. */
export const ReadWaterfall = SegmentCall.extend({ segmentId: SegmentId });
export type ReadWaterfall = z.infer<typeof ReadWaterfall>;

/** Steps at which people of a segment are stopped, in the order of checking. */
export const Step = z.enum([
  "number",
  "consent",
  "refusals",
  "suppressions",
  "registries",
  "law",
  "caps",
  "hours",
  "relevance",
]);
export type Step = z.infer<typeof Step>;

/** The step at which a person ends, or `callable`. */
export const EndStep = z.enum([...Step.options, "callable"]);
export type EndStep = z.infer<typeof EndStep>;

const stepOfReason: Record<ReasonCode, Step> = {
  "number-invalid": "number",
  "cannot-check": "number",
  "consent-missing": "consent",
  "consent-expired": "consent",
  "consent-withdrawn": "consent",
  "consent-insufficient": "consent",
  "opted-out": "refusals",
  suppressed: "suppressions",
  "processing-restricted": "suppressions",
  "dialer-refused": "refusals",
  "quiet-hours": "hours",
  "number-reassigned": "registries",
  "registry-listed": "registries",
  "registry-unchecked": "registries",
  "dialer-not-allowed": "law",
  "sector-banned": "law",
  "jurisdiction-unknown": "law",
  duty: "law",
  "frequency-cap": "caps",
  "outside-calling-hours": "hours",
  "day-not-allowed": "hours",
  "zone-unknown": "hours",
};

const positions = new Map(EndStep.options.map((step, index) => [step, index]));
const positionOfStep = (step: EndStep) => positions.get(step) ?? 0;

/**
 * Finds the first step at which a verdict stops a call, or `callable` if it allows it. It never is `relevance`, which
 * is not about permission.
 */
export const findEndStep = ({ refusals }: Pick<Verdict, "refusals">): EndStep =>
  refusals
    .map(({ reason }): EndStep => stepOfReason[reason])
    .reduce(
      (first, step) => (positionOfStep(step) < positionOfStep(first) ? step : first),
      "callable",
    );

/** Returns the later of two steps. A person counts at the step that their best phone reaches. */
export const furtherStep = (one: EndStep, other: EndStep): EndStep =>
  positionOfStep(one) < positionOfStep(other) ? other : one;

/** Request for the people who ended at the step `place`. `after` is an ordinal. */
export const ListPeople = ReadWaterfall.extend({
  place: EndStep,
  after: z.int().min(0).optional(),
  limit: z.int().min(1).max(200).default(50),
});
export type ListPeople = z.infer<typeof ListPeople>;

/** Request for why a person is in a segment, and whether they may be called. */
export const ExplainPerson = ReadWaterfall.extend({ contactId: ContactId });
export type ExplainPerson = z.infer<typeof ExplainPerson>;

/** Number of people who ended at each step. */
export const EndStepCounts = z.record(EndStep, z.int().min(0));
export type EndStepCounts = z.infer<typeof EndStepCounts>;

export function countEndSteps(steps: Iterable<EndStep>): EndStepCounts {
  const counts = EndStepCounts.parse(Object.fromEntries(EndStep.options.map((step) => [step, 0])));
  for (const step of steps) counts[step]++;
  return counts;
}

/** Everybody who was counted. */
export const sumEndSteps = (counts: EndStepCounts): number =>
  EndStep.options.reduce((sum, step) => sum + counts[step], 0);

/** The share of people who can be called, in percent with one decimal; 0 of nobody. */
export function toCallablePercent(counts: EndStepCounts): number {
  const all = sumEndSteps(counts);
  return all === 0 ? 0 : Math.round((counts.callable / all) * 1000) / 10;
}

/** A step, how many people it stops, and how many remain. */
export type WaterfallStep = { step: Step; stopped: number; left: number };

/** Lists the steps in order. Whoever remains after the last can be called. */
export function toWaterfall(counts: EndStepCounts): WaterfallStep[] {
  let left = sumEndSteps(counts);
  return Step.options.map((step) => {
    left -= counts[step];
    return { step, stopped: counts[step], left };
  });
}
