import type { ChangeDialer } from "@ringfence/core/do-not-call/endpoint";
import type { EndpointId } from "@ringfence/core/ids";
import { allow } from "../../platform/access/allow.ts";
import { inTransaction, type ServiceContext } from "../../platform/context.ts";
import { knownDialer } from "./known-dialer.ts";

/** How a dialer is spoken to, for who is about to change it: without what opens it. */
export async function readDialer(
  ctx: ServiceContext,
  endpointId: EndpointId,
): Promise<ChangeDialer> {
  allow(ctx, "endpoint.change");

  const dialer = await inTransaction(ctx, (ctx) => knownDialer(ctx, endpointId));
  switch (dialer.kind) {
    case "vicidial": {
      const { pass: _, ...settings } = dialer.settings;
      return { ...dialer, endpointId, settings };
    }
    case "bitrix24": {
      const { url: _, ...settings } = dialer.settings;
      return { ...dialer, endpointId, settings };
    }
    case "sftp": {
      const { secret: _, ...settings } = dialer.settings;
      return { ...dialer, endpointId, settings };
    }
  }
}
