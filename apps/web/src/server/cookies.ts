import "server-only";
import { OrganizationId, SessionId } from "@ringfence/core/ids";
import type { Keys } from "@ringfence/services/platform/keys";
import {
  PLACE_DAYS,
  type SessionKey,
  ensureBrowserToken,
} from "@ringfence/services/account/member";
import { decode } from "next-auth/jwt";
import { z } from "zod";
import { cookies } from "next/headers";
import { env } from "../env";

export const isSecure = () => env().PUBLIC_URL.startsWith("https:");

/** Name and options of the session's cookie. The prefix `__Host-` prevents other hosts and paths from setting it. */
export const sessionCookie = () => ({
  name: isSecure() ? "__Host-ringfence-session" : "ringfence-session",
  options: { httpOnly: true, sameSite: "lax", path: "/", secure: isSecure() } as const,
});

/** Content of the encrypted cookie: two ids, and nothing about the person. */
const Token = z.object({ organizationId: OrganizationId, sessionId: SessionId });

export const parseSessionKey = (token: unknown): SessionKey | null =>
  Token.safeParse(token).data ?? null;

/**
 * Decrypts the session in a cookie; null if the cookie was not made here or is too old. The session may have ended
 * since: only the database knows.
 */
export async function readSessionKey(cookie: string | undefined): Promise<SessionKey | null> {
  if (cookie === undefined) return null;
  // `decode` throws for anything it cannot decrypt: then nobody is signed in.
  const token = await decode({ token: cookie, secret: env().AUTH_SECRET }).catch(() => null);
  return parseSessionKey(token);
}

/** Options of a cookie for one public page, for `maxAge` seconds. Under https it is never sent over plain http. */
export const publicCookie = (path: string, maxAge: number) =>
  ({ path, maxAge, httpOnly: true, sameSite: "strict", secure: isSecure() }) as const;

/** Options of a cookie for the page `/my` of an organization, for `maxAge` seconds. */
export const ownRecordCookie = (address: string, maxAge: number) =>
  publicCookie(`/my/${address}`, maxAge);

/** Name and options of the browser token's cookie, which outlives sessions. */
export const browserCookie = () => ({
  name: isSecure() ? "__Host-ringfence-browser" : "ringfence-browser",
  options: {
    httpOnly: true,
    sameSite: "lax",
    path: "/",
    secure: isSecure(),
    maxAge: PLACE_DAYS * 86_400,
  } as const,
});

/** Token in the cookie of the browser; null without one. */
export const readBrowserToken = async (): Promise<string | null> =>
  (await cookies()).get(browserCookie().name)?.value ?? null;

/**
 * Has the browser keep its token. The token grants no access: sign-ins in a browser where the member signed in
 * before are not delayed by guesses elsewhere, and a passkey answers only a challenge that was issued to the same
 * browser.
 */
export async function saveBrowserToken(token: string) {
  const { name, options } = browserCookie();
  (await cookies()).set(name, token, options);
}

/** Returns the browser's token. A browser without one gets a new one with this answer. */
export async function ensureBrowserCookie(keys: Keys): Promise<string> {
  const carried = await readBrowserToken();
  const token = ensureBrowserToken(keys, carried);
  if (token !== carried) await saveBrowserToken(token);
  return token;
}
