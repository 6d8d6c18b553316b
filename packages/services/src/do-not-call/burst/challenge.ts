import { isWorkDone } from "@ringfence/core/do-not-call/burst";
import type { TransactionContext } from "../../platform/internal.ts";
import type { Db } from "@ringfence/db";
import { z } from "zod";

/** Time a page may stay open before its challenge expires. */
const CHALLENGE_LIFE_MS = 2 * 3_600_000;

const ID_BYTES = 16;
const MAC_BYTES = 16;

type SigningContext = Pick<TransactionContext, "keys" | "organizationId" | "now">;

/**
 * Creates the challenge that a visitor's browser has to solve. It is signed, expires after two hours, and counts
 * for one request. Nothing is stored until `acceptSolvedChallenge` uses it up.
 */
export function createChallenge({ keys, organizationId, now }: SigningContext): string {
  const id = Buffer.from(keys.random(ID_BYTES)).toString("base64url");
  const text = `${id}.${now.getTime() + CHALLENGE_LIFE_MS}`;
  const mac = keys.mac(organizationId, "refusal challenge", text).subarray(0, MAC_BYTES);
  return `${text}.${Buffer.from(mac).toString("base64url")}`;
}

/**
 * Returns when a challenge expires. Null if we did not create it, or it has expired. It has to be written as we
 * wrote it: with other text behind it, or its MAC spelled otherwise, it would count again.
 */
function findExpiry({ keys, organizationId, now }: SigningContext, challenge: string): Date | null {
  const [id = "", end = "", sent = ""] = challenge.split(".");
  const mac = Buffer.from(sent, "base64url");
  if (challenge !== `${id}.${end}.${mac.toString("base64url")}`) return null;
  if (mac.length !== MAC_BYTES) return null;
  if (!keys.isMac(organizationId, "refusal challenge", `${id}.${end}`, mac)) return null;
  return Number(end) > now.getTime() ? new Date(Number(end)) : null;
}

/** A solved challenge. */
export const SolvedChallenge = z.strictObject({ challenge: z.string(), nonce: z.string() });
export type SolvedChallenge = z.infer<typeof SolvedChallenge>;

/**
 * True if the work solves a challenge of ours. The challenge is then used up, so that no other request can
 * use it.
 */
export async function acceptSolvedChallenge(
  ctx: TransactionContext,
  { challenge, nonce }: SolvedChallenge,
): Promise<boolean> {
  const { db, organizationId } = ctx;
  const end = findExpiry(ctx, challenge);
  if (end === null || !isWorkDone(challenge, nonce)) return false;
  const used = await db.$executeRaw`
    INSERT INTO used_challenge (organization_id, challenge, expires_at)
    VALUES (${organizationId}::uuid, ${challenge}, ${end})
    ON CONFLICT DO NOTHING`;
  return used === 1;
}

/**
 * Deletes used challenges that have expired, and returns their number. Crosses organizations, which only the
 * sweep may do.
 */
export const forgetChallenges = ({ prisma }: Db): Promise<number> =>
  prisma.$executeRaw`DELETE FROM used_challenge WHERE expires_at <= now()`;
