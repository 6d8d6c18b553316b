import type { Action } from "../../platform/access/index.ts";
import type { MoveCampaign } from "./campaign.ts";

/** What one has to be allowed, to do something with a campaign. */
export const actionOf: Record<MoveCampaign["act"], Action> = {
  submit: "campaign.change",
  reopen: "campaign.change",
  approve: "campaign.review",
  refuse: "campaign.review",
  start: "campaign.start",
  resume: "campaign.start",
  pause: "campaign.pause",
  finish: "campaign.pause",
};
