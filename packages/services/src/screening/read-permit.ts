import { Phone } from "@ringfence/core/phone";
import { PurposeKey } from "@ringfence/core/purpose";
import { Dialer } from "@ringfence/core/screening";
import { z } from "zod";
import type { RootContext } from "../context.ts";

const Claims = z.object({
  iss: z.string(),
  jti: z.uuid(),
  sub: Phone,
  seller: z.string(),
  purpose: PurposeKey,
  dialer: Dialer,
  campaign: z.string().optional(),
  exp: z.int(),
});
export type PermitClaims = z.infer<typeof Claims>;

/** Three parts of base64url, and nothing that another reader could take for something else. */
const COMPACT = /^([\w-]+)\.([\w-]+)\.([\w-]{86})$/;

/**
 * What a permit says, where it is one that this installation gave to this organization; else null. It
 * may have ended. The header is not asked which algorithm it wants: there is one way, and our own keys.
 */
export function readPermit(
  { keys, organizationId }: Pick<RootContext, "keys" | "organizationId">,
  permit: string,
): PermitClaims | null {
  const [, header = "", payload = "", signature = ""] = COMPACT.exec(permit) ?? [];
  const signed = Buffer.from(`${header}.${payload}`);
  const bytes = Buffer.from(signature, "base64url");
  if (!keys.permitKeys.some((key) => key.verify(signed, bytes))) return null;

  const { typ } = decode(header);
  const { data } = Claims.safeParse(decode(payload));
  const isOurs = typ === "ringfence-permit+jwt" && data?.iss === `ringfence:${organizationId}`;
  return isOurs ? data : null;
}

const decode = (part: string) => JSON.parse(Buffer.from(part, "base64url").toString());
