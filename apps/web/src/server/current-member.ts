import "server-only";
import { currentMember as memberOfSession } from "@ringfence/services/member";
import { cookies } from "next/headers";
import { cache } from "react";
import { db } from "./db";
import { readSessionKey, sessionCookie } from "./session-cookie";

/** Who is signed in; null for nobody. Asked of the database once in a request, and in each anew. */
export const currentMember = cache(async () => {
  const cookie = (await cookies()).get(sessionCookie().name);
  const session = await readSessionKey(cookie?.value);
  return session && memberOfSession(db(), session);
});
