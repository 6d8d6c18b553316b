import "server-only";
import { PLACE_DAYS } from "@ringfence/services/account/member";
import { cookies } from "next/headers";
import { isSecure } from "./session-cookie";

/** `__Host-`: no other host, and no path below, may set it. */
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

/** The token by which a browser is known in which somebody signed in before; null without one. */
export const readBrowserToken = async (): Promise<string | null> =>
  (await cookies()).get(browserCookie().name)?.value ?? null;

/** Makes a browser known. The token opens nothing: in it, guesses from elsewhere do not delay a sign-in. */
export async function saveBrowserToken(token: string) {
  const { name, options } = browserCookie();
  (await cookies()).set(name, token, options);
}
