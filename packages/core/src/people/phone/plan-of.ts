import table from "../../../data/phone/places.json" with { type: "json" };
import { labelOf, lineOf } from "./number-label.ts";
import { LineType } from "./phone.ts";
import { placeIdOf } from "./place-id.ts";

/** What the numbering plan tells of a number: where it was given out, and for what kind of line. */
export type PhonePlan = {
  /** ISO 3166-1; null where no one country is meant, as with toll-free numbers of North America. */
  country: string | null;
  /** ISO 3166-2, several for a shared code, none where unknown. */
  regions: readonly string[];
  /** IANA names of all zones that it may be, none where unknown. */
  zones: readonly string[];
  lineType: LineType;
};

/** Every plan there is: for each place one of each line. */
const plans: readonly PhonePlan[] = table.places.flatMap((place) =>
  LineType.options.map((lineType) => ({ ...place, lineType })),
);

/** As many places as plans have. */
export const PLANS = plans.length;

/** Of digits that no plan knows. */
const unknownPlan: PhonePlan = { country: null, regions: [], zones: [], lineType: "unknown" };

/** The place among all plans of that of E.164 digits: a number for what `planOf` tells of them. */
export const planPlaceOf = (digits: number): number =>
  placeIdOf(digits) * LineType.options.length + lineOf(labelOf(digits));

/**
 * The plan of E.164 digits. Equal plans are the same object, so that a plan can key what depends on
 * it. Owners keep a number when they move: an address, where there is one, tells more.
 */
export const planOf = (digits: number): PhonePlan => plans[planPlaceOf(digits)] ?? unknownPlan;
