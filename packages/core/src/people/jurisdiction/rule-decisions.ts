import { z } from "zod";
import { withMessage } from "../../platform/message/index.ts";
import { isAddressRegion, listRegionsIn, mayOverlap } from "../phone/index.ts";
import { toDayNumber } from "../../platform/time/index.ts";
import { JurisdictionId, type RuleId } from "./jurisdiction.ts";
import { OfficersReason } from "./officers-reason.ts";
import type { Rule, RuleType } from "./rule.ts";
import { canRefuseCall } from "./rules-in-force.ts";
import { type RuleBook, deriveFromBook } from "./rule-book.ts";

/** Asks for the rules of a jurisdiction and of those it lies in. */
export const ListRules = z.object({ jurisdiction: JurisdictionId });
export type ListRules = z.infer<typeof ListRules>;

/** Rule types that screening checks and that may refuse a call (contract 4). */
export const enforcedTypes: ReadonlySet<RuleType> = new Set([
  "consent_model",
  "line_type",
  "consent_elements",
  "consent_expiry",
  "registry_scrub",
  "dialer_restriction",
  "sector_ban",
  "emergency_ban",
  "frequency_cap",
  "calling_hours",
  "reassigned_numbers",
]);

/**
 * True if screening checks the rule and may refuse a call by it. Bills and rules that are only shown may not. A duty of
 * the caller that nobody has confirmed refuses calls of a campaign apart from this (`isDutyRule`).
 */
export const mayRefuse = (rule: Rule): boolean =>
  enforcedTypes.has(rule.type) && canRefuseCall(rule) && rule.status !== "bill_unverified";

/** Rules of confidence C. An officer who had one looked up may let it warn instead of refuse (contract 4). */
const findEasableRules = deriveFromBook(
  ({ rules }): ReadonlySet<RuleId> =>
    new Set(rules.filter((rule) => rule.confidence === "C" && mayRefuse(rule)).map(({ id }) => id)),
);

/** True if an officer may let the rule warn instead of refuse. */
export const isEasable = (book: RuleBook, id: RuleId): boolean => findEasableRules(book).has(id);

/** Lets a rule warn instead of refuse, with a reason that others can read. */
export const EaseRule = z.object({
  ruleId: z.string(),
  reason: OfficersReason,
});
export type EaseRule = z.infer<typeof EaseRule>;

/** Lets a rule refuse again. */
export const RestoreRule = z.object({ ruleId: z.string() });
export type RestoreRule = z.infer<typeof RestoreRule>;

/** Lists jurisdictions that require callers to ask whether a number was reassigned, consent or not. */
export const listJurisdictionsThatAskForOwners = deriveFromBook(
  ({ rules }): readonly JurisdictionId[] =>
    rules
      .filter((rule) => rule.type === "reassigned_numbers" && mayRefuse(rule))
      .map(({ jurisdiction }) => jurisdiction),
);

/** Lists jurisdictions whose law bans calls during an emergency. */
export const listJurisdictionsWithEmergencyRules = deriveFromBook(
  ({ rules }): readonly JurisdictionId[] =>
    rules
      .filter(({ when }) => when.emergency_in_area !== undefined)
      .map(({ jurisdiction }) => jurisdiction),
);

/** A region that rules of its jurisdiction name, such as the province `ES-B` of Spain. */
export type RegionOfRules = { jurisdiction: JurisdictionId; region: string };

/** Lists the regions that rules name, without a region that is the only one in another (`ES-O` in `ES-AS`). */
export const listRegionsInRules = deriveFromBook(({ rules }): readonly RegionOfRules[] => {
  const named = rules.flatMap(({ jurisdiction, when }) =>
    (when.state ?? []).map((state) => ({ jurisdiction, region: `${jurisdiction}-${state}` })),
  );
  const onlyParts = new Set(
    named
      .map(({ region }) => listRegionsIn(region))
      .flatMap((parts) => (parts.length === 1 ? parts : [])),
  );
  const byRegion = new Map(named.map((one) => [one.region, one]));
  return [...byRegion.values()].filter(({ region }) => !onlyParts.has(region));
});

/** Declares an emergency from now on. The law then bans calls there until it is ended. */
export const DeclareEmergency = z.object({ jurisdiction: JurisdictionId, reason: OfficersReason });
export type DeclareEmergency = z.infer<typeof DeclareEmergency>;

/** Ends an emergency. */
export const EndEmergency = z.object({ id: z.uuid() });
export type EndEmergency = z.infer<typeof EndEmergency>;

/** Longest period. A longer one is probably a mistyped year, or would close a place for good. */
const MAX_CLOSED_DAYS = 31;

/** Checks that days without calls end on or after the first, and are not too many. */
export function checkClosedDays(
  { first, last }: { first: string; last: string },
  ctx: z.RefinementCtx,
): void {
  const add = (message: string) => ctx.addIssue({ code: "custom", message, path: ["last"] });
  const length = toDayNumber(last) - toDayNumber(first);
  if (length < 0) add(withMessage("jurisdiction.closed-day-order").error);
  if (length >= MAX_CLOSED_DAYS) add(withMessage("jurisdiction.closed-day-long").error);
}

/**
 * Adds days without calls in a jurisdiction or one of its regions, by its local calendar. Both days are included.
 */
export const AddClosedDay = z
  .object({
    jurisdiction: JurisdictionId,
    /** ISO 3166-2 (`ES-CT`). Null for all of the jurisdiction. */
    region: z.string().nullable(),
    first: z.iso.date(),
    last: z.iso.date(),
    reason: OfficersReason,
  })
  .refine(({ jurisdiction, region }) => region === null || isInJurisdiction(jurisdiction, region), {
    ...withMessage("jurisdiction.region-elsewhere"),
    path: ["region"],
  })
  .superRefine(checkClosedDays);
export type AddClosedDay = z.infer<typeof AddClosedDay>;

/**
 * True if a day without calls closes one of these places. `regions` are ISO 3166 codes of where people may be; a
 * country alone (`ES`) means that the region is unknown, and every region's day closes it.
 */
export const isClosedIn = (
  day: { jurisdiction: JurisdictionId; region: string | null },
  { places, regions }: { places: readonly JurisdictionId[]; regions: readonly string[] },
): boolean => {
  const { jurisdiction, region } = day;
  if (!places.includes(jurisdiction)) return false;
  return region === null || regions.some((one) => mayOverlap(one, region));
};

const isInJurisdiction = (jurisdiction: JurisdictionId, region: string) =>
  isAddressRegion(region) && region.startsWith(`${jurisdiction}-`);

/** Ends days without calls from now on. */
export const EndClosedDay = z.object({ id: z.uuid() });
export type EndClosedDay = z.infer<typeof EndClosedDay>;
