import { VicidialSettings } from "@ringfence/core/endpoint";
import type { EndpointId } from "@ringfence/core/ids";
import { DAY_MS } from "@ringfence/core/time";
import { allow } from "../access/allow.ts";
import { inTransaction, type ServiceContext } from "../context.ts";
import { openSecret } from "../keys/outside-secret.ts";
import { requireEndpoint } from "./require-endpoint.ts";

/**
 * How a VICIdial is signed in to, and the days to ask it about: its own clock may be a day before ours,
 * or after.
 */
export async function readVicidial(ctx: ServiceContext, endpointId: EndpointId) {
  allow(ctx, "delivery.send");

  return inTransaction(ctx, async (ctx) => {
    const { keys, organizationId, now } = ctx;
    const { secret } = await requireEndpoint(ctx, endpointId);
    const settings = VicidialSettings.parse(JSON.parse(openSecret(keys, organizationId, secret)));
    const days = [-1, 0, 1].map((days) =>
      new Date(now.getTime() + days * DAY_MS).toISOString().slice(0, 10),
    );
    return { settings, days };
  });
}
