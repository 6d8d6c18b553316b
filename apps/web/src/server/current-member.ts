import "server-only";
import { findCurrentMember as memberOfSession } from "@ringfence/services/account/member";
import { cookies } from "next/headers";
import { cache } from "react";
import { db } from "./db";
import { readSessionKey, sessionCookie } from "./session-cookie";

/**
 * Who is signed in, also with a first password, when all they may do is choose another; null for nobody.
 * Asked of the database once in a request, and in each anew.
 */
export const signedIn = cache(async () => {
  const cookie = (await cookies()).get(sessionCookie().name);
  const session = await readSessionKey(cookie?.value);
  return session && memberOfSession(db(), session);
});

/** Who is signed in, with a password of their own; null for everybody else, as if they were nobody. */
export const currentMember = cache(async () => {
  const member = await signedIn();
  return member?.hasFirstPassword ? null : member;
});
