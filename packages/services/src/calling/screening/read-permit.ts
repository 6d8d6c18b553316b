import { Phone } from "@ringfence/core/people/phone";
import { PurposeKey } from "@ringfence/core/account/purpose";
import { Dialer } from "@ringfence/core/account/organization";
import { z } from "zod";
import type { RootContext } from "../../platform/context.ts";

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
 * Reads what a permit says, if this installation issued it to this organization; otherwise null. It may have
 * expired. The algorithm in the header is ignored: there is only one, and only our own keys.
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
