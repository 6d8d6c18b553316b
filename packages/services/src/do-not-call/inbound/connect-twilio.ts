import { command } from "../../platform/verb.ts";
import { ConnectTwilio } from "@ringfence/core/do-not-call/inbound";
import { addSource } from "./add-source.ts";

/** Lets what comes from an account of Twilio count as said by people. Its token is kept sealed. */
export const connectTwilio = command({
  name: "connectTwilio",
  action: "inbound.change",
  input: ConnectTwilio,
  run: async (ctx, { account, token: secret, origin }) => {
    await addSource(ctx, { provider: "twilio", account, origin, secret });
  },
  audit: "by run",
});
