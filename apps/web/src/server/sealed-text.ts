import "server-only";
import { decode, encode } from "next-auth/jwt";
import { z } from "zod";
import { env } from "../env";
import { currentMember } from "./current-member";

/**
 * What a member has typed and must not stand in an address, sealed (JWE, A256GCM) so that it may: it
 * opens for an hour, and in the sign-in that sealed it alone. Back and reload work as ever.
 */
const SEAL = { salt: "ringfence.sealed-text", maxAge: 3_600 };

const Sealed = z.object({ text: z.string(), sessionId: z.string() });

export async function sealText(text: string): Promise<string> {
  const member = await currentMember();
  const token = { text, sessionId: member?.sessionId };
  return encode({ ...SEAL, token, secret: env().AUTH_SECRET });
}

/** Null when it was not sealed here, by this sign-in, within the hour. */
export async function unsealText(token: string): Promise<string | null> {
  const member = await currentMember();
  const opened = await decode({ ...SEAL, token, secret: env().AUTH_SECRET }).catch(() => null);
  const { data } = Sealed.safeParse(opened);
  return data && data.sessionId === member?.sessionId ? data.text : null;
}
