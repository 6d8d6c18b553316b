import type { OrganizationId } from "@ringfence/core/ids";
import type { Db } from "@ringfence/db";
import { ColumnsTooLarge } from "./growing-columns.ts";
import { type LoadedColumns, loadColumns } from "./load-columns.ts";
import { z } from "zod";

/** The columns held by a process, within a memory limit. */
export type ColumnStore = {
  /** Gets the columns of an organization. Null if none are loaded; then loading starts in the background. */
  find: (organizationId: OrganizationId, now: Date) => LoadedColumns | null;
  /** Reloads in the background, because much has changed. */
  renew: (organizationId: OrganizationId, now: Date) => void;
  /** Loads now and waits. */
  load: (organizationId: OrganizationId) => Promise<LoadedColumns | null>;
};

declare module "../../../platform/context.ts" {
  interface InstallationParts {
    /** Answers segment rules about many people. Without it, only SQL answers. */
    columns?: ColumnStore | undefined;
  }
}

type Settings = {
  /** For all organizations together. SQL answers for larger ones. */
  mostBytes?: number;
  /** With fewer people, SQL is fast enough. */
  fewestPeople?: number;
  /** Failed loads are retried later; SQL answers meanwhile. */
  onError: (error: unknown) => void;
};

/** Loaded columns, or the outcome of a failed, too small or too large load. */
type HeldColumns = { loaded: LoadedColumns | null; at: Date; isTooLarge?: boolean };

const MINUTE_MS = 60_000;
/** Changes are kept this long, so columns are never older. */
const OLDEST_MS = 24 * 60 * MINUTE_MS;
/** Loading millions of people takes a minute of CPU. */
const RENEWED_AFTER_MS = 5 * MINUTE_MS;

export function openColumnStore(db: Db, settings: Settings): ColumnStore {
  const { mostBytes = 2 ** 30, fewestPeople = 20_000, onError } = settings;
  const { held, hold } = createShelf(mostBytes);
  const waiting = new Map<OrganizationId, Promise<LoadedColumns | null>>();
  /** Loads run one after another, so that only one is in memory at a time. */
  let last: Promise<unknown> = Promise.resolve();

  const read = async (organizationId: OrganizationId): Promise<LoadedColumns | null> => {
    let at = new Date(0);
    try {
      const seen = await measureOrganization(db, organizationId, fewestPeople);
      at = seen.at;
      const loaded = seen.isLarge ? await loadColumns(db, organizationId, mostBytes) : null;
      hold(organizationId, { loaded, at });
      return loaded;
    } catch (error) {
      const isTooLarge = error instanceof ColumnsTooLarge;
      if (!isTooLarge) onError(error);
      // Columns that were loaded before are still exact.
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
  const byAndBy = (organizationId: OrganizationId) => {
    load(organizationId).catch(onError);
  };

  return {
    load,
    find(organizationId, now) {
      const one = held.get(organizationId);
      if (one === undefined || measureAge(one, now) >= OLDEST_MS) {
        byAndBy(organizationId);
        return null;
      }
      const isWorthATry = one.loaded === null && one.isTooLarge !== true;
      if (isWorthATry && measureAge(one, now) >= RENEWED_AFTER_MS) byAndBy(organizationId);
      hold(organizationId, one);
      return one.loaded;
    },
    renew(organizationId, now) {
      const one = held.get(organizationId);
      if (one === undefined || measureAge(one, now) >= RENEWED_AFTER_MS) byAndBy(organizationId);
    },
  };
}

/** Holds columns within the memory limit. The least recently used go first. */
function createShelf(mostBytes: number) {
  /** Most recently used last. */
  const held = new Map<OrganizationId, HeldColumns>();
  const hold = (organizationId: OrganizationId, one: HeldColumns) => {
    held.delete(organizationId);
    held.set(organizationId, one);
    let bytes = 0;
    for (const { loaded } of held.values()) bytes += loaded?.bytes ?? 0;
    for (const [id, { loaded }] of held) {
      if (bytes <= mostBytes || id === organizationId) break;
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
  fewestPeople: number,
) {
  const { rows } = await pool.query(
    `SELECT now() AS at, count(*)::int AS count FROM (
       SELECT FROM contact WHERE organization_id = $1 LIMIT $2) AS seen`,
    [organizationId, fewestPeople],
  );
  const [seen] = z.tuple([z.object({ at: z.date(), count: z.int() })]).parse(rows);
  return { at: seen.at, isLarge: seen.count >= fewestPeople };
}
