import { timingSafeEqual } from "node:crypto";
import type { CaptureFormId, OrganizationId } from "@ringfence/core/ids";
import { z } from "zod";
import type { Keys } from "../keys/open-keys.ts";

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
  return `${said}.${macOf(keys, organizationId, said, sealed).toString("base64url")}`;
};

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
  text: string,
  sealed: Sealed,
): FormToken | null {
  const { data } = Parts.safeParse(text.split("."));
  if (data === undefined) return null;
  const [id, issuedAtMs, version, mac] = data;
  const said = text.slice(0, text.lastIndexOf("."));
  const own = macOf(keys, organizationId, said, sealed);
  const sent = Buffer.from(mac, "base64url");
  if (sent.length !== own.length || !timingSafeEqual(sent, own)) return null;
  return { id, issuedAt: new Date(issuedAtMs), version, ...sealed };
}

const macOf = (
  keys: Keys,
  organizationId: OrganizationId,
  said: string,
  { formId, origin }: Sealed,
) => Buffer.from(keys.mac(organizationId, "form token", JSON.stringify([said, formId, origin])));
