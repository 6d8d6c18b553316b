import { sql } from "kysely";
import { z } from "zod";
import { type TransactionContext, selectRow } from "../../platform/internal.ts";
import { KnownPurpose, selectPurposesAsJson } from "../purpose/internal.ts";
import { KnownSeller, selectSellersAsJson } from "../seller/internal.ts";

const RecordingSettings = z.object({
  /** Region by which numbers without a country code are read. */
  homeRegion: z.string(),
  sellers: z.array(KnownSeller),
  purposes: z.array(KnownPurpose),
});
export type RecordingSettings = z.infer<typeof RecordingSettings>;

/**
 * Loads by one statement what every recorded opt-out and consent is read with: the home region, the sellers and the
 * purposes, as `loadOrganization`, `loadSellers` and `loadPurposes` do.
 */
export const loadRecordingSettings = ({
  db,
  organizationId,
}: TransactionContext): Promise<RecordingSettings> =>
  selectRow(
    { db },
    RecordingSettings,
    sql`
    SELECT home_region AS "homeRegion", ${selectSellersAsJson(organizationId)} AS sellers,
      ${selectPurposesAsJson(organizationId)} AS purposes
    FROM organization WHERE id = ${organizationId}::uuid`,
  );
