import { addJob, command, defineJob, openSecret, queueJobs } from "../../platform/internal.ts";
import { VicidialSettings } from "@ringfence/core/do-not-call/endpoint";
import { EndpointId } from "@ringfence/core/ids";
import { DAY_MS } from "@ringfence/core/platform/time";
import { loadEndpoint } from "./endpoint.ts";
import { z } from "zod";
import type { Db } from "@ringfence/db";
import { sql } from "kysely";

/** Takes over the opt-outs of a VICIdial. */
export const pullVicidialJob = defineJob("vicidial.pull", { endpointId: EndpointId });

/**
 * Returns how to sign in to a VICIdial, and the days to ask it about: all since everything was last read from it, or
 * today the first time. A day is added at both ends, because its clock may be a day behind ours or ahead.
 */
export const readVicidial = command({
  name: "readVicidial",
  action: "delivery.send",
  input: EndpointId,
  run: async (ctx, endpointId) => {
    const { keys, organizationId, now } = ctx;
    const { secret, pulledAt } = await loadEndpoint(ctx, endpointId);
    const settings = VicidialSettings.parse(JSON.parse(openSecret(keys, organizationId, secret)));
    const end = now.getTime() + DAY_MS;
    const days: string[] = [];
    for (let at = (pulledAt ?? now).getTime() - DAY_MS; at <= end; at += DAY_MS) {
      days.push(new Date(at).toISOString().slice(0, 10));
    }
    // Steps of 24 hours from an earlier time of day may miss the last day.
    const last = new Date(end).toISOString().slice(0, 10);
    return { settings, days: [...new Set([...days, last])], askedAt: now };
  },
  audit: "none",
});

/** Records that all opt-outs of a dialer were read, up to the instant at which it was asked. */
export const recordPull = command({
  name: "recordPull",
  action: "delivery.send",
  input: z.strictObject({ endpointId: EndpointId, askedAt: z.date() }),
  run: async (ctx, { endpointId, askedAt: pulledAt }): Promise<void> => {
    const { db, organizationId } = ctx;
    await loadEndpoint(ctx, endpointId);
    await db.endpoint.updateMany({ where: { organizationId, id: endpointId }, data: { pulledAt } });
  },
  audit: "none",
});

/**
 * Queues workers that ask every VICIdial for its opt-outs. Crosses organizations, which only the sweep may
 * do. Returns how many.
 */
export function sweepVicidial({ prisma }: Db): Promise<number> {
  const pull = addJob(
    pullVicidialJob,
    { organizationId: sql`organization_id`, endpointId: sql`id` },
    { key: sql`${`${pullVicidialJob.name} `} || id` },
  );
  return queueJobs(
    prisma,
    sql`SELECT ${pull} FROM endpoint WHERE kind = 'vicidial' AND disabled_at IS NULL`,
  );
}
