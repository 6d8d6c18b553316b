import "server-only";
import { isSecure } from "./session-cookie";

/** Options of a cookie for one public page. Under https it is never sent over plain http. */
export const publicCookie = (path: string, maxAge: number) =>
  ({ path, maxAge, httpOnly: true, sameSite: "strict", secure: isSecure() }) as const;

/** Options of a cookie for the page `/my` of an organization. */
export const ownRecordCookie = (address: string, maxAge: number) =>
  publicCookie(`/my/${address}`, maxAge);
