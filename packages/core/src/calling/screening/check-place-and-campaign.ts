import { findCallerDuties, findUnconfirmedDuties } from "../../people/jurisdiction/index.ts";
import { listLocalDates } from "../../platform/time/index.ts";
import type { ScreeningFacts } from "./facts.ts";
import { type Finding, createPolicyFinding, createRefusal } from "./reason.ts";
import type { PreparedFacts } from "./prepare-facts.ts";

/** Refuses a call if the time zone, or the law of any of its places, is unknown. */
export function checkPlace({ zones, jurisdictions, law }: ScreeningFacts): Finding[] {
  const isKnown =
    jurisdictions.length > 0 && jurisdictions.every((place) => law.jurisdictions.has(place));
  return [
    ...(zones.length > 0 ? [] : [refuseUnknown("zone-unknown")]),
    ...(isKnown ? [] : [refuseUnknown("jurisdiction-unknown")]),
  ];
}

const refuseUnknown = (reason: "zone-unknown" | "jurisdiction-unknown") =>
  createRefusal({ reason, message: { key: `refusal.${reason}` } });

/**
 * Refuses a call of a campaign that is not running: not started, paused or finished. A campaign that is not managed
 * here is not checked.
 */
export const checkRunning = ({ campaign }: PreparedFacts): Finding[] =>
  campaign === null || campaign.isRunning
    ? []
    : [
        createPolicyFinding("campaign.running", {
          reason: "cannot-check",
          message: { key: "refusal.campaign-not-running", values: { campaign: campaign.key } },
        }),
      ];

/**
 * Refuses a call of a campaign into a place with a duty of the caller that nobody has confirmed for the campaign. If the
 * call is of another seller than the campaign, no confirmation counts; if it uses another dialer, none that depends on
 * the dialer does.
 */
export function checkConfirmedDuties(facts: PreparedFacts): Finding[] {
  const { campaign, law, jurisdictions, callFacts, dialer, seller, at, zones } = facts;
  if (campaign === null) return [];
  const localDates = listLocalDates(at, zones);
  const [open, ...others] = findUnconfirmedDuties(
    findCallerDuties(law, jurisdictions, localDates, callFacts),
    campaign.sellerId === seller.id ? campaign.confirmedDuties : [],
    { ...campaign.settings, dialer },
    localDates,
  );
  if (open === undefined) return [];
  return [
    createPolicyFinding("campaign.duties", {
      reason: "cannot-check",
      citation: open.citation,
      message: {
        key: "refusal.campaign-duty",
        values: { campaign: campaign.key, duty: open.id, more: others.length },
      },
    }),
  ];
}
