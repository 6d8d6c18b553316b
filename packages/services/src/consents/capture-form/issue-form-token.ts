import { command } from "../../platform/verb.ts";
import { z } from "zod";
import type { CaptureFormSettings } from "@ringfence/core/consents/capture-form";
import type { DisclosureAsks } from "@ringfence/core/consents/disclosure";
import type { DisclosureId } from "@ringfence/core/ids";
import type { TransactionContext } from "../../platform/context.ts";
import { ServiceError } from "../../platform/errors.ts";
import { actingForm } from "./form-context.ts";
import { type ShownOn, writeFormToken } from "./form-token.ts";
import { publishedForm } from "./published-form.ts";

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
