import { command } from "../../platform/verb.ts";
import { z } from "zod";
import type { CaptureFormSettings } from "@ringfence/core/consents/capture-form";
import type { DisclosureAsks } from "@ringfence/core/consents/disclosure";
import type { CaptureFormId, DisclosureId, OrganizationId } from "@ringfence/core/ids";
import type { TransactionContext } from "../../platform/context.ts";
import { ServiceError } from "../../platform/errors.ts";
import { actingForm, type PublishedForm, publishedForm } from "./capture-form.ts";
import type { Keys } from "../../platform/keys/keys.ts";
import type { Db } from "@ringfence/db";

/** What a page needs to show a form, and to send it once. */
export type IssuedToken = {
  token: string;
  issuedAt: Date;
  version: number;
  fields: Pick<CaptureFormSettings, "name" | "email">;
  /** All that it asks, by which its words are compared. */
  disclosures: readonly {
    id: DisclosureId;
    version: number;
    asks: DisclosureAsks;
    language: string;
    text: string;
  }[];
};

/** Gives a page of another site the token of one sending. `origin` is the page's, as its browser says. */
export const issueFormToken = command({
  name: "issueFormToken",
  action: "consent.capture",
  input: z.custom<{ origin: string | null }>(),
  run: async (ctx, { origin }): Promise<IssuedToken> => {
    const form = await publishedForm(ctx, actingForm(ctx));
    const { version, settings, disclosures } = form;
    const shownOn = { type: "embedded", origin: originOfForm(settings, origin) } as const;
    return {
      ...(await makeToken(ctx, { version, shownOn })),
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
  audit: "by run",
});

/** The origin of the page; refused where it names none, or none that the form names. */
export function originOfForm({ origins }: CaptureFormSettings, origin: string | null): string {
  if (origin === null) throw new ServiceError("forbidden", { key: "form.origin-missing" });
  if (origins.includes(origin)) return origin;
  throw new ServiceError("forbidden", { key: "form.origin-unknown", values: { origin } });
}

/** A token of one sending, by the database's clock. */
export async function makeToken(
  ctx: TransactionContext,
  { version, shownOn }: { version: number; shownOn: ShownOn },
) {
  const [row] = await ctx.db.$queryRaw<[{ id: string }]>`SELECT gen_random_uuid() AS id`;
  const token = { id: row.id, issuedAt: ctx.now, formId: actingForm(ctx), version, shownOn };
  return {
    token: writeFormToken(ctx.keys, ctx.organizationId, token),
    issuedAt: token.issuedAt,
  };
}

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

const writeFormToken = (
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

/** Whether pages of an origin may talk to the form. */
export const isFormOrigin = command({
  name: "isFormOrigin",
  action: "consent.capture",
  input: z.custom<string>(),
  run: async (ctx, origin): Promise<boolean> => {
    const { settings } = await publishedForm(ctx, actingForm(ctx));
    return settings.origins.includes(origin);
  },
  audit: "by run",
});

/**
 * Deletes the tokens that have run out by themselves. Crosses organizations, which only the sweep may
 * do. Returns how many they were.
 */
export const forgetTokens = ({ prisma }: Db): Promise<number> =>
  prisma.$executeRaw`DELETE FROM spent_token WHERE expires_at <= now()`;

/** Longer than anybody leaves a form open who means to send it. */
const TOKEN_HOURS = 12;

/** The token of a page, refused where it is another's, too old, or of another version of the form. */
export function requireToken(
  ctx: TransactionContext,
  form: PublishedForm,
  { text, shownOn }: { text: string; shownOn: ShownOn },
): FormToken {
  const sealed = { formId: form.id, shownOn };
  const token = readFormToken(ctx.keys, ctx.organizationId, text, sealed);
  const ageMs = token === null ? Infinity : ctx.now.getTime() - token.issuedAt.getTime();
  if (token === null || ageMs > TOKEN_HOURS * 3_600_000 || token.version !== form.version) {
    throw new ServiceError("invalid", { key: "submission.token-invalid" }, "/token");
  }
  return token;
}

/** If two requests send the same token at once, the second waits for the first and is refused. */
export async function spend(
  { db, organizationId }: TransactionContext,
  { id, issuedAt }: FormToken,
) {
  const expiresAt = new Date(issuedAt.getTime() + TOKEN_HOURS * 3_600_000);
  const data = { organizationId, id, expiresAt };
  const { count } = await db.spentToken.createMany({ data, skipDuplicates: true });
  if (count === 0) throw new ServiceError("conflict", { key: "submission.token-spent" });
}
