import type { TransactionContext } from "../../platform/context.ts";
import { makeSecret } from "../../platform/keys/make-secret.ts";

/** Nothing that looks like another, for it is read out and typed. */
const letters = "abcdefghijkmnpqrstuvwxyz23456789";

/** A password of 100 random bits, in five groups of four: for a member to come in once, and choose their own. */
export const makeFirstPassword = async (ctx: TransactionContext): Promise<string> => {
  const secret = await makeSecret(ctx);
  const signs = Array.from(secret.subarray(0, 20), (byte) => letters.charAt(byte % letters.length));
  return signs.join("").replaceAll(/.{4}(?=.)/g, "$&-");
};
