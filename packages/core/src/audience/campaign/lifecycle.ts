import { z } from "zod";
import type { Message } from "../../platform/message/index.ts";
import type { CampaignState, MoveCampaign } from "./campaign.ts";
import type { Action } from "../../platform/access/index.ts";

/** Acts on a campaign. `hold`: it paused itself because too many people refused. */
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

/** The only table of transitions. Nothing leads out of `done`. */
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

/** Status that decides what may be done next. */
export type CampaignStatus = {
  state: CampaignState;
  /** IDs of everyone who saved or submitted it since it began. */
  authors: readonly string[];
  /** True if the campaign paused itself. Only a reviewer may then resume it. */
  isHeld: boolean;
};

/** An act that was done, and the ID of who did it. */
export type PastAct = { act: CampaignAct; id: string };

/** The person who acts. `mayResumeHeld`: they may resume a campaign that paused itself, as reviewers may. */
export type CampaignActor = { id: string; mayResumeHeld: boolean };

/**
 * Decides where an act leads, or why it is not allowed. The caller also checks the permission of the act
 * (`actionByAct`).
 */
export function decideNextState(
  status: CampaignStatus,
  act: CampaignAct,
  { id, mayResumeHeld }: CampaignActor,
): (CampaignStatus & { fault?: never }) | { fault: Message } {
  const { state, authors, isHeld } = status;
  const { from } = steps[act];
  if (!from.includes(state)) {
    return { fault: { key: "campaign.act-unfit", values: { state: toSelectWord(state), act } } };
  }
  const isReview = act === "approve" || act === "refuse";
  if (isReview && authors.includes(id)) return { fault: { key: "campaign.own-review" } };
  if (act === "resume" && isHeld && !mayResumeHeld) return { fault: { key: "campaign.held" } };
  return applyAct(status, { act, id });
}

/**
 * Computes the status of a campaign from everything that was done, oldest first. It checks no transition again:
 * `decideNextState` did when the act was done.
 */
export const replayActs = (done: readonly PastAct[]): CampaignStatus =>
  done.reduce(applyAct, { state: "draft", authors: [], isHeld: false });

function applyAct({ authors, isHeld }: CampaignStatus, { act, id }: PastAct): CampaignStatus {
  const isWritten = act === "save" || act === "submit";
  return {
    state: steps[act].to,
    authors: isWritten && !authors.includes(id) ? [...authors, id] : authors,
    // A hold lasts until a reviewer resumes the campaign, or somebody reopens it as a draft.
    isHeld: act === "hold" || (isHeld && act !== "resume" && act !== "reopen"),
  };
}

/** Lists the acts that a state allows, whoever does them. */
export const listActs = (state: CampaignState): CampaignAct[] =>
  CampaignAct.options.filter((act) => steps[act].from.includes(state));

/** Spelling that message formats can select. */
const toSelectWord = (state: CampaignState) => state.replace("-", "_");

/** The permission that each act needs. */
export const actionByAct: Record<MoveCampaign["act"], Action> = {
  submit: "campaign.change",
  reopen: "campaign.change",
  approve: "campaign.review",
  refuse: "campaign.review",
  start: "campaign.start",
  resume: "campaign.start",
  pause: "campaign.pause",
  finish: "campaign.pause",
};
