import type { OrganizationId } from "@ringfence/core/ids";
import type { Db } from "@ringfence/db";
import { TooLarge } from "./growing-columns.ts";
import { type LoadedColumns, loadColumns } from "./load-columns.ts";

/** The columns of a process: those of organizations that are asked about, within so many bytes. */
export type ColumnStore = {
  /** What is held of an organization; null while nothing is, and then it is read by and by. */
  of: (organizationId: OrganizationId, now: Date) => LoadedColumns | null;
  /** Reads it anew by and by, for much has changed since. */
  renew: (organizationId: OrganizationId, now: Date) => void;
  /** Reads it now, and waits. */
  load: (organizationId: OrganizationId) => Promise<LoadedColumns | null>;
};

declare module "../../../platform/context.ts" {
  interface InstallationParts {
    /** Answers segment rules over many people; left out, the database answers alone. */
    columns?: ColumnStore | undefined;
  }
}

type Settings = {
  /** Of all organizations together; whoever has more is answered by the database. */
  mostBytes?: number;
  /** Of fewer people the database answers at once. */
  fewestPeople?: number;
  /** A read that failed is tried again; whoever asked was answered by the database. */
  onError: (error: unknown) => void;
};

/** What was read and found to be too small or too large, or when a read failed. */
type Held = { loaded: LoadedColumns | null; at: Date; isTooLarge?: boolean };

const MINUTE_MS = 60_000;
/** So long is kept of whom something changed; columns are never older. */
const OLDEST_MS = 24 * 60 * MINUTE_MS;
/** To read an organization of millions takes a minute of a processor. */
const RENEWED_AFTER_MS = 5 * MINUTE_MS;

export function openColumns(db: Db, settings: Settings): ColumnStore {
  const { mostBytes = 2 ** 30, fewestPeople = 20_000, onError } = settings;
  const { held, hold } = makeShelf(mostBytes);
  const waiting = new Map<OrganizationId, Promise<LoadedColumns | null>>();
  /** One after the other, so that no more than one is in the making. */
  let last: Promise<unknown> = Promise.resolve();

  const read = async (organizationId: OrganizationId): Promise<LoadedColumns | null> => {
    let at = new Date(0);
    try {
      const seen = await lookAt(db, organizationId, fewestPeople);
      at = seen.at;
      const loaded = seen.isLarge ? await loadColumns(db, organizationId, mostBytes) : null;
      hold(organizationId, { loaded, at });
      return loaded;
    } catch (error) {
      const isTooLarge = error instanceof TooLarge;
      if (!isTooLarge) onError(error);
      // What was read before is as exact as it was.
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
    of(organizationId, now) {
      const one = held.get(organizationId);
      if (one === undefined || ageOf(one, now) >= OLDEST_MS) {
        byAndBy(organizationId);
        return null;
      }
      const isWorthATry = one.loaded === null && one.isTooLarge !== true;
      if (isWorthATry && ageOf(one, now) >= RENEWED_AFTER_MS) byAndBy(organizationId);
      hold(organizationId, one);
      return one.loaded;
    },
    renew(organizationId, now) {
      const one = held.get(organizationId);
      if (one === undefined || ageOf(one, now) >= RENEWED_AFTER_MS) byAndBy(organizationId);
    },
  };
}

/** Holds so many bytes at most: who was not asked about for longest goes first. */
function makeShelf(mostBytes: number) {
  /** The one that was asked about last stands last. */
  const held = new Map<OrganizationId, Held>();
  const hold = (organizationId: OrganizationId, one: Held) => {
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

const ageOf = ({ at }: Held, now: Date) => now.getTime() - at.getTime();

async function lookAt({ pool }: Db, organizationId: OrganizationId, fewestPeople: number) {
  const { rows } = await pool.query<{ at: Date; count: number }>(
    `SELECT now() AS at, count(*)::int AS count FROM (
       SELECT FROM contact WHERE organization_id = $1 LIMIT $2) AS seen`,
    [organizationId, fewestPeople],
  );
  const [seen] = rows;
  if (seen === undefined) throw new Error("no clock");
  return { at: seen.at, isLarge: seen.count >= fewestPeople };
}
