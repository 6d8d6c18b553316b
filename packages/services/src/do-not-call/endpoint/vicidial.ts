import { command, openSecret } from "../../platform/internal.ts";
import { VicidialSettings } from "@ringfence/core/do-not-call/endpoint";
import { EndpointId } from "@ringfence/core/ids";
import { DAY_MS } from "@ringfence/core/platform/time";
import { loadEndpoint } from "./endpoint.ts";
import { z } from "zod";
import type { Db } from "@ringfence/db";

/**
 * How a VICIdial is signed in to, and the days to ask it about, which are all since it was last heard
 * out: its own clock may be a day before ours, or after.
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
    // The time of day may hide the last.
    const last = new Date(end).toISOString().slice(0, 10);
    return { settings, days: [...new Set([...days, last])], askedAt: now };
  },
  audit: "by run",
});

/** Puts on record that all was heard that a dialer refuses, up to the instant in which it was asked. */
export const recordPull = command({
  name: "recordPull",
  action: "delivery.send",
  input: z.custom<{ endpointId: EndpointId; askedAt: Date }>(),
  run: async (ctx, { endpointId, askedAt: pulledAt }): Promise<void> => {
    const { db, organizationId } = ctx;
    await loadEndpoint(ctx, endpointId);
    await db.endpoint.updateMany({ where: { organizationId, id: endpointId }, data: { pulledAt } });
  },
  audit: "by run",
});

/**
 * Has workers ask every VICIdial what it has been told. Crosses organizations, which only the sweep may
 * do. Returns how many.
 */
export const sweepVicidial = ({ prisma }: Db): Promise<number> =>
  prisma.$executeRaw`
    SELECT graphile_worker.add_job('vicidial.pull',
      json_build_object('organizationId', organization_id, 'endpointId', id),
      job_key := 'vicidial.pull ' || id)
    FROM endpoint WHERE kind = 'vicidial' AND disabled_at IS NULL`;
