import { PurposeKey } from "@ringfence/core/account/purpose";
import { Dialer } from "@ringfence/core/account/organization";
import { TimelineCursor, TimelineKind } from "@ringfence/core/people/timeline";
import type { Route } from "next";
import {
  createLoader,
  createSerializer,
  type inferParserType,
  parseAsBoolean,
  parseAsString,
  parseAsStringEnum,
} from "nuqs/server";
import { parseAsTrail } from "@/components/trail";
import { safePath } from "@/server/safe-path";

const query = {
  seller: parseAsString,
  purpose: parseAsString,
  dialer: parseAsStringEnum(Dialer.options),
  kind: parseAsStringEnum(TimelineKind.options),
  after: parseAsTrail,
  /** True if the agent looked the number up: a key pressed twice must then not count as an answer. */
  found: parseAsBoolean.withDefault(false),
};

/** For which call a number is judged, and what of its timeline is shown: the state of the page. */
export type Look = inferParserType<typeof query>;
export const loadLook = createLoader(query);
const serialize = createSerializer(query);

/** The same as verbs are asked. What stands in an address and can mean nothing is left out. */
export const questionOf = ({ seller, purpose, dialer, kind, after }: Look) => ({
  seller: seller ?? undefined,
  purpose: PurposeKey.safeParse(purpose).data,
  dialer: dialer ?? undefined,
  kind: kind ?? undefined,
  after: after.findLast((cursor) => TimelineCursor.safeParse(cursor).success),
});

/** A phone on record, or what somebody has typed, sealed. */
export type Subject = { phoneId: string } | { asked: string };

/** All about a number, or what an agent needs of it in a call. */
export type LookPlace = "numbers" | "call";

/** Where a look at a number is. */
export function numberPath(
  subject: Subject,
  look: Partial<Look> = {},
  place: LookPlace = "numbers",
): Route {
  const base =
    "phoneId" in subject
      ? `/${place}/${subject.phoneId}`
      : `/${place}?${new URLSearchParams(subject).toString()}`;
  return safePath(serialize(base, look));
}
