import { type Finding, findsByPolicy } from "./reason.ts";
import type { PreparedFacts } from "./prepare-facts.ts";

/** A call of a campaign that an officer has not approved, or that is paused or over: nobody vouches for it. */
export const checkRunning = ({ campaign }: PreparedFacts): Finding[] =>
  campaign === null || campaign.isRunning
    ? []
    : [
        findsByPolicy("campaign.running", {
          reason: "cannot-check",
          message: { key: "refusal.campaign-not-running", values: { campaign: campaign.key } },
        }),
      ];
