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

/** Why the last attempt failed. */
export type Failure = { at: Date | null; error: StoredMessage | null };

/** A run that failed lately and was not tried again. */
export type FailedRun = { id: RunId; job: RunJob; subjectId: string; failure: Failure };

/**
 * Something that needs attention. `now`: calls are refused because of it, an opt-out may not be in force, a flood of
 * opt-outs may be false, a campaign paused itself, an API key has lost permissions or expired, a violation is grave or
 * overdue, or a complaint has to be answered. `today`: a person has to decide or to repair something, but nothing is
 * stopped by it. `week`: something ends soon.
 */
export type Need =
  | { kind: "opt-outs-misread"; when: "now"; count: number; oldest: Date }
  /** Possible opt-outs, which take effect only when a member confirms them. */
  | { kind: "questions-open"; when: "now"; count: number; oldest: Date }
  /** Changes that an endpoint did not receive in three days of attempts, such as opt-outs a dialer does not know. */
  | { kind: "deliveries-dead"; when: "now"; count: number; oldest: Date }
  /** Campaigns that this member may review. */
  | { kind: "campaigns-in-review"; when: "today"; count: number; oldest: Date }
  /** Forms with checks that could not tell and that no officer has answered. */
  | { kind: "form-questions-open"; when: "today"; count: number; oldest: Date }
  /** Campaigns that paused themselves, because too many people refused, opted out or complained. */
  | {
      kind: "campaign-held";
      when: "now";
      campaignId: CampaignId;
      name: string;
      refused: number;
      reached: number;
      since: Date;
    }
  /** Places and registries that the organization's policies name but the law data no longer has. */
  | { kind: "policy-names-gone"; when: "now"; names: readonly string[] }
  /** API keys whose maker lost permissions. */
  | { kind: "keys-cut"; when: "now"; names: readonly string[] }
  /** API keys that expired lately (`now`), or will within 7 (`today`) or 30 days (`week`). `first` is the earliest. */
  | {
      kind: "keys-expiring";
      when: "now" | "today" | "week";
      names: readonly string[];
      first: Date;
    }
  /** API keys that were used from a new network, until a member confirms it. */
  | { kind: "keys-new-network"; when: "today"; names: readonly string[]; first: Date }
  /** Urgent if one is overdue or due within three days. */
  | {
      kind: "complaints-open";
      when: "now" | "today";
      count: number;
      overdue: number;
      /** Number of those due within three days. */
      near: number;
      /** When the first of them has to be answered. */
      due: Date;
    }
  /** Corrections of opt-outs that another officer proposed. */
  | { kind: "corrections-open"; when: "today"; count: number; oldest: Date }
  /** More opt-outs at once than people make, perhaps a flood. They are in force all the same. */
  | { kind: "bursts-open"; when: "now"; count: number; oldest: Date }
  /** Proposals of another officer to lift bursts. */
  | { kind: "burst-liftings-open"; when: "today"; count: number; oldest: Date }
  | {
      kind: "violations-open";
      when: "now" | "today";
      count: number;
      grave: number;
      overdue: number;
      /** When the first of them is due. */
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
  /**
   * Registries that calls to some contacts depend on: not connected, or connected without their area code.
   */
  | {
      kind: "registries-missing";
      when: "now" | "today";
      why: "unconnected" | "outside";
      names: string[];
      contacts: number;
      /** True if a consent outweighs a listing there, so that such calls are exempt. */
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
      /** Name of what it worked on; null if that is gone. */
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
