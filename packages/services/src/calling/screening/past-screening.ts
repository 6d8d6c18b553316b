import { ConsentId, PhoneId, RegistryId, ScreeningId, SellerId } from "@ringfence/core/ids";
import { JurisdictionId } from "@ringfence/core/people/jurisdiction";
import { StoredMessage, fromStoredMessage } from "@ringfence/core/platform/message";
import { PurposeKey } from "@ringfence/core/account/purpose";
import { CheckedEdition, ReasonCode, type Reason } from "@ringfence/core/calling/screening";
import { Dialer } from "@ringfence/core/account/organization";
import { z } from "zod";
import {
  ServiceError,
  type TransactionContext,
  visibleSellerIds,
} from "../../platform/internal.ts";
import { DAY_MS } from "@ringfence/core/platform/time";

/** Stands in for a message that cannot be read. */
const noWords = { key: "refusal.unknown-words", values: {} } as const;

/** A stored reason. Its message may come from a version with other messages. */
const StoredReason = z.object({
  reason: ReasonCode,
  rule: z.string().exactOptional(),
  citation: z.string().exactOptional(),
  registry: z.string().exactOptional(),
  missing: z.array(z.string()).readonly().exactOptional(),
  since: z.coerce.date().exactOptional(),
  until: z.coerce.date().exactOptional(),
  message: z
    .object({ key: StoredMessage.shape.key, values: StoredMessage.shape.values.default({}) })
    .catch(noWords)
    .transform(fromStoredMessage),
});

/** Facts that a verdict was based on, as the row stores them. */
const StoredChecked = z.object({
  jurisdictions: z.array(JurisdictionId).default([]),
  zones: z.array(z.string()).default([]),
  consent: z
    .object({ id: ConsentId, since: z.coerce.date(), until: z.coerce.date().exactOptional() })
    .exactOptional(),
  editions: z.array(CheckedEdition).default([]),
  reassigned: z
    .object({
      answer: z.enum(["yes", "no", "no_data"]),
      consentDate: z.coerce.date(),
      askedAt: z.coerce.date(),
    })
    .exactOptional(),
  rules: z.string().nullable().default(null),
  policies: z.array(z.string()).readonly().default([]),
  ledgerSize: z.int().nullable().default(null),
});

const Row = z.object({
  phoneId: PhoneId.nullable(),
  sellerId: SellerId,
  purpose: PurposeKey,
  dialer: Dialer,
  campaign: z.string().nullable(),
  at: z.date(),
  verdict: z.enum(["allow", "refuse"]),
  refusals: z.array(StoredReason),
  warnings: z.array(StoredReason),
  checked: StoredChecked,
  permitUntil: z.date().nullable(),
  handOverId: z.uuid().nullable(),
  permitId: ScreeningId.nullable(),
  actor: z.unknown(),
});

/** A screening as it was recorded. */
export type PastScreening = Omit<z.infer<typeof Row>, "refusals" | "warnings"> & {
  id: ScreeningId;
  refusals: readonly Reason[];
  warnings: readonly Reason[];
};

/** Loads a screening of a seller that the actor works for. Any other is not found, as if it did not exist. */
export async function loadPastScreening(
  { db, organizationId, actor }: TransactionContext,
  id: ScreeningId,
): Promise<PastScreening> {
  const sellerIds = visibleSellerIds(actor);
  const row = await db.screening.findFirst({
    where: { organizationId, id, ...(sellerIds && { sellerId: { in: [...sellerIds] } }) },
  });
  if (row === null) throw new ServiceError("not-found", { key: "error.screening-not-found" });
  return parseScreening(row);
}

/** Parses a row of `screening`, with all of its columns. Throws if it cannot be read. */
export const parseScreening = (row: { id: string }): PastScreening => ({
  id: ScreeningId.parse(row.id),
  ...Row.parse(row),
});

/** An edition that was used by a screening, with its dates at that time. */
export type PastEdition = {
  registry: string;
  name: string;
  edition: number;
  /** Time at which its source was last verified. For a screening, it is known to a hundredth of a day. */
  verifiedAt: Date | null;
  /** Null for a row of a scrub, like `limitDays`. */
  ageDays: number | null;
  limitDays: number | null;
  /** The publisher's own date, where the files say it. */
  publishedOn: Date | null;
  /** Time at which it was read; null if that was not recorded. */
  readAt: Date | null;
  /** Null if the registry or this edition is not on record. */
  registryId: RegistryId | null;
};

type EditionRef = Pick<
  PastEdition,
  "registry" | "edition" | "verifiedAt" | "ageDays" | "limitDays"
>;

/**
 * Lists the editions on which a screening rests, each with the time of its last verification, computed from its age.
 */
export const listJudgedEditions = ({
  at,
  checked,
}: Pick<PastScreening, "at" | "checked">): EditionRef[] =>
  checked.editions.map(({ ageDays, ...edition }) => ({
    ...edition,
    ageDays,
    verifiedAt: new Date(at.getTime() - ageDays * DAY_MS),
  }));

/**
 * Loads past editions with what is recorded about each, in the order of `refs`. A registry that is gone is named by its
 * code.
 */
export async function loadPastEditions(
  { db, organizationId }: TransactionContext,
  refs: readonly EditionRef[],
): Promise<PastEdition[]> {
  const codes = refs.map(({ registry }) => registry);
  const registries = await db.registry.findMany({
    where: { organizationId, code: { in: codes } },
    select: { id: true, code: true, name: true },
  });
  const ids = new Map(registries.map(({ code, id }) => [code, id]));
  const read = await db.registryEdition.findMany({
    where: {
      organizationId,
      OR: refs.flatMap(({ registry, edition: number }) => {
        const registryId = ids.get(registry);
        return registryId === undefined ? [] : [{ registryId, number }];
      }),
    },
    select: { registryId: true, number: true, readAt: true, publishedOn: true },
  });
  return refs.map((ref) => {
    const registry = registries.find(({ code }) => code === ref.registry);
    const edition = read.find(
      ({ registryId, number }) => registryId === registry?.id && number === ref.edition,
    );
    return {
      ...ref,
      name: registry?.name ?? ref.registry,
      publishedOn: edition?.publishedOn ?? null,
      readAt: edition?.readAt ?? null,
      registryId: registry && edition ? RegistryId.parse(registry.id) : null,
    };
  });
}
