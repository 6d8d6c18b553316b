import type { SegmentId } from "@ringfence/core/ids";
import { EndStep, type SegmentCall } from "@ringfence/core/audience/segment";
import {
  createLoader,
  createSerializer,
  type inferParserType,
  parseAsString,
  parseAsStringLiteral,
} from "nuqs/server";
import { parseAsTrail } from "@/components/trail";
import { safePath } from "@/server/safe-path";

/** For which calls a segment is looked at, and which of its people are open. */
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

/** A segment, for calls of a seller about a purpose; where people are open, they are led to. */
export const segmentPath = (
  { segmentId, seller = null, purpose = null }: Which,
  look: Look = {},
) => {
  const path = `/segments/${segmentId}${serialize({ seller, purpose, ...look })}`;
  return safePath(look.place ? `${path}#people` : path);
};

/** Why a person of it may be called, or not. */
export const personPath = (
  { segmentId, seller = null, purpose = null }: Which,
  contactId: string,
) => safePath(`/segments/${segmentId}/${contactId}${serialize({ seller, purpose })}`);

/** The call that a look names. */
export const toSegmentCall = ({
  seller,
  purpose,
}: Pick<Look, "seller" | "purpose">): SegmentCall => ({
  ...(seller && { seller }),
  ...(purpose && { purpose }),
});
