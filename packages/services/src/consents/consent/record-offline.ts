import { command } from "../../platform/verb.ts";
import {
  type PurposeStanding,
  RecordOfflineConsents,
  type Statement,
  elementsOf,
  isWrittenSource,
  proofOfMeans,
  readConsent,
} from "@ringfence/core/consents/consent";
import type { CaptureFormId, ConsentId, PhoneId, SellerId } from "@ringfence/core/ids";
import type { Channel, Phone } from "@ringfence/core/people/phone";
import { allowSeller } from "../../platform/access/allow.ts";
import { appendAudit } from "../../platform/audit/append-audit.ts";
import { addContactIfUnknown } from "../../people/contact/record-contacts.ts";
import type { TransactionContext } from "../../platform/context.ts";
import { ServiceError } from "../../platform/errors.ts";
import {
  type ClaimedFile,
  assertFileOfPhone,
  attachEvidenceFile,
  claimEvidenceFile,
} from "../evidence/attach.ts";
import { holdLock } from "../../platform/lock/hold-lock.ts";
import { loadOrganization } from "../../account/organization/organization.ts";
import { internPhone } from "../../people/phone/intern-phones.ts";
import { loadPurposes } from "../../account/purpose/purposes.ts";
import { loadSellers } from "../../account/seller/sellers.ts";
import { type AppendedConsent, appendConsents } from "./insert.ts";
import type { NewConsent } from "./consent.ts";
import { standingsOfConsents } from "./standing.ts";
import { CaptureFormSettings } from "@ringfence/core/consents/capture-form";
import type { PublishedDisclosure } from "@ringfence/core/consents/disclosure";
import type { PurposeKey } from "@ringfence/core/account/purpose";
import { DAY_MS } from "@ringfence/core/platform/time";
import { type DisclosureRef, publishedDisclosures } from "../disclosure/disclosure.ts";
import { findWords } from "../disclosure/shown-wording.ts";

export type OfflineConsents = {
  phoneId: PhoneId;
  /** One for each text, with what became of it: `held` where a refusal stands against it. */
  consents: readonly { id: ConsentId; standing: readonly PurposeStanding[] }[];
  /** `sha256:` and the hash of the file that proves them. */
  hash: string;
};

/**
 * Records what a person agreed to in a call or on paper, with the recording or scan that proves it. Safe to
 * repeat. It lifts no refusal: a member can bring any file.
 */
export const recordOfflineConsents = command({
  name: "recordOfflineConsents",
  action: "consent.record",
  input: RecordOfflineConsents,
  run: async (ctx, given): Promise<OfflineConsents> => {
    const input = { ...given, obtainedAt: given.obtainedAt ?? ctx.now };
    const file = await claimEvidenceFile(ctx, {
      id: input.file,
      kind: proofOfMeans[input.means].kind,
    });
    const asked = await loadAskedTexts(ctx, input);
    const { phone, sellerIds } = await readAgreed(ctx, input, asked.texts);
    for (const sellerId of sellerIds) allowSeller(ctx, sellerId);

    await holdLock(ctx, "contacts");
    await addContactIfUnknown(ctx, phone, { name: input.name });
    const phoneId = await internPhone(ctx, phone);
    await assertFileOfPhone(ctx, file, phoneId);
    const appended = await appendConsents(
      ctx,
      asked.texts.map((text, index) => {
        const sellerId = sellerIds[index];
        if (!sellerId) throw new Error("a text was read without its seller");
        return toNewConsent(input, { asked, text, file, phoneId, sellerId });
      }),
    );
    await attachToGrants(ctx, file, appended);
    for (const { id, isNew } of appended) {
      const details = { phoneId, consentId: id, isNew, evidenceFileId: file.id };
      await appendAudit(ctx, "consent.record", details);
    }
    const standings = await standingsOfConsents(
      ctx,
      appended.map(({ id }) => ({ id, phoneId })),
    );
    const consents = appended.map(({ id }, index) => ({ id, standing: standings[index] ?? [] }));
    return { phoneId, consents, hash: file.hash };
  },
  audit: "by run",
});

type Dated = RecordOfflineConsents & { obtainedAt: Date };

/** Reads the number, and to which seller each consent is given; throws for the first that cannot be recorded. */
async function readAgreed(
  ctx: TransactionContext,
  { phone: written, means, obtainedAt }: Dated,
  texts: readonly AskedText[],
): Promise<{ phone: Phone; sellerIds: SellerId[] }> {
  const world = {
    sellers: await loadSellers(ctx),
    purposes: await loadPurposes(ctx),
    region: (await loadOrganization(ctx)).homeRegion,
    now: ctx.now,
  };
  const read = texts.map(({ seller, purposes, channels, disclosure }) => {
    const said = { phone: written, source: means, disclosure, obtainedAt, evidence: {} };
    const agreed = { purposes: [...purposes], channels: [...channels] };
    const { fault, ...known } = readConsent(
      { ...said, ...agreed, ...(seller !== undefined && { seller }) },
      world,
    );
    if (fault) throw new ServiceError("invalid", fault.message, fault.path);
    return known;
  });
  const [first] = read;
  if (!first?.phone) throw new Error("no text was agreed to");
  return { phone: first.phone, sellerIds: read.flatMap(({ sellerId }) => sellerId ?? []) };
}

type Agreed = {
  asked: AskedTexts;
  text: AskedText;
  file: ClaimedFile;
  phoneId: PhoneId;
  sellerId: SellerId;
};

function toNewConsent(
  { means, name, obtainedAt }: Dated,
  { asked, text, file, phoneId, sellerId }: Agreed,
): NewConsent {
  const { purposes, channels, disclosure, states, validUntil } = text;
  const { act } = proofOfMeans[means];
  const evidence = { act, [file.kind]: file.hash };
  return {
    type: "granted",
    phoneId,
    sellerId,
    purposes,
    channels,
    elements: elementsOf({
      channels: [...channels],
      evidence,
      disclosure,
      states,
      source: means,
      ...(name && { contact: { name } }),
      ...(validUntil && { validUntil }),
    }),
    isWritten: isWrittenSource(means, evidence),
    at: obtainedAt,
    validUntil,
    source: means,
    disclosure,
    contact: name ? { name } : undefined,
    form: asked.form,
    placement: null,
    evidence: { ...evidence, ...(states.length > 0 && { states }) },
  };
}

/** Refuses a second file for a consent that is on record: its first evidence stays. */
async function attachToGrants(
  ctx: TransactionContext,
  file: ClaimedFile,
  appended: readonly AppendedConsent[],
) {
  const { db, organizationId } = ctx;
  const grants = await db.consentEvent.findMany({
    where: { organizationId, consentId: { in: appended.map(({ id }) => id) }, type: "granted" },
    select: { id: true, consentId: true, evidence: { select: { fileId: true } } },
  });
  const isAdded = new Set<string>(appended.filter(({ isNew }) => isNew).map(({ id }) => id));
  const isOther = grants.some(
    ({ consentId, evidence }) =>
      !isAdded.has(consentId) && !evidence.some(({ fileId }) => fileId === file.id),
  );
  if (isOther) throw new ServiceError("conflict", { key: "evidence.consent-on-record" }, "/file");
  await attachEvidenceFile(
    ctx,
    file,
    grants.filter(({ consentId }) => isAdded.has(consentId)).map(({ id }) => id),
  );
}

/** A text that was read out or signed, and what the person agreed to by it. */
type AskedText = {
  seller?: string;
  purposes: readonly PurposeKey[];
  channels: readonly Channel[];
  disclosure: DisclosureRef;
  states: readonly Statement[];
  validUntil: Date | null;
};

type AskedTexts = {
  form: { id: CaptureFormId; version: number } | null;
  texts: readonly AskedText[];
};

/** Loads the texts to which a person agreed: of a form as it was published, or in words of their own. */
async function loadAskedTexts(
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
