import "server-only";
import { cookies } from "next/headers";
import { z } from "zod";

/** What a person was writing when what a code had opened was over. */
const Draft = z.object({ text: z.string().max(2_000), callId: z.uuid().nullable() });
export type Draft = z.infer<typeof Draft>;

/** A browser keeps 4 KB in one cookie, and a text may take thrice that. */
const PLACES = [0, 1, 2] as const;
const LENGTH = 3_500;
const SECONDS = 15 * 60;

const nameOf = (place: number) => `draft-${place}`;
const cookieOf = (address: string, maxAge: number) =>
  ({ path: `/my/${address}`, maxAge, httpOnly: true, sameSite: "strict" }) as const;

/** In the person's own browser, until there was time for another code. */
export async function keepDraft(address: string, draft: Draft) {
  const written = Buffer.from(JSON.stringify(draft)).toString("base64url");
  const jar = await cookies();
  for (const place of PLACES) {
    const part = written.slice(place * LENGTH, (place + 1) * LENGTH);
    jar.set(nameOf(place), part, cookieOf(address, part === "" ? 0 : SECONDS));
  }
}

export async function keptDraft(): Promise<Draft | null> {
  const jar = await cookies();
  const written = PLACES.map((place) => jar.get(nameOf(place))?.value ?? "").join("");
  try {
    return Draft.parse(JSON.parse(Buffer.from(written, "base64url").toString()));
  } catch {
    return null;
  }
}

export async function forgetDraft(address: string) {
  const jar = await cookies();
  for (const place of PLACES) jar.set(nameOf(place), "", cookieOf(address, 0));
}
