import { z } from "zod";
import { RegistryId } from "../ids.ts";
import { demandedRegistries, type JurisdictionId, warnsWhenUnread } from "../jurisdiction/index.ts";

const reason = z.string().trim().min(1).max(500);

/** Disconnects a registry, or asks a second officer to, where a rule demands it. */
export const DisconnectRegistry = z.object({ registryId: RegistryId, reason });
export type DisconnectRegistry = z.infer<typeof DisconnectRegistry>;

/** A second officer's answer. */
export const SettleDisconnection = z.object({
  registryId: RegistryId,
  disconnectionId: z.uuid(),
  verdict: z.enum(["accepted", "rejected"]),
  reason,
});
export type SettleDisconnection = z.infer<typeof SettleDisconnection>;

/** What calls meet once a registry is not connected. */
export type DisconnectionEffect = {
  /** `listed-callable`: no rule demands it, so that the numbers that it lists are checked by nothing. */
  effect: "refused" | "warned" | "listed-callable";
  /** Whose rules demand it. */
  places: JurisdictionId[];
  /** Whether some consent lifts a listing, and makes a refusal a warning, in all of them. */
  isLifted: boolean;
};

/** Says before a registry is disconnected what will come of it, by the rules of a day. */
export function disconnectionEffect(code: string, isoDate: string): DisconnectionEffect {
  const demands = [...demandedRegistries(isoDate)].flatMap(([place, registries]) =>
    registries.filter((one) => one.code === code).map(({ isLifted }) => ({ place, isLifted })),
  );
  const places = demands.map(({ place }) => place);
  if (demands.length === 0) return { effect: "listed-callable", places, isLifted: false };
  const effect = warnsWhenUnread(code) ? "warned" : "refused";
  return { effect, places, isLifted: demands.every(({ isLifted }) => isLifted) };
}

/** Whether two officers have to agree: a rule in force demands the registry. */
export const needsSecondOfficer = ({ effect }: DisconnectionEffect) => effect !== "listed-callable";
