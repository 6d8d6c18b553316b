import type { Route } from "next";
import {
  createLoader,
  createSerializer,
  type inferParserType,
  type LoaderInput,
  type ParserMap,
  parseAsArrayOf,
  parseAsString,
} from "nuqs/server";
import { safePath } from "./safe-path";

/**
 * Path through a list, as a part of the address: the cursor of each page visited. The first page has
 * none.
 */
export const parseAsTrail = parseAsArrayOf(parseAsString, "~").withDefault([]);

type Steps = { newer: Route | null; older: Route | null };

/**
 * Links to the pages before and after the last one of a trail; null where there is none. `toHref` returns paths of
 * ours.
 */
export function toPagerLinks(
  trail: readonly string[],
  next: string | null,
  toHref: (trail: string[]) => string,
): Steps {
  const newer = trail.length > 0 ? toHref(trail.slice(0, -1)) : null;
  const older = next === null ? null : toHref([...trail, next]);
  return { newer: isRoute(newer) ? newer : null, older: isRoute(older) ? older : null };
}

const isRoute = (href: string | null): href is Route => href?.startsWith("/") === true;

const trail = { after: parseAsTrail };
const loadTrail = createLoader(trail);
const writeTrail = createSerializer(trail);

/** Contents of a list's address: its filters, and the cursors of the pages visited. */
type Look<Filters extends ParserMap> = {
  filters: inferParserType<Filters>;
  after: readonly string[];
};

/** True if any filter has a value. A filter with a default always has one. */
export const isAnyChosen = (filters: Readonly<Record<string, unknown>>): boolean =>
  Object.values(filters).some((value) => value !== null);

type Chosen<Filters> = { [Name in keyof Filters]?: NonNullable<Filters[Name]> };

/** Leaves out filters that are not chosen, as the verbs of lists expect. */
export function keepChosen<Filters extends object>(filters: Filters): Chosen<Filters> {
  const chosen: Chosen<Filters> = {};
  for (const name in filters) if (filters[name] !== null) chosen[name] = filters[name];
  return chosen;
}

/** Reads and writes the address of a list. */
export function createListQuery<Filters extends ParserMap>(path: string, filters: Filters) {
  const loadFilters = createLoader(filters);
  const writeFilters = createSerializer(filters);
  type Chosen = Parameters<typeof writeFilters>[1];

  /** Path of the first page with these filters, or of the page behind these cursors. */
  const toPath = (chosen: Chosen, after: readonly string[] = []) =>
    safePath(writeTrail(writeFilters(path, chosen), { after: [...after] }));
  return {
    load: async (given: LoaderInput | Promise<LoaderInput>): Promise<Look<Filters>> => {
      const address = await given;
      return { filters: loadFilters(address), after: loadTrail(address).after };
    },
    toPath,
    /** Address of a file with all rows that match these filters. */
    toFile: (chosen: Chosen) => writeFilters(`/api${path}.csv`, chosen),
    /** Filters as the address has them. One that is not chosen is missing. */
    write: (chosen: Chosen) => Object.fromEntries(new URLSearchParams(writeFilters("", chosen))),
    /** Reads filters that were saved. `isLess` is true if the list no longer knows all of them. */
    openSaved: (saved: Readonly<Record<string, string>>) => {
      const known = loadFilters({ ...saved });
      const filters = Object.fromEntries(new URLSearchParams(writeFilters("", known)));
      const isLess = Object.keys(saved).some((name) => !Object.hasOwn(filters, name));
      return { path: toPath(known), filters, isLess };
    },
    /** Links to the pages before and after the one shown. */
    toSteps: ({ filters, after }: Look<Filters>, next: string | null) =>
      toPagerLinks(after, next, (cursors) => toPath(filters, cursors)),
  };
}
