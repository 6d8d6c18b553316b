import type { ConnectMailgun } from "@ringfence/core/do-not-call/inbound";
import { allow } from "../../platform/access/allow.ts";
import { inTransaction, type ServiceContext } from "../../platform/context.ts";
import { addSource } from "./add-source.ts";

/** Lets mail to a domain count as said by people, as Mailgun hands it on. Its key is kept sealed. */
export async function connectMailgun(
  ctx: ServiceContext,
  { domain: account, signingKey: secret }: ConnectMailgun,
) {
  allow(ctx, "inbound.change");

  await inTransaction(ctx, (ctx) =>
    // Its signatures do not say where it reaches us.
    addSource(ctx, { provider: "mailgun", account, origin: "", secret }),
  );
}
