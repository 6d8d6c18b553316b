import "server-only";
import { OrganizationId, SessionId } from "@ringfence/core/ids";
import type { SessionKey } from "@ringfence/services/account/member";
import { decode } from "next-auth/jwt";
import { z } from "zod";
import { env } from "../env";

export const isSecure = () => env().PUBLIC_URL.startsWith("https:");

/** The prefix `__Host-` prevents other hosts and paths from setting the cookie. */
export const sessionCookie = () => ({
  name: isSecure() ? "__Host-ringfence-session" : "ringfence-session",
  options: { httpOnly: true, sameSite: "lax", path: "/", secure: isSecure() } as const,
});

/** Content of the encrypted cookie: two ids, and nothing about the person. */
const Token = z.object({ organizationId: OrganizationId, sessionId: SessionId });

export const parseSessionKey = (token: unknown): SessionKey | null =>
  Token.safeParse(token).data ?? null;

/** Reads the session of a cookie; null if the cookie was not made here or is too old. */
export async function readSessionKey(cookie: string | undefined): Promise<SessionKey | null> {
  if (cookie === undefined) return null;
  // `decode` throws for anything it cannot decrypt: then nobody is signed in.
  const token = await decode({ token: cookie, secret: env().AUTH_SECRET }).catch(() => null);
  return parseSessionKey(token);
}
