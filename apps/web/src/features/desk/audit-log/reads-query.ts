import { ListReads, MAX_READ_DAYS } from "@ringfence/core/platform/audit";
import { localClock, toDayNumber, toIsoDate } from "@ringfence/core/platform/time";
import { createSerializer, type LoaderInput, parseAsString } from "nuqs/server";
import { readDay, toSpan } from "@/server/days-in-address";
import { createListQuery } from "@/server/list-query";
import { parseActor } from "./audit-query";

/** Filters of the page that says whose data somebody read: the reader, and the first and last day. */
const filters = { who: parseAsString, from: parseAsString, to: parseAsString };

export const readsQuery = createListQuery("/audit/reads", filters);

const Reader = ListReads.shape.actor;

/**
 * Reads the filters. Days are days of this time zone; without them, the last 31 days. A longer span is cut to its last
 * 31 days. `reader` is null until one is chosen.
 */
export async function loadReadsQuery(
  address: LoaderInput | Promise<LoaderInput>,
  zone: string,
  now: Date,
) {
  const look = await readsQuery.load(address);
  const reader = Reader.safeParse(parseActor(look.filters.who)).data ?? null;
  const today = toIsoDate(localClock(zone, now.getTime()).day);
  const to = readDay(look.filters.to) ?? today;
  const earliest = toIsoDate(toDayNumber(to) - MAX_READ_DAYS + 1);
  const asked = readDay(look.filters.from) ?? earliest;
  const from = asked < earliest || asked > to ? earliest : asked;
  const who = reader === null ? null : look.filters.who;
  return {
    reader,
    filters: { who, from, to },
    after: look.after,
    span: toSpan({ from, to }, zone),
  };
}

const serialize = createSerializer(filters);

/** Path of a file with everybody whose data was read. */
export const readsFilePath = (chosen: Parameters<typeof readsQuery.toPath>[0]) =>
  serialize("/api/reads.csv", chosen);
