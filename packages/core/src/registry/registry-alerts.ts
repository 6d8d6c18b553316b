import { z } from "zod";
import type { Message } from "../message/index.ts";

/** From this share of its limit on, a registry will soon refuse. */
const NEAR = 0.8;

export const isNearLimit = (ageDays: number, limitDays: number) =>
  ageDays >= limitDays * NEAR && ageDays <= limitDays;

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
  if (ageDays > limitDays) alerts.set("stale", { key: "registry.alert.stale", values });
  else if (isNearLimit(ageDays, limitDays))
    alerts.set("near", { key: "registry.alert.near", values });
  return alerts;
}
