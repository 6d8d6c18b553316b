import "server-only";
import { cookies } from "next/headers";
import { z } from "zod";
import { publicCookie } from "./cookies";

/** Faults by field, and the typed values, so that the person need not type them again. */
const KeptState = z.object({
  faults: z.record(z.string(), z.string()),
  given: z.record(z.string(), z.string()),
});
export type KeptState = z.infer<typeof KeptState>;

export const nothingKept: KeptState = { faults: {}, given: {} };

const NAME = "form";
const SECONDS = 60;

/**
 * Stores the state of a public form in the person's browser for a minute, because typed data must not
 * appear in an address.
 */
export async function keepState(path: string, state: KeptState) {
  (await cookies()).set(NAME, JSON.stringify(state), publicCookie(path, SECONDS));
}

/** Reads the state that a form was sent back with; empty if there is none. */
export async function keptState(): Promise<KeptState> {
  const kept = (await cookies()).get(NAME)?.value ?? "";
  try {
    return KeptState.parse(JSON.parse(kept));
  } catch {
    return nothingKept;
  }
}
