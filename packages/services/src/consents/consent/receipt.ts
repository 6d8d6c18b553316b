import {
  type Installation,
  type PersonContext,
  type RootContext,
  ServiceError,
  type TransactionContext,
  appendAudit,
  command,
  createPersonContext,
  inTransaction,
  readLink,
  requirePersonPhone,
  writeLink,
} from "../../platform/internal.ts";
import { z } from "zod";
import { ConsentId } from "@ringfence/core/ids";
import type { Certificate } from "@ringfence/core/proof/ledger";
import { readLogPolicy } from "../../proof/ledger/internal.ts";
import {
  PrintSettings,
  certifyWithoutChain,
  layOutCertificate,
} from "../../proof/certificate/internal.ts";

/** Copy of a form for the person who sent it: its contents and the proofs. */
export type ConsentReceipt = {
  organization: string;
  seller: string;
  /** IANA name of the zone in which times are shown. */
  zone: string;
  /** Null if it was erased. */
  phone: string | null;
  at: Date;
  consents: readonly {
    id: ConsentId;
    /** Both are empty if the words are lost. */
    language: string;
    text: string;
    /** Time of the first recorded withdrawal, even in part, or invalidation; null if none. An expiry does not show. */
    endedAt: Date | null;
    certificate: Certificate;
  }[];
};

/**
 * Reads the receipt of a form, for whoever has its link. It shows what was agreed to with the form, and
 * nothing else that is known about the number. A consent that waits for confirmation has no receipt yet.
 */
export const readConsentReceipt = command({
  name: "readConsentReceipt",
  action: "consent.keep-receipt",
  input: z.strictObject({ receipt: ConsentId }),
  transaction: "by run",
  run: async (ctx, { receipt }): Promise<ConsentReceipt> => {
    const policy = await readLogPolicy(ctx.db);
    return inTransaction(ctx, async (ctx) => {
      const { db, organizationId } = ctx;
      const phoneId = requirePersonPhone(ctx);
      const events = await db.consentEvent.findMany({
        where: {
          organizationId,
          consentId: { in: await findConsentsOfSameSubmission(ctx, receipt) },
        },
        include: { phone: true, seller: true, disclosure: true },
        orderBy: { id: "asc" },
      });
      const grants = events.filter(({ type }) => type === "granted");
      const [first] = grants;
      if (!first) throw new ServiceError("not-found", { key: "consent.not-found" });
      await appendAudit(ctx, "consent.keep-receipt", { phoneId, consentId: receipt });
      const { name, zone } = await db.organization.findUniqueOrThrow({
        where: { id: organizationId },
      });
      const consents = [];
      for (const { consentId, disclosure } of grants) {
        const ended = events.find(
          (event) =>
            event.consentId === consentId &&
            (event.type === "withdrawn" || event.type === "invalidated"),
        );
        consents.push({
          id: ConsentId.parse(consentId),
          language: disclosure?.language ?? "",
          text: disclosure?.text ?? "",
          endedAt: ended?.at ?? null,
          certificate: await certifyWithoutChain(ctx, policy, consentId),
        });
      }
      const { phone, seller, at } = first;
      return { organization: name, seller: seller.name, zone, phone: phone.e164, at, consents };
    });
  },
  audit: "by run",
});

const PrintConsentReceipt = PrintSettings.extend({ receipt: ConsentId, consent: ConsentId });

/** Prints one consent of a receipt as a PDF, with its proof attached. */
export const printConsentReceipt = command({
  name: "printConsentReceipt",
  action: "consent.keep-receipt",
  input: PrintConsentReceipt,
  transaction: "by run",
  run: async (ctx, { receipt, consent, locale, publicUrl, fontFolder }): Promise<Uint8Array> => {
    const { consents, zone } = await readConsentReceipt(ctx, { receipt });
    const certificate = consents.find(({ id }) => id === consent)?.certificate;
    if (!certificate) throw new ServiceError("not-found", { key: "consent.not-found" });
    const address = `${publicUrl}/verify`;
    return layOutCertificate({ certificate, locale, address, fontFolder, zone });
  },
  audit: "by run",
});

/** Creates the link to the receipt of a submitted form. `consent` is one of its consents. */
export const createConsentReceiptLink = (
  { keys, organizationId }: Pick<RootContext, "keys" | "organizationId">,
  consent: ConsentId,
): string => writeLink(keys, "consent receipt link", { organizationId, id: consent });

/** The person who opens a receipt, and the consent in the link. */
type OpenedConsentReceipt = { ctx: PersonContext; receipt: ConsentId };

/** Opens a receipt link. Throws the same error for a forged link and for a consent that is gone. */
export async function openConsentReceipt(
  installation: Installation,
  link: string,
): Promise<OpenedConsentReceipt> {
  const parts = readLink(installation.keys, "consent receipt link", link);
  const row =
    parts &&
    (await installation.db.prisma.consentEvent.findFirst({
      where: { organizationId: parts.organizationId, consentId: parts.id },
    }));
  if (!parts || !row) throw new ServiceError("not-found", { key: "consent.not-found" });
  return {
    ctx: createPersonContext(installation, parts.organizationId, row.phoneId),
    receipt: ConsentId.parse(row.consentId),
  };
}

/**
 * Finds the consents of the submission that a receipt belongs to: those that the same form captured from
 * the phone at the same instant.
 */
export async function findConsentsOfSameSubmission(
  ctx: TransactionContext,
  receipt: ConsentId,
): Promise<ConsentId[]> {
  const { db, organizationId } = ctx;
  const phoneId = requirePersonPhone(ctx);
  const named = await db.consentEvent.findFirst({
    where: { organizationId, phoneId, consentId: receipt },
    orderBy: { id: "asc" },
  });
  if (!named?.formId) throw new ServiceError("not-found", { key: "consent.not-found" });
  const { formId, formVersion, at, type } = named;
  const together = await db.consentEvent.findMany({
    where: { organizationId, phoneId, formId, formVersion, at, type },
    orderBy: { id: "asc" },
  });
  return together.map(({ consentId }) => ConsentId.parse(consentId));
}
