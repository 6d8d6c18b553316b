import { command } from "../../platform/verb.ts";
import { z } from "zod";
import type { EndpointId } from "@ringfence/core/ids";
import { requireEndpoint } from "./require-endpoint.ts";

/** Puts on record that all was heard that a dialer refuses, up to the instant in which it was asked. */
export const recordPull = command({
  name: "recordPull",
  action: "delivery.send",
  input: z.custom<{ endpointId: EndpointId; askedAt: Date }>(),
  run: async (ctx, { endpointId, askedAt: pulledAt }): Promise<void> => {
    const { db, organizationId } = ctx;
    await requireEndpoint(ctx, endpointId);
    await db.endpoint.updateMany({ where: { organizationId, id: endpointId }, data: { pulledAt } });
  },
  audit: "by run",
});
