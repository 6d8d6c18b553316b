import { CaptureFormSettings } from "@ringfence/core/consents/capture-form";
import type { RecordOfflineConsents, Statement } from "@ringfence/core/consents/consent";
import type { Channel } from "@ringfence/core/people/phone";
import type { PublishedDisclosure } from "@ringfence/core/consents/disclosure";
import type { CaptureFormId } from "@ringfence/core/ids";
import type { PurposeKey } from "@ringfence/core/account/purpose";
import { DAY_MS } from "@ringfence/core/platform/time";
import type { TransactionContext } from "../../platform/context.ts";
import type { DisclosureRef } from "../disclosure/disclosure-ref.ts";
import { publishedDisclosures } from "../disclosure/published-disclosures.ts";
import { ServiceError } from "../../platform/errors.ts";
import { findWords } from "./find-words.ts";

/** A text that was read out or signed, and what the person agreed to by it. */
export type AskedText = {
  seller?: string;
  purposes: readonly PurposeKey[];
  channels: readonly Channel[];
  disclosure: DisclosureRef;
  states: readonly Statement[];
  validUntil: Date | null;
};

export type AskedTexts = {
  form: { id: CaptureFormId; version: number } | null;
  texts: readonly AskedText[];
};

/** Loads the texts to which a person agreed: of a form as it was published, or in words of their own. */
export async function loadAskedTexts(
  ctx: TransactionContext,
  { asked, obtainedAt }: Pick<RecordOfflineConsents, "asked"> & { obtainedAt: Date },
): Promise<AskedTexts> {
  if ("form" in asked) return loadFormTexts(ctx, asked, obtainedAt);
  const { text, language, seller, purposes, channels } = asked;
  const [found] = await findWords(ctx, [{ text, language }]);
  if (!found?.disclosure) throw new Error("words were neither found nor stored");
  const { disclosure } = found;
  const terms = { purposes, channels, disclosure, states: [], validUntil: null };
  return { form: null, texts: [{ ...terms, ...(seller !== undefined && { seller }) }] };
}

type OfForm = Extract<RecordOfflineConsents["asked"], { form: unknown }>;

async function loadFormTexts(
  ctx: TransactionContext,
  { form: formId, version, disclosures: agreed }: OfForm,
  obtainedAt: Date,
): Promise<AskedTexts> {
  const { db, organizationId } = ctx;
  const where = { organizationId_formId_version: { organizationId, formId, version } };
  const published = await db.captureFormVersion.findUnique({ where });
  if (!published) throw new ServiceError("invalid-field", { key: "form.not-found" }, "/asked/form");
  const { publishedAt, settings } = published;
  // A form of a clock without seconds.
  if (obtainedAt.getTime() < Math.floor(publishedAt.getTime() / 60_000) * 60_000) {
    const values = { publishedAt, version };
    throw new ServiceError("invalid", { key: "consent.before-form", values }, "/obtainedAt");
  }
  const refs = CaptureFormSettings.parse(settings).disclosures;
  const wanted = agreed.map((id) => refs.find((ref) => ref.id === id));
  const texts = await publishedDisclosures(
    ctx,
    wanted.filter((ref) => ref !== undefined),
  );
  const known = texts.filter((text) => text !== null);
  if (known.length < agreed.length) {
    throw new ServiceError("invalid-field", { key: "disclosure.unknown" }, "/asked/disclosures");
  }
  return {
    form: { id: formId, version },
    texts: known.map((text) => toAskedText(text, obtainedAt)),
  };
}

function toAskedText({ id, version, terms }: PublishedDisclosure, obtainedAt: Date): AskedText {
  const { seller, purposes, channels, states, validDays } = terms;
  const validUntil =
    validDays === undefined ? null : new Date(obtainedAt.getTime() + validDays * DAY_MS);
  return { seller, purposes, channels, states, disclosure: { id, version }, validUntil };
}
