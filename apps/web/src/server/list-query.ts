import {
  createLoader,
  createSerializer,
  type inferParserType,
  type LoaderInput,
  type ParserMap,
} from "nuqs/server";
import { parseAsTrail, toPagerLinks } from "@/components/pager";
import { safePath } from "./safe-path";

const trail = { after: parseAsTrail };
const loadTrail = createLoader(trail);
const writeTrail = createSerializer(trail);

/** What the address of a list says: its filters, and the cursors of the pages visited. */
type Look<Filters extends ParserMap> = {
  filters: inferParserType<Filters>;
  after: readonly string[];
};

/** Reads and writes the address of a list. */
export function createListQuery<Filters extends ParserMap = Record<never, never>>(
  path: string,
  filters: Filters,
) {
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
    /** Links to the pages before and after the one shown. */
    toSteps: ({ filters, after }: Look<Filters>, next: string | null) =>
      toPagerLinks(after, next, (cursors) => toPath(filters, cursors)),
  };
}
