import type { CaptureFormId, OrganizationId } from "@ringfence/core/ids";
import { z } from "zod";
import type { Keys } from "../../platform/keys/keys.ts";

/** What a token stands for. It is not stored: that only we can have written it, its code proves. */
export type FormToken = {
  /** By which a second use is known. */
  id: string;
  issuedAt: Date;
  formId: CaptureFormId;
  version: number;
  shownOn: ShownOn;
};

/**
 * The page that got the token. Each kind has a key of its own, so that a token of one is none of the other.
 * `page` is all that the hosted page showed, as JSON: whoever sends another text has no token for it.
 */
export type ShownOn = { type: "embedded"; origin: string } | { type: "hosted"; page: string };

type Sealed = Pick<FormToken, "formId" | "shownOn">;

export const writeFormToken = (
  keys: Keys,
  organizationId: OrganizationId,
  { id, issuedAt, version, ...sealed }: FormToken,
) => {
  const head = `${id}.${issuedAt.getTime()}.${version}`;
  const mac = keys.mac(organizationId, tokenUse(sealed), sealedText(head, sealed));
  return `${head}.${Buffer.from(mac).toString("base64url")}`;
};

/** SHA-256: no shorter code is taken. */
const MAC_BYTES = 32;

const Parts = z.tuple([
  z.uuid(),
  z.coerce.number().int().positive().max(8.64e15),
  z.coerce.number().int().positive(),
  z.base64url(),
]);

/** Null for what we did not write, or wrote for another form, another origin or another page. */
export function readFormToken(
  keys: Keys,
  organizationId: OrganizationId,
  token: string,
  sealed: Sealed,
): FormToken | null {
  const { data } = Parts.safeParse(token.split("."));
  if (data === undefined) return null;
  const [id, issuedAtMs, version, mac] = data;
  const head = token.slice(0, token.lastIndexOf("."));
  const sent = Buffer.from(mac, "base64url");
  const text = sealedText(head, sealed);
  if (sent.length !== MAC_BYTES || !keys.isMac(organizationId, tokenUse(sealed), text, sent)) {
    return null;
  }
  return { id, issuedAt: new Date(issuedAtMs), version, ...sealed };
}

const tokenUse = ({ shownOn }: Sealed) =>
  shownOn.type === "hosted" ? "hosted form token" : "form token";

const sealedText = (head: string, { formId, shownOn }: Sealed) =>
  JSON.stringify([head, formId, shownOn.type === "hosted" ? shownOn.page : shownOn.origin]);
