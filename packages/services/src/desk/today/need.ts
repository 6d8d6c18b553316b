import type { CampaignId, RegistryId, RunId } from "@ringfence/core/ids";
import type { Message, StoredMessage } from "@ringfence/core/platform/message";
import type { RunJob } from "@ringfence/core/platform/run";

type Age = {
  registryId: RegistryId;
  code: string;
  name: string;
  ageDays: number;
  limitDays: number;
};

/** Why the last try came to nothing. */
export type Failure = { at: Date | null; error: StoredMessage | null };

/** Something that waits for a person. `now`: calls are refused for it, a refusal is not in
 * force, or somebody was called after theirs. */
export type Need =
  | { kind: "opt-outs-misread"; when: "now"; count: number; oldest: Date }
  /** What may be a refusal, which nothing obeys until somebody says so. */
  | { kind: "questions-open"; when: "now"; count: number; oldest: Date }
  /** It paused itself, because too many people refused. */
  | {
      kind: "campaign-held";
      when: "now";
      campaignId: CampaignId;
      name: string;
      refused: number;
      reached: number;
      since: Date;
    }
  /** API keys whose maker may do less now. */
  | { kind: "keys-cut"; when: "now"; names: readonly string[] }
  | { kind: "complaints-open"; when: "today"; count: number; oldest: Date }
  /** Refusals of wrong numbers that another officer asks about. */
  | { kind: "corrections-open"; when: "today"; count: number; oldest: Date }
  /** More opt-outs at once than people make: perhaps a flood. They are in force all the same. */
  | { kind: "bursts-open"; when: "now"; count: number; oldest: Date }
  /** Proposals of another officer to lift bursts. */
  | { kind: "burst-liftings-open"; when: "today"; count: number; oldest: Date }
  | {
      kind: "violations-open";
      when: "now" | "today";
      count: number;
      grave: number;
      overdue: number;
      /** Until when the first of them is to be settled. */
      due: Date;
    }
  | {
      kind: "registry-unread";
      when: "now";
      registryId: RegistryId;
      code: string;
      name: string;
      failure: Failure | null;
    }
  | ({ kind: "registry-stale"; when: "now"; failure: Failure | null } & Age)
  /** Registries without which contacts cannot be called: not connected, or without their area code. */
  | {
      kind: "registries-missing";
      when: "now" | "today";
      why: "unconnected" | "outside";
      names: string[];
      contacts: number;
      /** True if a consent outweighs a listing there, so that its calls are excepted. */
      isLifted: boolean;
    }
  | {
      kind: "edition-held";
      when: "today";
      registryId: RegistryId;
      name: string;
      readAt: Date;
      fault: Message | null;
    }
  | {
      kind: "run-failed";
      when: "today";
      runId: RunId;
      job: RunJob;
      subjectId: string;
      /** What it worked on, as people call it; null where that is gone. */
      subject: string | null;
      failure: Failure;
    }
  | ({ kind: "registry-near"; when: "week"; failure: Failure | null } & Age)
  | {
      kind: "consents-ending";
      when: "week";
      count: number;
      first: Date;
      before: Date;
      sellers: readonly string[];
    };
