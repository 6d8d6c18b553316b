import { z } from "zod";
import { DAY_MS } from "../../platform/time/index.ts";
import type { Message } from "../../platform/message/index.ts";

/** From this share of its age limit on, a registry counts as near it. */
const NEAR = 0.8;
/** With a limit of a day or less a registry is near it every day, so it never counts as near. */
const DAILY_DAYS = 1;

/** `none`: never read, or not connected. Only `fresh` and `near` may be used to screen a call. */
export const Freshness = z.enum(["fresh", "near", "stale", "none"]);
export type Freshness = z.infer<typeof Freshness>;

/** Rates how fresh a registry is, for screening, alerts and pages alike. `ageDays` is null before the first reading. */
export function rateFreshness(ageDays: number | null, limitDays: number): Freshness {
  if (ageDays === null) return "none";
  if (ageDays > limitDays) return "stale";
  return limitDays > DAILY_DAYS && ageDays >= limitDays * NEAR ? "near" : "fresh";
}

/**
 * Finds when a list with a limit of a day or less is read again, whatever its schedule: it would otherwise
 * refuse calls every day between its limit and its next reading. Null for other lists, and for a limit of zero.
 */
export function findEarlyReading(verifiedAt: Date | null, limitDays: number): Date | null {
  if (verifiedAt === null || limitDays <= 0 || limitDays > DAILY_DAYS) return null;
  return new Date(verifiedAt.getTime() + limitDays * NEAR * DAY_MS);
}

/** Why a registry needs attention. `near` and `stale` exclude each other. */
export const RegistryAlertKind = z.enum(["failed", "held", "near", "stale"]);
export type RegistryAlertKind = z.infer<typeof RegistryAlertKind>;

export type RegistryHealth = {
  /** Null before the first reading. */
  ageDays: number | null;
  limitDays: number;
  /** Why the last reading failed; null if it did not. */
  failure: Message | null;
  /** Why an edition is held; null if none is. */
  fault: Message | null;
};

/**
 * Finds the alerts that a registry needs now, each with its reason. One that was never read is neither near nor stale.
 */
export function findRegistryAlerts({ ageDays, limitDays, failure, fault }: RegistryHealth) {
  const alerts = new Map<RegistryAlertKind, Message>();
  if (failure) alerts.set("failed", failure);
  if (fault) alerts.set("held", fault);
  if (ageDays === null) return alerts;
  const values = { age: Math.floor(ageDays), limit: limitDays };
  const freshness = rateFreshness(ageDays, limitDays);
  if (freshness === "stale") alerts.set("stale", { key: "registry.alert.stale", values });
  if (freshness === "near") alerts.set("near", { key: "registry.alert.near", values });
  return alerts;
}
