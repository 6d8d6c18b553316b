import "server-only";
import { openOwnRecord } from "@ringfence/services/desk/own-record";
import { openPublicPage } from "@ringfence/services/do-not-call/stop-page";
import { cookies } from "next/headers";
import { decode, encode } from "next-auth/jwt";
import { z } from "zod";
import { installation } from "./installation";
import { ownRecordCookie } from "./cookies";
import { orNotFound } from "./public-form";
import { env } from "../env";

const NAME = "own-record";
const OPEN_SECONDS = 30 * 60;

/** Opens an organization's page `/my` for an anonymous visitor. */
export const loadOwnPage = (address: string) =>
  orNotFound(() => openPublicPage(installation(), address, "my"));

/** Stores the access that a correct code opened in the person's browser. */
export async function saveOpenedRecord(address: string, link: string) {
  (await cookies()).set(NAME, link, ownRecordCookie(address, OPEN_SECONDS));
}

export async function closeOpenedRecord(address: string) {
  (await cookies()).set(NAME, "", ownRecordCookie(address, 0));
}

/** Record of an organization that this browser has opened; null if there is none. */
export async function findOpenedRecord(organizationId: string) {
  const link = (await cookies()).get(NAME)?.value;
  const opened = link === undefined ? null : await openOwnRecord(installation(), link);
  return opened?.ctx.organizationId === organizationId ? opened : null;
}

/** The same, for a file; null also for a record that was opened by a code that was read aloud, which opens no file. */
export async function findRecordForFile(organizationId: string) {
  const opened = await findOpenedRecord(organizationId);
  return opened?.ctx.actor.code === "spoken" ? null : opened;
}

/** Text that a person was writing when their access expired. */
const Draft = z.object({
  text: z.string().max(2_000),
  callId: z.uuid().nullable(),
  refusesCalls: z.boolean(),
  /** Phone that the text was written for. In a shared browser, nobody else may read or send it. */
  phoneId: z.uuid(),
});
export type Draft = z.infer<typeof Draft>;

/** A browser limits a cookie to 4 KB, and an encrypted text may need three of them. */
const COOKIE_PARTS = [0, 1, 2] as const;
const PART_LENGTH = 3_500;
const DRAFT_SECONDS = 15 * 60;
/** Longest time that a page may stay open with unsent text. */
const MAX_OPEN_SECONDS = 24 * 3_600;

const cookieName = (part: number) => `draft-${part}`;

/** Encrypts a token (JWE, A256GCM) that only this server can open, for a day. */
const seal = (use: "draft" | "owner", token: object) =>
  encode({
    salt: `ringfence.${use}`,
    token: { ...token },
    maxAge: MAX_OPEN_SECONDS,
    secret: env().AUTH_SECRET,
  });
const unseal = (use: "draft" | "owner", token: string) =>
  decode({ salt: `ringfence.${use}`, token, secret: env().AUTH_SECRET }).catch(() => null);

const Owner = z.object({ phoneId: z.uuid() });

/**
 * Seals the owner of a form, which may be sent after their access expired or while another person is
 * there.
 */
export const sealOwner = (phoneId: string): Promise<string> => seal("owner", { phoneId });

/** Null for tokens that were not sealed here. */
export const unsealOwner = async (owner: string): Promise<string | null> =>
  Owner.safeParse(await unseal("owner", owner)).data?.phoneId ?? null;

/** Stores the draft in the person's browser long enough to get another code. */
export async function saveDraft(address: string, draft: Draft) {
  const written = await seal("draft", draft);
  const jar = await cookies();
  for (const part of COOKIE_PARTS) {
    const text = written.slice(part * PART_LENGTH, (part + 1) * PART_LENGTH);
    jar.set(cookieName(part), text, ownRecordCookie(address, text === "" ? 0 : DRAFT_SECONDS));
  }
}

export async function readDraft(): Promise<Draft | null> {
  const jar = await cookies();
  const written = COOKIE_PARTS.map((part) => jar.get(cookieName(part))?.value ?? "").join("");
  return Draft.safeParse(await unseal("draft", written)).data ?? null;
}

export async function deleteDraft(address: string) {
  const jar = await cookies();
  for (const part of COOKIE_PARTS) jar.set(cookieName(part), "", ownRecordCookie(address, 0));
}
