import type { CaptureFormSettings } from "@ringfence/core/capture-form";
import type { DisclosureAsks } from "@ringfence/core/disclosure";
import type { DisclosureId } from "@ringfence/core/ids";
import { allow } from "../access/allow.ts";
import { inTransaction, type ServiceContext, type TransactionContext } from "../context.ts";
import { ServiceError } from "../errors.ts";
import { actingForm } from "./form-context.ts";
import { writeFormToken } from "./form-token.ts";
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

/** Gives a page the token of one sending. `origin` is the page's, as its browser says; null for ours. */
export async function issueFormToken(
  ctx: ServiceContext,
  { origin }: { origin: string | null },
): Promise<IssuedToken> {
  allow(ctx, "consent.capture");

  return inTransaction(ctx, async (ctx) => {
    const formId = actingForm(ctx);
    const { version, settings, disclosures } = await publishedForm(ctx, formId);
    requireOrigin(settings, origin);

    const issuedAt = ctx.now;
    const id = await randomId(ctx);
    return {
      token: writeFormToken(ctx.keys, ctx.organizationId, {
        id,
        issuedAt,
        formId,
        version,
        origin,
      }),
      issuedAt,
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
  });
}

/** A page of an origin that the form does not name is not one of the organization's. */
export function requireOrigin({ origins }: CaptureFormSettings, origin: string | null) {
  if (origin === null || origins.includes(origin)) return;
  throw new ServiceError("forbidden", { key: "form.origin-unknown", values: { origin } });
}

async function randomId({ db }: TransactionContext) {
  const [row] = await db.$queryRaw<[{ id: string }]>`SELECT gen_random_uuid() AS id`;
  return row.id;
}
