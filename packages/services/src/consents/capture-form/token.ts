import { sql } from "kysely";
import {
  type Keys,
  ServiceError,
  type TransactionContext,
  command,
  query,
  selectRows,
} from "../../platform/internal.ts";
import { z } from "zod";
import { type CaptureFormSettings, IssueFormToken } from "@ringfence/core/consents/capture-form";
import type { DisclosureAsks } from "@ringfence/core/consents/disclosure";
import type { CaptureFormId, DisclosureId, OrganizationId, PhoneId } from "@ringfence/core/ids";
import { requireFormActor, type PublishedForm, loadPublishedForm } from "./capture-form.ts";
import type { Db } from "@ringfence/db";

/** A token with everything a page needs to show a form and submit it once. */
export type IssuedToken = {
  token: string;
  issuedAt: Date;
  version: number;
  fields: Pick<CaptureFormSettings, "name" | "email">;
  /** All texts that it asks; the page's words are compared with them. */
  disclosures: readonly {
    id: DisclosureId;
    version: number;
    asks: DisclosureAsks;
    language: string;
    text: string;
  }[];
};

/**
 * Issues a token for one submission to a page of another site. `origin` is what the page's browser reports.
 */
export const issueFormToken = command({
  name: "issueFormToken",
  action: "consent.capture",
  input: IssueFormToken,
  run: async (ctx, { origin }): Promise<IssuedToken> => {
    const form = await loadPublishedForm(ctx, requireFormActor(ctx));
    const { id: formId, version, settings, disclosures } = form;
    const shownOn = { type: "embedded", origin: assertAllowedOrigin(settings, origin) } as const;
    return {
      ...(await createToken(ctx, { formId, version, shownOn })),
      version,
      fields: { name: settings.name, email: settings.email },
      disclosures: disclosures.map(({ id, version, language, text, terms }) => ({
        id,
        version,
        asks: terms.asks,
        language,
        text,
      })),
    };
  },
  audit: "none",
});

/** Returns the origin of the page. Throws if the browser sent none, or one that the form does not list. */
export function assertAllowedOrigin(
  { origins }: CaptureFormSettings,
  origin: string | null,
): string {
  if (origin === null) throw new ServiceError("forbidden", { key: "form.origin-missing" });
  if (origins.includes(origin)) return origin;
  throw new ServiceError("forbidden", { key: "form.origin-unknown", values: { origin } });
}

/** Creates a token for one submission, issued at database time. */
export async function createToken(
  ctx: TransactionContext,
  shown: Pick<FormToken, "formId" | "version" | "shownOn">,
) {
  const [row] = await selectRows(
    ctx,
    z.object({ id: z.uuid() }),
    sql`SELECT gen_random_uuid() AS id`,
  );
  if (!row) throw new Error("a token got no id");
  const token = { ...shown, id: row.id, issuedAt: ctx.now };
  return {
    token: writeFormToken(ctx.keys, ctx.organizationId, token),
    issuedAt: token.issuedAt,
  };
}

/** Contents of a token. It is not stored: its MAC proves that we wrote it. */
export type FormToken = {
  /** Id that is stored when the token is used, so that a second use is rejected. */
  id: string;
  issuedAt: Date;
  formId: CaptureFormId;
  version: number;
  shownOn: FormSite;
};

/**
 * The page that got the token. Each kind has its own key, so that a token of one kind is invalid for the
 * others. `page` is everything that the page showed, as JSON: a changed text has no valid token. A token of a
 * person's own page is valid for their phone alone.
 */
export type FormSite =
  | { type: "embedded"; origin: string }
  | { type: "hosted"; page: string }
  | { type: "own-record"; page: string; phoneId: PhoneId };

type Sealed = Pick<FormToken, "formId" | "shownOn">;

const writeFormToken = (
  keys: Keys,
  organizationId: OrganizationId,
  { id, issuedAt, version, ...sealed }: FormToken,
) => {
  const head = `${id}.${issuedAt.getTime()}.${version}`;
  const mac = keys.mac(organizationId, findKeyUse(sealed), toSealedText(head, sealed));
  return `${head}.${Buffer.from(mac).toString("base64url")}`;
};

/** Length of the MAC (HMAC-SHA-256). */
const MAC_BYTES = 32;

const Parts = z.tuple([
  z.uuid(),
  z.coerce.number().int().positive().max(8.64e15),
  z.coerce.number().int().positive(),
  z.base64url(),
]);

/** Reads a token; null if we did not write it, or wrote it for another form, origin or page. */
function readFormToken(
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
  const text = toSealedText(head, sealed);
  if (sent.length !== MAC_BYTES || !keys.isMac(organizationId, findKeyUse(sealed), text, sent)) {
    return null;
  }
  return { id, issuedAt: new Date(issuedAtMs), version, ...sealed };
}

const keyUses = {
  embedded: "form token",
  hosted: "hosted form token",
  "own-record": "own form token",
} as const satisfies Record<FormSite["type"], string>;

const findKeyUse = ({ shownOn }: Sealed) => keyUses[shownOn.type];

const toSealedText = (head: string, { formId, shownOn }: Sealed) =>
  JSON.stringify([head, formId, ...toSealedParts(shownOn)]);

function toSealedParts(site: FormSite): string[] {
  if (site.type === "embedded") return [site.origin];
  return site.type === "hosted" ? [site.page] : [site.page, site.phoneId];
}

/** Checks whether pages of an origin may submit the form. Throws if it is not published, is closed, or is not for pages. */
export const isFormOrigin = query({
  name: "isFormOrigin",
  action: "consent.capture",
  input: z.string(),
  run: async (ctx, origin): Promise<boolean> => {
    const { settings } = await loadPublishedForm(ctx, requireFormActor(ctx));
    return settings.origins.includes(origin);
  },
  audit: "none",
});

/**
 * Deletes the marks of spent tokens that have expired, of all organizations, which only the sweep may do. Returns
 * their number.
 */
export const deleteExpiredTokens = ({ prisma }: Db): Promise<number> =>
  prisma.$executeRaw`DELETE FROM spent_token WHERE expires_at <= now()`;

/** Hours for which a token is valid. `FormTokenResponse` of core names them too. */
const TOKEN_HOURS = 12;

/**
 * Returns the token of a page. Throws if it belongs to another form, page or version, or is too old. Whether it was
 * used is for `markTokenUsed` to find out.
 */
export function assertValidToken(
  ctx: TransactionContext,
  form: PublishedForm,
  { text, shownOn }: { text: string; shownOn: FormSite },
): FormToken {
  const sealed = { formId: form.id, shownOn };
  const token = readFormToken(ctx.keys, ctx.organizationId, text, sealed);
  const ageMs = token === null ? Infinity : ctx.now.getTime() - token.issuedAt.getTime();
  if (token === null || ageMs > TOKEN_HOURS * 3_600_000 || token.version !== form.version) {
    throw new ServiceError("invalid", { key: "submission.token-invalid" }, "/token");
  }
  return token;
}

/** Marks a token as used. The second of two concurrent submissions waits for the first and fails. */
export async function markTokenUsed(
  { db, organizationId }: TransactionContext,
  { id, issuedAt }: FormToken,
) {
  const expiresAt = new Date(issuedAt.getTime() + TOKEN_HOURS * 3_600_000);
  const data = { organizationId, id, expiresAt };
  const { count } = await db.spentToken.createMany({ data, skipDuplicates: true });
  if (count === 0) throw new ServiceError("conflict", { key: "submission.token-spent" });
}
