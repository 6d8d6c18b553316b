import "server-only";
import { OrganizationId, SessionId } from "@ringfence/core/ids";
import type { SessionKey } from "@ringfence/services/account/member";
import { decode } from "next-auth/jwt";
import { z } from "zod";
import { env } from "../env";

export const isSecure = () => env().PUBLIC_URL.startsWith("https:");

/** `__Host-`: no other host, and no path below, may set it. */
export const sessionCookie = () => ({
  name: isSecure() ? "__Host-ringfence-session" : "ringfence-session",
  options: { httpOnly: true, sameSite: "lax", path: "/", secure: isSecure() } as const,
});

/** What next-auth encrypts into the cookie: two ids, and nothing of the person. */
const Token = z.object({ organizationId: OrganizationId, sessionId: SessionId });

export const sessionKeyOf = (token: unknown): SessionKey | null =>
  Token.safeParse(token).data ?? null;

/** The session that a cookie names; null when it was not made by us, or is too old. */
export async function readSessionKey(cookie: string | undefined): Promise<SessionKey | null> {
  if (cookie === undefined) return null;
  // It throws for what it cannot decrypt, whatever the reason: nobody is signed in.
  const token = await decode({ token: cookie, secret: env().AUTH_SECRET }).catch(() => null);
  return sessionKeyOf(token);
}
