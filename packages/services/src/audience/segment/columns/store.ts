import type { OrganizationId } from "@ringfence/core/ids";
import type { Db } from "@ringfence/db";
import { ColumnsTooLarge } from "./growing-columns.ts";
import { type LoadedColumns, loadColumns } from "./load-columns.ts";
import { z } from "zod";

/** The columns held by a process, within a memory limit. */
export type ColumnStore = {
  /**
   * Gets the columns of an organization, at most a day old. Null if none are loaded; then SQL answers, and loading
   * starts in the background, unless the organization was found too large today or another try came to nothing in
   * the last five minutes.
   */
  find: (organizationId: OrganizationId, now: Date) => LoadedColumns | null;
  /** Reloads in the background, because much has changed. Does nothing within five minutes of the last load. */
  renew: (organizationId: OrganizationId, now: Date) => void;
  /** Loads now and waits. If that fails, the columns held before, or null. Null if it is too small or too large. */
  load: (organizationId: OrganizationId) => Promise<LoadedColumns | null>;
};

declare module "../../../platform/context.ts" {
  interface InstallationParts {
    /** Answers segment rules about many people. Without it, only SQL answers. */
    columns?: ColumnStore | undefined;
  }
}

type Settings = {
  /** Limit for each organization and for all together. */
  maxBytes?: number;
  /** With fewer people, SQL is fast enough. */
  minPeople?: number;
  /** Hears of failed loads. They are retried later, and SQL answers meanwhile. */
  onError: (error: unknown) => void;
};

/** Loaded columns, or the outcome of a failed, too small or too large load. */
type HeldColumns = { loaded: LoadedColumns | null; at: Date; isTooLarge?: boolean };

const MINUTE_MS = 60_000;
/** Changes after loading are kept for two days (`queueDueRefreshes`), so older columns could miss some. */
const MAX_AGE_MS = 24 * 60 * MINUTE_MS;
/** Loading millions of people takes a minute of CPU. */
const MIN_INTERVAL_MS = 5 * MINUTE_MS;

/** Opens a store, which loads nothing before it is asked. */
export function openColumnStore(db: Db, settings: Settings): ColumnStore {
  const { maxBytes = 2 ** 30, minPeople = 20_000, onError } = settings;
  const { held, hold } = createShelf(maxBytes);
  const waiting = new Map<OrganizationId, Promise<LoadedColumns | null>>();
  /** Loads run one after another, so that only one is in memory at a time. */
  let last: Promise<unknown> = Promise.resolve();

  const read = async (organizationId: OrganizationId): Promise<LoadedColumns | null> => {
    let at = new Date(0);
    try {
      const seen = await measureOrganization(db, organizationId, minPeople);
      at = seen.at;
      const loaded = seen.isLarge ? await loadColumns(db, organizationId, maxBytes) : null;
      hold(organizationId, { loaded, at });
      return loaded;
    } catch (error) {
      const isTooLarge = error instanceof ColumnsTooLarge;
      if (!isTooLarge) onError(error);
      // Columns that were loaded before stay exact, because `changes.ts` finds what changed since.
      const before = isTooLarge ? null : (held.get(organizationId)?.loaded ?? null);
      if (before === null) hold(organizationId, { loaded: null, at, isTooLarge });
      return before;
    }
  };

  const load = (organizationId: OrganizationId) => {
    const underWay = waiting.get(organizationId);
    if (underWay) return underWay;
    const reading = last
      .then(() => read(organizationId))
      .finally(() => waiting.delete(organizationId));
    waiting.set(organizationId, reading);
    last = reading.catch(() => {});
    return reading;
  };
  const loadInBackground = (organizationId: OrganizationId) => {
    load(organizationId).catch(onError);
  };

  return {
    load,
    find(organizationId, now) {
      const entry = held.get(organizationId);
      if (entry === undefined || measureAge(entry, now) >= MAX_AGE_MS) {
        loadInBackground(organizationId);
        return null;
      }
      const mayRetry = entry.loaded === null && entry.isTooLarge !== true;
      if (mayRetry && measureAge(entry, now) >= MIN_INTERVAL_MS) loadInBackground(organizationId);
      hold(organizationId, entry);
      return entry.loaded;
    },
    renew(organizationId, now) {
      const entry = held.get(organizationId);
      if (entry === undefined || measureAge(entry, now) >= MIN_INTERVAL_MS)
        loadInBackground(organizationId);
    },
  };
}

/** Holds columns within the memory limit, and drops the least recently used. The one just held always stays. */
function createShelf(maxBytes: number) {
  /** Most recently used last. */
  const held = new Map<OrganizationId, HeldColumns>();
  const hold = (organizationId: OrganizationId, one: HeldColumns) => {
    held.delete(organizationId);
    held.set(organizationId, one);
    let bytes = 0;
    for (const { loaded } of held.values()) bytes += loaded?.bytes ?? 0;
    for (const [id, { loaded }] of held) {
      if (bytes <= maxBytes || id === organizationId) break;
      bytes -= loaded?.bytes ?? 0;
      held.delete(id);
    }
  };
  return { held, hold };
}

const measureAge = ({ at }: HeldColumns, now: Date) => now.getTime() - at.getTime();

async function measureOrganization(
  { pool }: Db,
  organizationId: OrganizationId,
  minPeople: number,
) {
  const { rows } = await pool.query(
    `SELECT now() AS at, count(*)::int AS count FROM (
       SELECT FROM contact WHERE organization_id = $1 LIMIT $2) AS seen`,
    [organizationId, minPeople],
  );
  const [seen] = z.tuple([z.object({ at: z.date(), count: z.int() })]).parse(rows);
  return { at: seen.at, isLarge: seen.count >= minPeople };
}
