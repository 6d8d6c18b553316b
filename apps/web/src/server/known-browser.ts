import "server-only";
import { PLACE_DAYS } from "@ringfence/services/account/member";
import { cookies } from "next/headers";
import { isSecure } from "./session-cookie";

/** The prefix `__Host-` prevents other hosts and paths from setting the cookie. */
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

/** Token of a browser in which somebody signed in before; null without one. */
export const readBrowserToken = async (): Promise<string | null> =>
  (await cookies()).get(browserCookie().name)?.value ?? null;

/**
 * Marks the browser as known. The token grants no access: sign-ins in a known browser are not delayed by
 * guesses elsewhere.
 */
export async function saveBrowserToken(token: string) {
  const { name, options } = browserCookie();
  (await cookies()).set(name, token, options);
}
