import {
  type ProcessedCategory,
  type ProcessingField,
  SaveProcessingDetails,
  listProcessedCategories,
  processingFields,
} from "@ringfence/core/desk/processing-record";
import { z } from "zod";
import type { PurposeKind } from "@ringfence/core/account/purpose";
import { loadPurposes } from "../../account/purpose/internal.ts";
import {
  type NamedActor,
  type TransactionContext,
  command,
  loadActorNames,
  query,
  toStoredActor,
} from "../../platform/internal.ts";
import { loadTermsInForce } from "../retention/internal.ts";

/** The record of processing activities of an organization (GDPR art. 30), from what is configured. */
export type ProcessingRecord = {
  organization: string;
  details: Readonly<Record<ProcessingField, string | null>>;
  /** The member who last filled in the details; null if nobody did. */
  changed: { at: Date; by: NamedActor | null } | null;
  sellers: readonly { name: string; sector: string; consentPolicy: string }[];
  purposes: readonly { key: string; name: string; kind: PurposeKind }[];
  categories: readonly ProcessedCategory[];
  recipients: readonly ConfiguredRecipient[];
  /** True if no retention policy is in force. */
  keepsForGood: boolean;
};

export type ConfiguredRecipient = {
  kind: "webhook" | "vicidial" | "bitrix24" | "sftp" | "key" | "registry" | "inbound" | "sign-in";
  name: string;
  /** Host of its address; null if it has none here. */
  host: string | null;
  /** Events or scopes that say which data it receives. */
  received: readonly string[];
};

/** Reads the record of processing. It names none of the people who are called. */
export const readProcessingRecord = query({
  name: "readProcessingRecord",
  action: "processing-record.read",
  run: async (ctx): Promise<ProcessingRecord> => {
    const { db, organizationId } = ctx;
    const { name } = await db.organization.findUniqueOrThrow({ where: { id: organizationId } });
    const row = await db.processingDetails.findUnique({ where: { organizationId } });
    const terms = await loadTermsInForce(ctx);
    return {
      organization: name,
      details: {
        controller: row?.controller ?? null,
        contact: row?.contact ?? null,
        representative: row?.representative ?? null,
        protectionOfficer: row?.protectionOfficer ?? null,
        grounds: row?.grounds ?? null,
        recipients: row?.recipients ?? null,
        transfers: row?.transfers ?? null,
        measures: row?.measures ?? null,
      },
      changed: row && {
        at: row.changedAt,
        by: (await loadActorNames(ctx, [row.changedBy]))(row.changedBy),
      },
      sellers: await db.seller.findMany({
        where: { organizationId },
        select: { name: true, sector: true, consentPolicy: true },
        orderBy: { name: "asc" },
      }),
      purposes: await loadPurposes(ctx),
      categories: listProcessedCategories(terms),
      recipients: await listConfiguredRecipients(ctx),
      keepsForGood: terms === null,
    };
  },
  audit: "none",
});

/** Lists who receives personal data, by what is connected: systems, keys, registries, and providers of replies. */
async function listConfiguredRecipients({
  db,
  organizationId,
}: TransactionContext): Promise<ConfiguredRecipient[]> {
  const endpoints = await db.endpoint.findMany({
    where: { organizationId, disabledAt: null },
    orderBy: { name: "asc" },
  });
  const keys = await db.apiKey.findMany({
    where: { organizationId, revokedAt: null },
    orderBy: { name: "asc" },
  });
  const registries = await db.registry.findMany({
    where: { organizationId, disconnectedAt: null },
    orderBy: { name: "asc" },
  });
  const sources = await db.inboundSource.findMany({
    where: { organizationId },
    orderBy: { provider: "asc" },
  });
  const provider = await db.identityProvider.findUnique({ where: { organizationId } });
  return [
    ...endpoints.map(({ kind, name, url, events }) => ({
      kind: EndpointKind.parse(kind),
      name,
      host: readHost(url),
      received: events,
    })),
    ...keys.map(({ name, scopes }) => ({
      kind: "key" as const,
      name,
      host: null,
      received: scopes,
    })),
    ...registries.map(({ name }) => ({
      kind: "registry" as const,
      name,
      host: null,
      received: [],
    })),
    ...sources.map(({ provider: name }) => ({
      kind: "inbound" as const,
      name,
      host: null,
      received: [],
    })),
    ...(provider
      ? [
          {
            kind: "sign-in" as const,
            name: provider.name,
            host: readHost(provider.issuer),
            received: [],
          },
        ]
      : []),
  ];
}

const EndpointKind = z.enum(["webhook", "vicidial", "bitrix24", "sftp"]);

/** Returns the host of an address, or the text itself if it is none: of a dialer only the host is stored. */
const readHost = (url: string) => (URL.canParse(url) ? new URL(url).host : url) || null;

/** Saves the details that an officer filled in. The audit entry names the fields that changed, but not their text. */
export const saveProcessingDetails = command({
  name: "saveProcessingDetails",
  action: "processing-record.change",
  forAllSellers: true,
  input: SaveProcessingDetails,
  run: async (ctx, input): Promise<{ changed: string[] }> => {
    const { db, organizationId, actor, now: changedAt } = ctx;
    const before = await db.processingDetails.findUnique({ where: { organizationId } });
    const details = {
      controller: input.controller || null,
      contact: input.contact || null,
      representative: input.representative || null,
      protectionOfficer: input.protectionOfficer || null,
      grounds: input.grounds || null,
      recipients: input.recipients || null,
      transfers: input.transfers || null,
      measures: input.measures || null,
    };
    const changedBy = JSON.stringify(toStoredActor(actor));
    const { controller, contact, representative, protectionOfficer } = details;
    const { grounds, recipients, transfers, measures } = details;
    await db.$executeRaw`
      INSERT INTO processing_details (organization_id, controller, contact, representative,
        protection_officer, grounds, recipients, transfers, measures, changed_at, changed_by)
      VALUES (${organizationId}::uuid, ${controller}, ${contact}, ${representative},
        ${protectionOfficer}, ${grounds}, ${recipients}, ${transfers}, ${measures}, ${changedAt},
        ${changedBy}::jsonb)
      ON CONFLICT (organization_id) DO UPDATE SET controller = excluded.controller,
        contact = excluded.contact, representative = excluded.representative,
        protection_officer = excluded.protection_officer, grounds = excluded.grounds,
        recipients = excluded.recipients, transfers = excluded.transfers,
        measures = excluded.measures, changed_at = excluded.changed_at,
        changed_by = excluded.changed_by`;
    return {
      changed: processingFields.filter((name) => details[name] !== (before?.[name] ?? null)),
    };
  },
  audit: ({ changed }) => ({ fields: changed.join(" ") }),
  answer: () => {},
});
