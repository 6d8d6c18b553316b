import type { SegmentId } from "@ringfence/core/ids";
import { EndStep, type SegmentCall } from "@ringfence/core/audience/segment";
import {
  createLoader,
  createSerializer,
  type inferParserType,
  parseAsString,
  parseAsStringLiteral,
} from "nuqs/server";
import { parseAsTrail } from "@/server/list-query";
import { safePath } from "@/server/safe-path";

/**
 * Query parameters: the call to screen for, whose people are listed (stopped at a step, or callable), and the
 * pages visited of that list.
 */
const query = {
  seller: parseAsString,
  purpose: parseAsString,
  place: parseAsStringLiteral(EndStep.options),
  after: parseAsTrail,
};

export const loadSegmentQuery = createLoader(query);

const serialize = createSerializer(query);
type Look = Partial<inferParserType<typeof query>>;
type Which = { segmentId: SegmentId; seller?: string | null; purpose?: string | null };

/**
 * Path of a segment, for calls of a seller about a purpose. If people are listed, it leads to the list. A seller or
 * purpose in `look` replaces the one in the first argument.
 */
export const segmentPath = (
  { segmentId, seller = null, purpose = null }: Which,
  look: Look = {},
) => {
  const path = `/segments/${segmentId}${serialize({ seller, purpose, ...look })}`;
  return safePath(look.place ? `${path}#people` : path);
};

/** Path of the page that explains a person of a segment. */
export const personPath = (
  { segmentId, seller = null, purpose = null }: Which,
  contactId: string,
) => safePath(`/segments/${segmentId}/${contactId}${serialize({ seller, purpose })}`);

/** Converts the query to the call that it names. */
export const toSegmentCall = ({
  seller,
  purpose,
}: Pick<Look, "seller" | "purpose">): SegmentCall => ({
  ...(seller && { seller }),
  ...(purpose && { purpose }),
});
