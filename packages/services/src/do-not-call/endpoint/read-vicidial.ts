import { command } from "../../platform/verb.ts";
import { VicidialSettings } from "@ringfence/core/do-not-call/endpoint";
import { EndpointId } from "@ringfence/core/ids";
import { DAY_MS } from "@ringfence/core/platform/time";
import { openSecret } from "../../platform/keys/outside-secret.ts";
import { requireEndpoint } from "./require-endpoint.ts";

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
    const { secret, pulledAt } = await requireEndpoint(ctx, endpointId);
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
