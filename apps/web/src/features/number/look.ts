import { PurposeKey } from "@ringfence/core/purpose";
import { Dialer } from "@ringfence/core/screening";
import { TimelineCursor, TimelineKind } from "@ringfence/core/timeline";
import type { Route } from "next";
import { z } from "zod";
import { safePath } from "@/server/safe-path";

/** For which call a number is judged, and what of its timeline is shown: the state of the page. */
const Look = z.object({
  seller: z.string().max(64).optional().catch(undefined),
  purpose: PurposeKey.optional().catch(undefined),
  dialer: Dialer.optional().catch(undefined),
  kind: TimelineKind.optional().catch(undefined),
  after: z
    .string()
    .refine((text) => TimelineCursor.safeParse(text).success)
    .optional()
    .catch(undefined),
});
export type Look = z.infer<typeof Look>;

/** The parameters of an address, or the fields of a form; what is not known there is left out. */
export const readLook = (params: object): Look => Look.parse(params);

/** A phone on record, or what somebody has typed, sealed. */
export type Subject = { phoneId: string } | { asked: string };

/** Where a look at a number is. */
export function numberPath(subject: Subject, look: Look = {}): Route {
  const query = new URLSearchParams("asked" in subject ? subject : {});
  for (const [name, value] of Object.entries(look)) if (value) query.set(name, value);
  const path = "phoneId" in subject ? `/numbers/${subject.phoneId}` : "/numbers";
  return safePath(query.size > 0 ? `${path}?${query.toString()}` : path);
}
