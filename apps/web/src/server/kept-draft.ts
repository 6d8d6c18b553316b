import "server-only";
import { decode, encode } from "next-auth/jwt";
import { cookies } from "next/headers";
import { z } from "zod";
import { env } from "../env";
import { ownRecordCookie } from "./public-cookie";

/** What a person was writing when what a code had opened was over. */
const Draft = z.object({
  text: z.string().max(2_000),
  callId: z.uuid().nullable(),
  /** Whose phone it was written for: in a browser that others use, nobody else reads or sends it. */
  phoneId: z.uuid(),
});
export type Draft = z.infer<typeof Draft>;

/** A browser keeps 4 KB in one cookie, and a text may take thrice that. */
const PLACES = [0, 1, 2] as const;
const LENGTH = 3_500;
const SECONDS = 15 * 60;
/** For as long as a page may stand open with a text in it. */
const A_DAY = 24 * 3_600;

const nameOf = (place: number) => `draft-${place}`;

/** JWE (A256GCM), that only we open. */
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

/** Whose a form is: it may be sent when nothing is open any more, or when another person is there. */
export const sealOwner = (phoneId: string): Promise<string> => seal("owner", { phoneId });

/** Null for what we did not seal. */
export const unsealOwner = async (owner: string): Promise<string | null> =>
  Owner.safeParse(await unseal("owner", owner)).data?.phoneId ?? null;

/** In the person's own browser, until there was time for another code. */
export async function keepDraft(address: string, draft: Draft) {
  const written = await seal("draft", draft);
  const jar = await cookies();
  for (const place of PLACES) {
    const part = written.slice(place * LENGTH, (place + 1) * LENGTH);
    jar.set(nameOf(place), part, ownRecordCookie(address, part === "" ? 0 : SECONDS));
  }
}

export async function keptDraft(): Promise<Draft | null> {
  const jar = await cookies();
  const written = PLACES.map((place) => jar.get(nameOf(place))?.value ?? "").join("");
  return Draft.safeParse(await unseal("draft", written)).data ?? null;
}

export async function forgetDraft(address: string) {
  const jar = await cookies();
  for (const place of PLACES) jar.set(nameOf(place), "", ownRecordCookie(address, 0));
}
