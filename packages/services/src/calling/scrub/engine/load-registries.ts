import type { OrganizationId, RegistryId } from "@ringfence/core/ids";
import {
  BLOCK_SIZE,
  type NumberSet,
  addNumber,
  askedKinds,
  createNumberSet,
} from "@ringfence/core/do-not-call/registry";
import {
  type NumberIndex,
  findNumber,
  createNumberIndex,
  indexNumber,
} from "@ringfence/core/calling/scrub";
import type { PoolClient } from "pg";
import {
  loadBlocks,
  readChangedLines,
  registryCondition,
  toggleChangesSince,
} from "../../../do-not-call/registry/internal.ts";
import { copyRows, readInteger } from "../../../platform/internal.ts";

/** One edition of a registry of an organization. */
export type EditionRef = {
  organizationId: OrganizationId;
  registryId: RegistryId;
  edition: number;
};

/** The edition in which each number's listing last changed. Numbers that never changed are in the first edition or none. */
export type Listings = {
  /** The numbers whose listing ever changed, and by their position the edition of the last change. */
  changed: NumberIndex;
  editions: number[];
  /** Instant at which each edition was read, in epoch milliseconds. */
  readAt: Map<number, number>;
  /** True for ports: then the time counts at which the previous edition was read. */
  arePorts: boolean;
};

/** Loads what a registry listed in an edition: the current bitmap, with all later changes undone. */
export async function loadNumbers(client: PoolClient, which: EditionRef): Promise<NumberSet> {
  const set = await loadBlocks(client, which);
  await toggleChangesSince(client, which, which.edition, set);
  return set;
}

/** Loads the time of listing for every number, as `listed_since` in the database does for one. */
export async function loadListings(
  client: PoolClient,
  which: EditionRef,
  arePorts: boolean,
): Promise<Listings> {
  const listings = { changed: createNumberIndex(), editions: [], readAt: new Map(), arePorts };
  const { changed, editions, readAt }: Listings = listings;
  const where = registryCondition(which);
  const read = `SELECT number, epoch_ms(read_at) FROM registry_edition WHERE ${where} AND number IS NOT NULL`;
  await copyRows(client, read, 2, (rows) => {
    for (let row = 0; row < rows.count; row++) {
      readAt.set(readInteger(rows, row, 0), readInteger(rows, row, 1));
    }
  });
  const until = `SELECT block, lines, edition FROM registry_change WHERE ${where} AND edition <= ${which.edition}`;
  await copyRows(client, until, 3, (rows) => {
    for (let row = 0; row < rows.count; row++) {
      const [first, edition] = [readInteger(rows, row, 0) * BLOCK_SIZE, readInteger(rows, row, 2)];
      for (const line of readChangedLines(rows, row, 1)) {
        const index = indexNumber(changed, first + line);
        editions[index] = Math.max(editions[index] ?? 1, edition);
      }
    }
  });
  return listings;
}

/**
 * Returns when a listed number was listed, in epoch milliseconds, as `RegistryEditionFact.listedSince`; null if that
 * edition has no time. Ask it only about listed numbers.
 */
export function findListedSince({ changed, editions, readAt, arePorts }: Listings, digits: number) {
  const edition = editions[findNumber(changed, digits)] ?? 1;
  return readAt.get(arePorts ? edition - 1 : edition) ?? null;
}

type RegistryAtInstant = { organizationId: OrganizationId; registryId: RegistryId; at: Date };

/**
 * Loads the numbers about which a registry has given an answer that counts at an instant. Null for a registry
 * that publishes a list instead of answering questions. A single screening has the same in `unanswered`.
 */
export async function loadAnsweredNumbers(
  client: PoolClient,
  { organizationId, registryId, at }: RegistryAtInstant,
): Promise<NumberSet | null> {
  const { rowCount } = await client.query(
    "SELECT FROM registry WHERE organization_id = $1 AND id = $2 AND source ->> 'kind' = ANY ($3)",
    [organizationId, registryId, askedKinds],
  );
  if (rowCount === 0) return null;
  const answered = createNumberSet({ isShared: true });
  const instant = `'${at.toISOString()}'::timestamptz`;
  const query = `
    SELECT substr(e164, 2)::bigint FROM registry_answer AS answer JOIN phone
      ON phone.organization_id = answer.organization_id AND phone.id = phone_id
    WHERE answer.organization_id = '${organizationId}'::uuid
      AND registry_id = '${registryId}'::uuid AND e164 IS NOT NULL
      AND first_at <= ${instant} AND (said = 'listed' OR answered_at > ${instant})`;
  await copyRows(client, query, 1, (rows) => {
    for (let row = 0; row < rows.count; row++) addNumber(answered, readInteger(rows, row, 0));
  });
  return answered;
}
