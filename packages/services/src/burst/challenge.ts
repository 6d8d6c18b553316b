import { isWorkDone } from "@ringfence/core/opt-out";
import type { TransactionContext } from "../context.ts";

/** So long a page may lie open before its work counts no more. */
const LIFE_MS = 2 * 3_600_000;

const ID_BYTES = 16;
const MAC_BYTES = 16;

type Signed = Pick<TransactionContext, "keys" | "organizationId" | "now">;

/** What a page asks a browser to work for: signed, for a time, for one refusal. */
export function createChallenge({ keys, organizationId, now }: Signed): string {
  const id = Buffer.from(keys.random(ID_BYTES)).toString("base64url");
  const text = `${id}.${now.getTime() + LIFE_MS}`;
  const mac = keys.mac(organizationId, "refusal challenge", text).subarray(0, MAC_BYTES);
  return `${text}.${Buffer.from(mac).toString("base64url")}`;
}

/** When a challenge ends; null for one that we did not make, or that has ended. */
function endOf({ keys, organizationId, now }: Signed, challenge: string): Date | null {
  const [id = "", end = "", sent = ""] = challenge.split(".");
  const mac = Buffer.from(sent, "base64url");
  if (mac.length !== MAC_BYTES) return null;
  if (!keys.isMac(organizationId, "refusal challenge", `${id}.${end}`, mac)) return null;
  return Number(end) > now.getTime() ? new Date(Number(end)) : null;
}

export type Work = { challenge: string; nonce: string };

/** Whether work was done for a challenge of ours, which is then used up: no other refusal has it. */
export async function useWork(
  ctx: TransactionContext,
  { challenge, nonce }: Work,
): Promise<boolean> {
  const { db, organizationId } = ctx;
  const end = endOf(ctx, challenge);
  if (end === null || !isWorkDone(challenge, nonce)) return false;
  const used = await db.$executeRaw`
    INSERT INTO used_challenge (organization_id, challenge, expires_at)
    VALUES (${organizationId}::uuid, ${challenge}, ${end})
    ON CONFLICT DO NOTHING`;
  return used === 1;
}
