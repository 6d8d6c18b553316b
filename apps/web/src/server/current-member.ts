import "server-only";
import { findCurrentMember as memberOfSession } from "@ringfence/services/account/member";
import { cookies } from "next/headers";
import { cache } from "react";
import { db } from "./db";
import { readSessionKey, sessionCookie } from "./session-cookie";

/**
 * The signed-in member, including one with a first password, who may only choose another; null if nobody
 * is signed in. The database is asked once per request.
 */
export const signedIn = cache(async () => {
  const cookie = (await cookies()).get(sessionCookie().name);
  const session = await readSessionKey(cookie?.value);
  return session && memberOfSession(db(), session);
});

/** The signed-in member with a password of their own; null for everybody else. */
export const currentMember = cache(async () => {
  const member = await signedIn();
  return member?.hasFirstPassword ? null : member;
});
