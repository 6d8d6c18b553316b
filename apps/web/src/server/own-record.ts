import "server-only";
import { openOwnRecord } from "@ringfence/services/desk/own-record";
import { openPublicPage } from "@ringfence/services/do-not-call/stop-page";
import { cookies } from "next/headers";
import { installation } from "./db";
import { ownRecordCookie } from "./public-cookie";
import { orNotFound } from "./public-form";

const NAME = "own-record";
const SECONDS = 30 * 60;

/** On behalf of anybody who opens a page of an organization. */
export const visitingOwn = (address: string) =>
  orNotFound(() => openPublicPage(installation(), address, "my"));

/** What a right code gave, kept in the person's own browser for as long as it opens. */
export async function keepOpened(address: string, link: string) {
  (await cookies()).set(NAME, link, ownRecordCookie(address, SECONDS));
}

export async function forgetOpened(address: string) {
  (await cookies()).set(NAME, "", ownRecordCookie(address, 0));
}

/** The record that this browser has opened of an organization; null where there is none. */
export async function openedOwn(organizationId: string) {
  const link = (await cookies()).get(NAME)?.value;
  const opened = link === undefined ? null : await openOwnRecord(installation(), link);
  return opened?.ctx.organizationId === organizationId ? opened : null;
}
