import { z } from "zod";
import { ContactId, SegmentId } from "../../platform/ids.ts";
import { type Reason, ScreenCall, type Verdict } from "../../calling/screening/index.ts";

/** Calls of a seller about a purpose; what is left out is as usual. */
export const SegmentCall = ScreenCall.pick({ seller: true, purpose: true }).partial();
export type SegmentCall = z.infer<typeof SegmentCall>;

/** The same of a segment that is saved. */
export const AskWaterfall = SegmentCall.extend({ segmentId: SegmentId });
export type AskWaterfall = z.infer<typeof AskWaterfall>;

/** Where people of a segment are left out, in the order in which they are asked. */
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

/** Where a person ends: at a step, or behind all of them. */
export const Place = z.enum([...Step.options, "callable"]);
export type Place = z.infer<typeof Place>;

const stepOfReason: Record<Reason, Step> = {
  "number-invalid": "number",
  "cannot-check": "number",
  "consent-missing": "consent",
  "consent-expired": "consent",
  "consent-withdrawn": "consent",
  "consent-insufficient": "consent",
  "opted-out": "refusals",
  suppressed: "suppressions",
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

const order = new Map(Place.options.map((place, index) => [place, index]));
const indexOf = (place: Place) => order.get(place) ?? 0;

/** The first step at which a verdict stops a call; at `relevance` none does, for it is no matter of leave. */
export const placeOf = ({ refusals }: Pick<Verdict, "refusals">): Place =>
  refusals
    .map(({ reason }): Place => stepOfReason[reason])
    .reduce((first, place) => (indexOf(place) < indexOf(first) ? place : first), "callable");

/** The place of someone whose phones end at two: that of the phone which comes further. */
export const further = (one: Place, other: Place): Place =>
  indexOf(one) < indexOf(other) ? other : one;

/** Who ended at a place; `after` is an ordinal. */
export const ListPeople = AskWaterfall.extend({
  place: Place,
  after: z.int().min(0).optional(),
  limit: z.int().min(1).max(200).default(50),
});
export type ListPeople = z.infer<typeof ListPeople>;

/** Why a person is in a segment, and may be called or not. */
export const AskPerson = AskWaterfall.extend({ contactId: ContactId });
export type AskPerson = z.infer<typeof AskPerson>;

/** How many end where. */
export const PlaceCounts = z.record(Place, z.int().min(0));
export type PlaceCounts = z.infer<typeof PlaceCounts>;

export function countPlaces(places: Iterable<Place>): PlaceCounts {
  const counts = PlaceCounts.parse(Object.fromEntries(Place.options.map((place) => [place, 0])));
  for (const place of places) counts[place]++;
  return counts;
}

/** A step, how many it stops, and how many go on. */
export type WaterfallStep = { step: Step; stopped: number; left: number };

/** The steps in their order. What goes on from the last is callable. */
export function waterfallOf(counts: PlaceCounts): WaterfallStep[] {
  let left = Place.options.reduce((sum, place) => sum + counts[place], 0);
  return Step.options.map((step) => {
    left -= counts[step];
    return { step, stopped: counts[step], left };
  });
}
