import type { CaptureFormId, OrganizationId } from "@ringfence/core/ids";
import { z } from "zod";
import type { Keys } from "../keys/keys.ts";

/** What a token stands for. It is not stored: that only we can have written it, its code proves. */
export type FormToken = {
  /** By which a second use is known. */
  id: string;
  issuedAt: Date;
  formId: CaptureFormId;
  version: number;
  /** Of the page that asked for it; null for the hosted page. */
  origin: string | null;
};

type Sealed = Pick<FormToken, "formId" | "origin">;

export const writeFormToken = (
  keys: Keys,
  organizationId: OrganizationId,
  { id, issuedAt, version, ...sealed }: FormToken,
) => {
  const said = `${id}.${issuedAt.getTime()}.${version}`;
  const mac = keys.mac(organizationId, "form token", textOf(said, sealed));
  return `${said}.${Buffer.from(mac).toString("base64url")}`;
};

/** SHA-256: no shorter code is taken. */
const MAC_BYTES = 32;

const Parts = z.tuple([
  z.uuid(),
  z.coerce.number().int().positive().max(8.64e15),
  z.coerce.number().int().positive(),
  z.base64url(),
]);

/** Null for what we did not write, or wrote for another form or a page of another origin. */
export function readFormToken(
  keys: Keys,
  organizationId: OrganizationId,
  token: string,
  sealed: Sealed,
): FormToken | null {
  const { data } = Parts.safeParse(token.split("."));
  if (data === undefined) return null;
  const [id, issuedAtMs, version, mac] = data;
  const said = token.slice(0, token.lastIndexOf("."));
  const sent = Buffer.from(mac, "base64url");
  const text = textOf(said, sealed);
  if (sent.length !== MAC_BYTES || !keys.isMac(organizationId, "form token", text, sent)) {
    return null;
  }
  return { id, issuedAt: new Date(issuedAtMs), version, ...sealed };
}

const textOf = (said: string, { formId, origin }: Sealed) => JSON.stringify([said, formId, origin]);
