import "server-only";
import { isSecure } from "./session-cookie";

/** A cookie of a public page, in the person's own browser: it goes back to that page alone, and never over plain http where we have https. */
export const publicCookie = (path: string, maxAge: number) =>
  ({ path, maxAge, httpOnly: true, sameSite: "strict", secure: isSecure() }) as const;
