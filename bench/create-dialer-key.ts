import { makeApiKey } from "@ringfence/services/account/api-key";
import type { RootContext } from "@ringfence/services/context";

/** Makes a key with which a dialer screens. */
export async function createDialerKey(ctx: RootContext): Promise<string> {
  const { key } = await makeApiKey(ctx, {
    reason: "It calls for us.",
    name: "bench",
    scopes: ["screen"],
  });
  return key;
}
