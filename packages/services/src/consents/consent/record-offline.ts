import {
  ServiceError,
  type TransactionContext,
  allowSeller,
  appendAudit,
  command,
} from "../../platform/internal.ts";
import {
  type PurposeStanding,
  RecordOfflineConsents,
  type TextElement,
  listElements,
  isWritten,
  proofByMeans,
  resolveConsent,
} from "@ringfence/core/consents/consent";
import type { CaptureFormId, ConsentId, PhoneId, SellerId } from "@ringfence/core/ids";
import type { Channel, Phone } from "@ringfence/core/people/phone";
import { addContactIfUnknown } from "../../people/contact/internal.ts";
import {
  type ClaimedFile,
  assertFileOfSamePhone,
  attachEvidenceFile,
  claimEvidenceFile,
} from "../evidence/internal.ts";
import { loadOrganization } from "../../account/organization/internal.ts";
import { findOrAddPhone } from "../../people/phone/internal.ts";
import { loadPurposes } from "../../account/purpose/internal.ts";
import { loadSellers } from "../../account/seller/internal.ts";
import { type InsertedConsent, insertConsents } from "./insert.ts";
import type { NewConsent } from "./consent.ts";
import { loadStandings } from "./standing.ts";
import { CaptureFormSettings } from "@ringfence/core/consents/capture-form";
import type { PublishedDisclosure } from "@ringfence/core/consents/disclosure";
import type { PurposeKey } from "@ringfence/core/account/purpose";
import { DAY_MS } from "@ringfence/core/platform/time";
import {
  type DisclosureRef,
  loadPublishedDisclosures,
  resolveShownWording,
} from "../disclosure/internal.ts";

export type RecordedOfflineConsents = {
  phoneId: PhoneId;
  /** One for each text, as it is on record. Its standing is `held` if an opt-out came before it. */
  consents: readonly {
    id: ConsentId;
    sellerId: SellerId;
    purposes: readonly PurposeKey[];
    channels: readonly Channel[];
    standing: readonly PurposeStanding[];
  }[];
  /** `sha256:` and the hash of the file that proves them; null if a recording was named instead. */
  hash: string | null;
};

/**
 * Records what a person agreed to in a call or on paper, with what proves it: a recording or scan, or the name of a
 * recording that the phone system keeps. Repeated with the same `obtainedAt`, it adds nothing but audit rows. The
 * consents are unproven (`insertConsents`), so they lift no opt-out: a member can upload any file.
 */
export const recordOfflineConsents = command({
  name: "recordOfflineConsents",
  action: "consent.record",
  input: RecordOfflineConsents,
  run: async (ctx, given): Promise<RecordedOfflineConsents> => {
    const input = { ...given, obtainedAt: given.obtainedAt ?? ctx.now };
    const { kind } = proofByMeans[input.means];
    const file = input.file ? await claimEvidenceFile(ctx, { id: input.file, kind }) : null;
    const agreed = await loadAgreedTexts(ctx, input);
    const { phone, sellerIds } = await resolvePhoneAndSellers(ctx, input, agreed.texts);
    for (const sellerId of sellerIds) allowSeller(ctx, sellerId);

    await addContactIfUnknown(ctx, phone, { name: input.name });
    const phoneId = await findOrAddPhone(ctx, phone);
    if (file) await assertFileOfSamePhone(ctx, file, phoneId);
    const inserted = await insertConsents(
      ctx,
      agreed.texts.map((text, index) => {
        const sellerId = sellerIds[index];
        if (!sellerId) throw new Error("a text was read without its seller");
        return toNewConsent(input, { form: agreed.form, text, file, phoneId, sellerId });
      }),
    );
    if (file) await attachFileToGrants(ctx, file, inserted);
    for (const { id, isNew } of inserted) {
      const details = { phoneId, consentId: id, isNew, ...(file && { evidenceFileId: file.id }) };
      await appendAudit(ctx, "consent.record", details);
    }
    const standings = await loadStandings(
      ctx,
      inserted.map(({ id }) => ({ id, phoneId })),
    );
    const consents = agreed.texts.flatMap(({ purposes, channels }, index) => {
      const [consent, sellerId] = [inserted[index], sellerIds[index]];
      const standing = standings[index] ?? [];
      return consent && sellerId
        ? [{ id: consent.id, sellerId, purposes, channels, standing }]
        : [];
    });
    return { phoneId, consents, hash: file?.hash ?? null };
  },
  audit: "by run",
});

type DatedRequest = RecordOfflineConsents & { obtainedAt: Date };

/** Finds the phone and the seller of each text. Throws for the first text that cannot be a consent now. */
async function resolvePhoneAndSellers(
  ctx: TransactionContext,
  { phone: written, means, obtainedAt }: DatedRequest,
  texts: readonly AgreedText[],
): Promise<{ phone: Phone; sellerIds: SellerId[] }> {
  const lookups = {
    sellers: await loadSellers(ctx),
    purposes: await loadPurposes(ctx),
    region: (await loadOrganization(ctx)).homeRegion,
    now: ctx.now,
  };
  const read = texts.map(({ seller, purposes, channels, disclosure }) => {
    const request = { phone: written, source: means, disclosure, obtainedAt, evidence: {} };
    const scope = { purposes: [...purposes], channels: [...channels] };
    const { fault, ...resolved } = resolveConsent(
      { ...request, ...scope, ...(seller !== undefined && { seller }) },
      lookups,
    );
    if (fault) throw new ServiceError("invalid", fault.message, fault.path);
    return resolved;
  });
  const [first] = read;
  if (!first?.phone) throw new Error("no text was agreed to");
  return { phone: first.phone, sellerIds: read.flatMap(({ sellerId }) => sellerId ?? []) };
}

type ConsentParts = {
  form: AgreedTexts["form"];
  text: AgreedText;
  file: ClaimedFile | null;
  phoneId: PhoneId;
  sellerId: SellerId;
};

function toNewConsent(
  { means, name, obtainedAt, recording }: DatedRequest,
  { form, text, file, phoneId, sellerId }: ConsentParts,
): NewConsent {
  const { purposes, channels, disclosure, states, validUntil } = text;
  const { act } = proofByMeans[means];
  const evidence = { act, ...(file ? { [file.kind]: file.hash } : { recording }) };
  return {
    type: "granted",
    phoneId,
    sellerId,
    purposes,
    channels,
    elements: listElements({
      channels: [...channels],
      evidence,
      disclosure,
      states,
      source: means,
      ...(name && { contact: { name } }),
      ...(validUntil && { validUntil }),
    }),
    isWritten: isWritten(means, evidence),
    at: obtainedAt,
    validUntil,
    source: means,
    disclosure,
    contact: name ? { name } : undefined,
    form,
    placement: null,
    evidence: { ...evidence, ...(states.length > 0 && { states }) },
  };
}

/** Attaches the file to the new consents. Throws if one was on record already without it: its first evidence stays. */
async function attachFileToGrants(
  ctx: TransactionContext,
  file: ClaimedFile,
  consents: readonly InsertedConsent[],
) {
  const { db, organizationId } = ctx;
  const grants = await db.consentEvent.findMany({
    where: { organizationId, consentId: { in: consents.map(({ id }) => id) }, type: "granted" },
    select: { id: true, consentId: true, evidence: { select: { fileId: true } } },
  });
  const newIds = new Set<string>(consents.filter(({ isNew }) => isNew).map(({ id }) => id));
  const lacksFile = grants.some(
    ({ consentId, evidence }) =>
      !newIds.has(consentId) && !evidence.some(({ fileId }) => fileId === file.id),
  );
  if (lacksFile) throw new ServiceError("conflict", { key: "evidence.consent-on-record" }, "/file");
  await attachEvidenceFile(
    ctx,
    file,
    grants.filter(({ consentId }) => newIds.has(consentId)).map(({ id }) => id),
  );
}

/** A text that was read out or signed, and what the person agreed to with it. */
type AgreedText = {
  seller?: string;
  purposes: readonly PurposeKey[];
  channels: readonly Channel[];
  disclosure: DisclosureRef;
  /** Elements of a consent that the text contains. */
  states: readonly TextElement[];
  validUntil: Date | null;
};

type AgreedTexts = {
  form: { id: CaptureFormId; version: number } | null;
  texts: readonly AgreedText[];
};

/** Loads the texts that a person agreed to: from a published form, or as given in the request. */
async function loadAgreedTexts(
  ctx: TransactionContext,
  { asked, obtainedAt }: Pick<RecordOfflineConsents, "asked"> & { obtainedAt: Date },
): Promise<AgreedTexts> {
  if ("form" in asked) return loadFormTexts(ctx, asked, obtainedAt);
  const { text, language, seller, purposes, channels } = asked;
  const [found] = await resolveShownWording(ctx, [{ text, language }]);
  if (!found?.disclosure) throw new Error("words were neither found nor stored");
  const { disclosure } = found;
  const terms = { purposes, channels, disclosure, states: [], validUntil: null };
  return { form: null, texts: [{ ...terms, ...(seller !== undefined && { seller }) }] };
}

type PublishedFormRef = Extract<RecordOfflineConsents["asked"], { form: unknown }>;

/**
 * Loads texts of a version of a form, even a former one: people sign paper that was printed earlier. Throws if the person
 * agreed before the version was published, or after the form was closed.
 */
async function loadFormTexts(
  ctx: TransactionContext,
  { form: formId, version, disclosures: ids }: PublishedFormRef,
  obtainedAt: Date,
): Promise<AgreedTexts> {
  const { db, organizationId } = ctx;
  const where = { organizationId_formId_version: { organizationId, formId, version } };
  const published = await db.captureFormVersion.findUnique({
    where,
    include: { form: { select: { closedAt: true } } },
  });
  if (!published) throw new ServiceError("invalid-field", { key: "form.not-found" }, "/asked/form");
  const { publishedAt, settings, form } = published;
  // Compares with the minute of publication, because the time may have been entered without seconds.
  if (obtainedAt.getTime() < Math.floor(publishedAt.getTime() / 60_000) * 60_000) {
    const values = { publishedAt, version };
    throw new ServiceError("invalid", { key: "consent.before-form", values }, "/obtainedAt");
  }
  if (form.closedAt !== null && obtainedAt >= form.closedAt) {
    const values = { closedAt: form.closedAt };
    throw new ServiceError("invalid", { key: "consent.after-form", values }, "/obtainedAt");
  }
  const refs = CaptureFormSettings.parse(settings).disclosures;
  const texts = await loadPublishedDisclosures(
    ctx,
    ids.flatMap((id) => refs.find((ref) => ref.id === id) ?? []),
  );
  const found = texts.filter((text) => text !== null);
  if (found.length < ids.length) {
    throw new ServiceError("invalid-field", { key: "disclosure.unknown" }, "/asked/disclosures");
  }
  return {
    form: { id: formId, version },
    texts: found.map((text) => toAgreedText(text, obtainedAt)),
  };
}

function toAgreedText({ id, version, terms }: PublishedDisclosure, obtainedAt: Date): AgreedText {
  const { seller, purposes, channels, states, validDays } = terms;
  const validUntil =
    validDays === undefined ? null : new Date(obtainedAt.getTime() + validDays * DAY_MS);
  return { seller, purposes, channels, states, disclosure: { id, version }, validUntil };
}
