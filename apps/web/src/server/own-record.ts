import "server-only";
import { openOwnRecord } from "@ringfence/services/desk/own-record";
import { openPublicPage } from "@ringfence/services/do-not-call/stop-page";
import { cookies } from "next/headers";
import { installation } from "./db";
import { ownRecordCookie } from "./public-cookie";
import { orNotFound } from "./public-form";

const NAME = "own-record";
const SECONDS = 30 * 60;

/** Opens an organization's page `/my` for an anonymous visitor. */
export const visitingOwn = (address: string) =>
  orNotFound(() => openPublicPage(installation(), address, "my"));

/** Stores the access that a correct code opened in the person's browser. */
export async function keepOpened(address: string, link: string) {
  (await cookies()).set(NAME, link, ownRecordCookie(address, SECONDS));
}

export async function forgetOpened(address: string) {
  (await cookies()).set(NAME, "", ownRecordCookie(address, 0));
}

/** Record of an organization that this browser has opened; null if there is none. */
export async function openedOwn(organizationId: string) {
  const link = (await cookies()).get(NAME)?.value;
  const opened = link === undefined ? null : await openOwnRecord(installation(), link);
  return opened?.ctx.organizationId === organizationId ? opened : null;
}
