import { z } from "zod";
import { DAY_MS } from "../../platform/time/index.ts";
import type { Message } from "../../platform/message/index.ts";

/** From this share of its limit on, a registry will soon refuse. */
const NEAR = 0.8;
/** What may be no older than this is as old as that every day, and nobody need be told. */
const DAILY_DAYS = 1;

/** `none`: it was never read, or is not connected. Only `fresh` and `near` answer for a call. */
export const Freshness = z.enum(["fresh", "near", "stale", "none"]);
export type Freshness = z.infer<typeof Freshness>;

/** How fresh a registry is, for screening, alerts and pages alike; `ageDays` is null before it was read. */
export function freshnessOf(ageDays: number | null, limitDays: number): Freshness {
  if (ageDays === null) return "none";
  if (ageDays > limitDays) return "stale";
  return limitDays > DAILY_DAYS && ageDays >= limitDays * NEAR ? "near" : "fresh";
}

/**
 * When a list that may be no older than a day is read again, whatever its times: it would refuse each day
 * between its limit and its reading. Null for all others, and for what may have no age at all.
 */
export function earlyReading(verifiedAt: Date | null, limitDays: number): Date | null {
  if (verifiedAt === null || limitDays <= 0 || limitDays > DAILY_DAYS) return null;
  return new Date(verifiedAt.getTime() + limitDays * NEAR * DAY_MS);
}

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
