import { command } from "../../platform/verb.ts";
import { ConnectMailgun } from "@ringfence/core/do-not-call/inbound";
import { addSource } from "./add-source.ts";

/** Lets mail to a domain count as said by people, as Mailgun hands it on. Its key is kept sealed. */
export const connectMailgun = command({
  name: "connectMailgun",
  action: "inbound.change",
  input: ConnectMailgun,
  run: async (ctx, { domain: account, signingKey: secret }) => {
    await addSource(ctx, { provider: "mailgun", account, origin: "", secret });
  },
  audit: "by run",
});
