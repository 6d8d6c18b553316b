import { z } from "zod";
import type { Message } from "../../platform/message/index.ts";
import type { CampaignState, MoveCampaign } from "./campaign.ts";
import type { Action } from "../../platform/access/index.ts";

/** What is done with a campaign. `hold` is its own doing: too many people refused. */
export const CampaignAct = z.enum([
  "save",
  "submit",
  "approve",
  "refuse",
  "reopen",
  "start",
  "pause",
  "hold",
  "resume",
  "finish",
]);
export type CampaignAct = z.infer<typeof CampaignAct>;

type Step = { from: readonly CampaignState[]; to: CampaignState };

/** The one table of what leads where. Nothing leads out of `done`. */
const steps: Record<CampaignAct, Step> = {
  save: { from: ["draft"], to: "draft" },
  submit: { from: ["draft"], to: "in-review" },
  approve: { from: ["in-review"], to: "approved" },
  refuse: { from: ["in-review"], to: "draft" },
  reopen: { from: ["in-review", "approved", "paused"], to: "draft" },
  start: { from: ["approved"], to: "running" },
  pause: { from: ["running"], to: "paused" },
  hold: { from: ["running"], to: "paused" },
  resume: { from: ["paused"], to: "running" },
  finish: { from: ["approved", "running", "paused"], to: "done" },
};

/** What a step of a campaign rests on. */
export type CampaignStanding = {
  state: CampaignState;
  /** Who wrote it, as ids: whoever saved or submitted it since it began. */
  authors: readonly string[];
  /** It paused itself. */
  isHeld: boolean;
};

/** What was done with a campaign, and by whom. */
export type CampaignDeed = { act: CampaignAct; id: string };

/** Who takes a step; `isReviewer`: the rules let them review. */
export type CampaignActor = { id: string; isReviewer: boolean };

/** Where an act leads, or why it cannot be done. */
export function nextState(
  standing: CampaignStanding,
  act: CampaignAct,
  { id, isReviewer }: CampaignActor,
): (CampaignStanding & { fault?: never }) | { fault: Message } {
  const { state, authors, isHeld } = standing;
  const { from } = steps[act];
  if (!from.includes(state)) {
    return { fault: { key: "campaign.act-unfit", values: { state: word(state), act } } };
  }
  const isReview = act === "approve" || act === "refuse";
  if (isReview && authors.includes(id)) return { fault: { key: "campaign.own-review" } };
  if (act === "resume" && isHeld && !isReviewer) return { fault: { key: "campaign.held" } };
  return standingAfter(standing, { act, id });
}

/** How a campaign stands by all that was done with it, the first first. */
export const standingOf = (done: readonly CampaignDeed[]): CampaignStanding =>
  done.reduce(standingAfter, { state: "draft", authors: [], isHeld: false });

function standingAfter(
  { authors, isHeld }: CampaignStanding,
  { act, id }: CampaignDeed,
): CampaignStanding {
  const isWritten = act === "save" || act === "submit";
  return {
    state: steps[act].to,
    authors: isWritten && !authors.includes(id) ? [...authors, id] : authors,
    // Until an officer lets it go on, or it is written anew.
    isHeld: act === "hold" || (isHeld && act !== "resume" && act !== "reopen"),
  };
}

/** What may be done with a campaign in a state, whoever does it. */
export const actsFrom = (state: CampaignState): CampaignAct[] =>
  CampaignAct.options.filter((act) => steps[act].from.includes(state));

/** As messages select it. */
const word = (state: CampaignState) => state.replace("-", "_");

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
