import type { CallFacts } from "./call-facts.ts";
import type { HoursPolicy, JurisdictionId, RuleId } from "./jurisdiction.ts";

/** A call, as far as its hour matters. */
export type HoursInput = {
  at: Date;
  /** IANA names of the zones where the person may be: each must be open. Not empty. */
  zones: readonly string[];
  /** Without parents; none: the policy alone. */
  jurisdictions: readonly JurisdictionId[];
  /** Whose public holidays the policy keeps (`RU`); none: it keeps nobody's. */
  countries: readonly string[];
  facts: CallFacts;
  policy: HoursPolicy;
  /** Whether the policy is kept beside the law too, as hours are that the organization chose. */
  keepsPolicy?: boolean;
  /** Of the campaign that calls: kept beside all others. */
  campaign?: HoursPolicy;
  /** Rules of mark C that an officer has set to warn. */
  warnOnly?: ReadonlySet<RuleId>;
};

/** Why a call may not be placed now: no hour of that local day is open, or others are. */
export type HoursFault = {
  reason: "outside-calling-hours" | "day-not-allowed";
  /** Whose clock it is, and what it shows: `2026-11-25`, `20:00`. */
  zone: string;
  localDate: string;
  localTime: string;
  rule: RuleId;
  citation?: string;
};
