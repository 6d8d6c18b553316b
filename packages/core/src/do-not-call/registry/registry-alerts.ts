import { z } from "zod";
import type { Message } from "../../platform/message/index.ts";
import { freshnessOf } from "./freshness.ts";

/** Why a registry needs a person; of `near` and `stale`, the one. */
export const RegistryAlertKind = z.enum(["failed", "held", "near", "stale"]);
export type RegistryAlertKind = z.infer<typeof RegistryAlertKind>;

export type RegistryHealth = {
  /** Null before it was ever read. */
  ageDays: number | null;
  limitDays: number;
  /** Why its last reading failed; null where it did not. */
  failure: Message | null;
  /** Why an edition of it is held; null where none is. */
  fault: Message | null;
};

/** All that a person has to be told of a registry, as it is now. */
export function registryAlerts({ ageDays, limitDays, failure, fault }: RegistryHealth) {
  const alerts = new Map<RegistryAlertKind, Message>();
  if (failure) alerts.set("failed", failure);
  if (fault) alerts.set("held", fault);
  if (ageDays === null) return alerts;
  const values = { age: Math.floor(ageDays), limit: limitDays };
  const freshness = freshnessOf(ageDays, limitDays);
  if (freshness === "stale") alerts.set("stale", { key: "registry.alert.stale", values });
  if (freshness === "near") alerts.set("near", { key: "registry.alert.near", values });
  return alerts;
}
