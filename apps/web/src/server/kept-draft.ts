import "server-only";
import { decode, encode } from "next-auth/jwt";
import { cookies } from "next/headers";
import { z } from "zod";
import { env } from "../env";
import { ownRecordCookie } from "./public-cookie";

/** Text that a person was writing when their access expired. */
const Draft = z.object({
  text: z.string().max(2_000),
  callId: z.uuid().nullable(),
  /** Phone that the text was written for. In a shared browser, nobody else may read or send it. */
  phoneId: z.uuid(),
});
export type Draft = z.infer<typeof Draft>;

/** A browser limits a cookie to 4 KB, and an encrypted text may need three of them. */
const PLACES = [0, 1, 2] as const;
const LENGTH = 3_500;
const SECONDS = 15 * 60;
/** Longest time that a page may stay open with unsent text. */
const A_DAY = 24 * 3_600;

const cookieName = (place: number) => `draft-${place}`;

/** Encrypts a token (JWE, A256GCM) that only this server can open. */
const seal = (use: "draft" | "owner", token: object) =>
  encode({
    salt: `ringfence.${use}`,
    token: { ...token },
    maxAge: A_DAY,
    secret: env().AUTH_SECRET,
  });
const unseal = (use: "draft" | "owner", token: string) =>
  decode({ salt: `ringfence.${use}`, token, secret: env().AUTH_SECRET }).catch(() => null);

const Owner = z.object({ phoneId: z.uuid() });

/**
 * Seals the owner of a form, which may be sent after their access expired or while another person is
 * there.
 */
export const sealOwner = (phoneId: string): Promise<string> => seal("owner", { phoneId });

/** Null for tokens that were not sealed here. */
export const unsealOwner = async (owner: string): Promise<string | null> =>
  Owner.safeParse(await unseal("owner", owner)).data?.phoneId ?? null;

/** Stores the draft in the person's browser long enough to get another code. */
export async function keepDraft(address: string, draft: Draft) {
  const written = await seal("draft", draft);
  const jar = await cookies();
  for (const place of PLACES) {
    const part = written.slice(place * LENGTH, (place + 1) * LENGTH);
    jar.set(cookieName(place), part, ownRecordCookie(address, part === "" ? 0 : SECONDS));
  }
}

export async function keptDraft(): Promise<Draft | null> {
  const jar = await cookies();
  const written = PLACES.map((place) => jar.get(cookieName(place))?.value ?? "").join("");
  return Draft.safeParse(await unseal("draft", written)).data ?? null;
}

export async function forgetDraft(address: string) {
  const jar = await cookies();
  for (const place of PLACES) jar.set(cookieName(place), "", ownRecordCookie(address, 0));
}
