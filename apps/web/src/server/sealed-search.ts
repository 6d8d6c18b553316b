import "server-only";
import { decode, encode } from "next-auth/jwt";
import { z } from "zod";
import { env } from "../env";
import { currentMember } from "./current-member";

/**
 * Seals typed text (JWE, A256GCM), so that it may appear in an address. It opens for an hour, and only in
 * the session that sealed it. Back and reload keep working.
 */
const SEAL = { salt: "ringfence.sealed-text", maxAge: 3_600 };

const Sealed = z.object({ text: z.string(), sessionId: z.string() });

export async function sealText(text: string): Promise<string> {
  const member = await currentMember();
  const token = { text, sessionId: member?.sessionId };
  return encode({ ...SEAL, token, secret: env().AUTH_SECRET });
}

/** Null unless this session sealed it within the last hour. */
export async function unsealText(token: string): Promise<string | null> {
  const member = await currentMember();
  const opened = await decode({ ...SEAL, token, secret: env().AUTH_SECRET }).catch(() => null);
  const { data } = Sealed.safeParse(opened);
  return data && data.sessionId === member?.sessionId ? data.text : null;
}

/** A search text is cut to this length. Nothing that identifies a person is longer. */
const MAX_CHARACTERS = 128;

/** Seals the text of a search form, so that it may appear in an address; null for empty text. */
export async function sealSearch(given: FormData): Promise<string | null> {
  const search = given.get("search");
  const text = typeof search === "string" ? search.trim().slice(0, MAX_CHARACTERS) : "";
  return text === "" ? null : sealText(text);
}

/** Opens a sealed search. `isOver` is true if another session sealed it, or if that was over an hour ago. */
export async function openSearch(
  sealed: string | null,
): Promise<{ search: string | null; isOver: boolean }> {
  const search = sealed === null ? null : await unsealText(sealed);
  return { search, isOver: sealed !== null && search === null };
}
