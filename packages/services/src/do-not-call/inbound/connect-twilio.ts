import type { ConnectTwilio } from "@ringfence/core/do-not-call/inbound";
import { allow } from "../../platform/access/allow.ts";
import { inTransaction, type ServiceContext } from "../../platform/context.ts";
import { addSource } from "./add-source.ts";

/** Lets what comes from an account of Twilio count as said by people. Its token is kept sealed. */
export async function connectTwilio(
  ctx: ServiceContext,
  { account, token: secret, origin }: ConnectTwilio,
) {
  allow(ctx, "inbound.change");

  await inTransaction(ctx, (ctx) =>
    addSource(ctx, { provider: "twilio", account, origin, secret }),
  );
}
