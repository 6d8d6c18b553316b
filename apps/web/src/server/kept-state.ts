import "server-only";
import { cookies } from "next/headers";
import { z } from "zod";
import { publicCookie } from "./public-cookie";

/** What was wrong, by field, and what the person had typed, so that they need not type it again. */
const KeptState = z.object({
  faults: z.record(z.string(), z.string()),
  given: z.record(z.string(), z.string()),
});
export type KeptState = z.infer<typeof KeptState>;

export const nothingKept: KeptState = { faults: {}, given: {} };

const NAME = "form";
const SECONDS = 60;

/** For a page of the public, in the person's own browser for a minute: what they type never stands in an address. */
export async function keepState(path: string, state: KeptState) {
  (await cookies()).set(NAME, JSON.stringify(state), publicCookie(path, SECONDS));
}

/** What the form was sent back with; nothing where it was not. */
export async function keptState(): Promise<KeptState> {
  const kept = (await cookies()).get(NAME)?.value ?? "";
  try {
    return KeptState.parse(JSON.parse(kept));
  } catch {
    return nothingKept;
  }
}
