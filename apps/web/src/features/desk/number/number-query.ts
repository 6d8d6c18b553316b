import { PurposeKey } from "@ringfence/core/account/purpose";
import { Dialer } from "@ringfence/core/account/organization";
import { TimelineCursor, TimelineKind } from "@ringfence/core/desk/number";
import type { Route } from "next";
import {
  createLoader,
  createSerializer,
  type inferParserType,
  parseAsBoolean,
  parseAsString,
  parseAsStringEnum,
} from "nuqs/server";
import { parseAsTrail } from "@/server/list-query";
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

/** State of the page: the call to screen, and the part of the timeline. */
export type NumberQuery = inferParserType<typeof query>;
export const loadNumberQuery = createLoader(query);
const serialize = createSerializer(query);

/** Converts the state to the input of verbs. Values without meaning are left out. */
export const toVerbInput = ({ seller, purpose, dialer, kind, after }: NumberQuery) => ({
  seller: seller ?? undefined,
  purpose: PurposeKey.safeParse(purpose).data,
  dialer: dialer ?? undefined,
  kind: kind ?? undefined,
  after: after.findLast((cursor) => TimelineCursor.safeParse(cursor).success),
});

/** A stored phone, or the text that was typed, sealed so that no number is in an address. */
export type NumberSubject = { phoneId: string } | { asked: string };

/** The page with everything about a number, or the one for a call. */
export type NumberPage = "numbers" | "call";

/** Path of a page about a number. */
export function numberPath(
  subject: NumberSubject,
  look: Partial<NumberQuery> = {},
  place: NumberPage = "numbers",
): Route {
  const base =
    "phoneId" in subject
      ? `/${place}/${subject.phoneId}`
      : `/${place}?${new URLSearchParams(subject).toString()}`;
  return safePath(serialize(base, look));
}
