import { randomInt } from "node:crypto";
import { startSession } from "../src/account/member/sign-in.ts";
import type { aMember } from "./members.ts";
import { db, keys } from "./scenes.ts";

export const wrongPassword = "a field of thistles";

/** An address that no other test uses. */
export const anAddress = () => `198.18.${randomInt(256)}.${randomInt(256)}`;

export type Where = { address?: string | null; browser?: string | null };

export const tryToSignIn = (
  signIn: Parameters<typeof startSession>[1],
  { address = null, browser = null }: Where = {},
) => startSession({ db, keys }, signIn, address, browser);

/** Shortens every wait for the next sign-in by some seconds, in all organizations, as if they had passed. */
export const passSeconds = (seconds: number) =>
  db.pool.query("UPDATE sign_in_attempt SET next_at = next_at - make_interval(secs => $1)", [
    seconds,
  ]);

/** Extends every wait by an hour, so that a slow machine still finds it. */
const holdWaits = () => passSeconds(-3600);

/**
 * Makes concurrent attempts with wrong passwords and returns their outcomes. Extends all waits, so that a
 * slow machine still finds them.
 */
export async function guess(times: number, attempt: () => Where & { email: string }) {
  const outcomes = await Promise.all(
    Array.from({ length: times }, () => {
      const { email, ...where } = attempt();
      return tryToSignIn({ email, password: wrongPassword }, where);
    }),
  );
  await holdWaits();
  return outcomes.map(({ outcome }) => outcome);
}

export const guessAt = (email: string, where: () => Where = () => ({}), times = 12) =>
  guess(times, () => ({ email, ...where() }));

/** Returns how long the next attempt for a member waits after the last counted one. */
export async function waitAfter(memberId: string): Promise<number> {
  const { rows } = await db.pool.query<{ seconds: number }>(
    `SELECT round(extract(epoch FROM next_at - until + interval '1 day'))::int AS seconds
     FROM sign_in_attempt WHERE subject = encode(sha256(convert_to('account:' || $1, 'UTF8')), 'hex')`,
    [memberId],
  );
  return rows[0]?.seconds ?? 0;
}

/** Signs a member in, and returns what their browser carries from then on. */
export async function signInAt(member: Awaited<ReturnType<typeof aMember>>, where: Where) {
  const started = await tryToSignIn(member.signIn, where);
  if (started.outcome !== "started") throw new Error(started.outcome);
  return started.browser;
}
