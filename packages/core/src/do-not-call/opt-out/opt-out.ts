import { z } from "zod";
import { OptOutId, type SellerId } from "../../platform/ids.ts";
import { type PurposeKey, covers } from "../../account/purpose/index.ts";

/** Channel through which an opt-out reached us. */
export const OptOutChannel = z.enum([
  "agent",
  "web",
  "sms",
  "ivr",
  "email",
  "disposition",
  "api",
  "import",
  "regulator",
]);
export type OptOutChannel = z.infer<typeof OptOutChannel>;

/** Scope of an opt-out. With `profiling` alone, calls remain possible. */
export type OptOutScope =
  | { scope: "all" }
  | { scope: "seller"; sellerId: SellerId }
  | { scope: "purpose"; purpose: PurposeKey }
  | { scope: "profiling" };

/** An opt-out on record. It counts for every phone of the person. */
export type OptOut = OptOutScope & {
  /**
   * Time at which the person said it. Even one in the future blocks calls (contract 2). Of consents, only a proven one
   * in force lifts it, if it was given after `at` and recorded after `recordedAt` (`liftsOptOut`).
   */
  at: Date;
  recordedAt: Date;
};

/** Decides whether an opt-out is about calls of this seller for this purpose. */
export function coversCall(optOut: OptOut, call: { sellerId: SellerId; purpose: PurposeKey }) {
  switch (optOut.scope) {
    case "all":
      return true;
    case "seller":
      return optOut.sellerId === call.sellerId;
    case "purpose":
      return covers(optOut.purpose, call.purpose);
    case "profiling":
      return false;
  }
}

type ScopeRow = {
  scope: OptOutScope["scope"];
  sellerId: SellerId | null;
  purpose: PurposeKey | null;
};

/** Reads the scope from a row. A row that lacks its seller or its purpose covers all calls. */
export function toScope({ scope, sellerId, purpose }: ScopeRow): OptOutScope {
  if (scope === "seller" && sellerId !== null) return { scope, sellerId };
  if (scope === "purpose" && purpose !== null) return { scope, purpose };
  return { scope: scope === "profiling" ? scope : "all" };
}

/**
 * `all`: every endpoint that it was sent to has received it; imported opt-outs are left out. `pending`: one is still
 * waiting for it. An opt-out that was given up for an endpoint may be neither.
 */
export const OptOutReach = z.enum(["all", "pending"]);
export type OptOutReach = z.infer<typeof OptOutReach>;

/** Name of a campaign or kind of dialer; empty for calls whose log names none. */
const nameOrNone = z.string().max(200);

/** Asks for a page of opt-outs, last recorded first. */
export const ListOptOuts = z.object({
  /** A phone number in any format, or a reference. */
  search: z.string().trim().max(64).optional(),
  channel: OptOutChannel.optional(),
  /** False leaves out those of imported lists. */
  imports: z.boolean().optional(),
  /** Recorded since this time. */
  from: z.date().optional(),
  /** Recorded before this time. */
  until: z.date().optional(),
  reach: OptOutReach.optional(),
  /** Only those whose last call within the day before was of this campaign. */
  campaign: nameOrNone.optional(),
  /** Only those whose last call within the day before was by this kind of dialer. */
  dialer: nameOrNone.optional(),
  /** `next` of the previous page. */
  after: OptOutId.optional(),
  limit: z.int().min(1).max(200).default(50),
});
export type ListOptOuts = z.infer<typeof ListOptOuts>;
