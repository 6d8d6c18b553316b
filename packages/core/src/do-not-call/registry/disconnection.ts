import { z } from "zod";
import { RegistryId } from "../../platform/ids.ts";
import {
  type JurisdictionId,
  type RuleBook,
  listRegistryRequirements,
  warnsWhenUnread,
} from "../../people/jurisdiction/index.ts";

const reason = z.string().trim().min(1).max(500);

/** Disconnects a registry. If a rule requires it, this only asks a second officer to agree. */
export const DisconnectRegistry = z.object({ registryId: RegistryId, reason });
export type DisconnectRegistry = z.infer<typeof DisconnectRegistry>;

/** A second officer's answer. */
export const ReviewDisconnection = z.object({
  registryId: RegistryId,
  disconnectionId: z.uuid(),
  verdict: z.enum(["accepted", "rejected"]),
  reason,
});
export type ReviewDisconnection = z.infer<typeof ReviewDisconnection>;

/** The effect on calls of disconnecting a registry. */
export type DisconnectionEffect = {
  /**
   * `refused` or `warned`: what rules that require it do to a call that was not checked. `listed-callable`: no rule
   * requires it, so the numbers that it lists are no longer checked.
   */
  effect: "refused" | "warned" | "listed-callable";
  /** Jurisdictions whose rules require it. */
  jurisdictions: JurisdictionId[];
  /**
   * True if in all of them some consent lifts a listing and turns a refusal into a warning. Rules for some calls
   * only, such as those of a predictive dialer, are left out, unless there are no others.
   */
  isLifted: boolean;
};

/** Predicts the effect on calls of disconnecting a registry, by the rules of a day in every book that applies. */
export function predictDisconnection(
  books: readonly RuleBook[],
  code: string,
  isoDate: string,
): DisconnectionEffect {
  const demands = books
    .flatMap((law) => [...listRegistryRequirements(law, isoDate)])
    .flatMap(([jurisdiction, registries]) =>
      registries
        .filter((one) => one.code === code)
        .map(({ isLifted, isPartial }) => ({ jurisdiction, isLifted, isPartial })),
    );
  const jurisdictions = [...new Set(demands.map(({ jurisdiction }) => jurisdiction))];
  if (demands.length === 0) return { effect: "listed-callable", jurisdictions, isLifted: false };
  const effect = books.every((law) => warnsWhenUnread(law, code)) ? "warned" : "refused";
  const forAllCalls = demands.filter(({ isPartial }) => !isPartial);
  const judging = forAllCalls.length > 0 ? forAllCalls : demands;
  return { effect, jurisdictions, isLifted: judging.every(({ isLifted }) => isLifted) };
}

/** True if two officers must agree, because a rule in force requires the registry. */
export const needsSecondOfficer = ({ effect }: DisconnectionEffect) => effect !== "listed-callable";
