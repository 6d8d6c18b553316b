import { ConsentId } from "../../platform/ids.ts";
import type { OptOut } from "../../do-not-call/opt-out/index.ts";
import { PurposeKey, covers } from "../../account/purpose/index.ts";
import { type ConsentEvent, Element } from "./consent.ts";
import { type StrongElement, findLackingElements } from "./elements.ts";
import { isHeldByOptOut, findBlockingOptOuts } from "./consent-after-opt-out.ts";
import { type ConsentQuestion, determineStanding, listCountedEvents } from "./standing.ts";
import { z } from "zod";

/**
 * Standing of a consent for one purpose (contract 6). `since` is when the event or the opt-out that decides took place;
 * of a held consent, when the person gave it; of an expired one, when it ended. `until` is left out for a consent that
 * never ends by itself.
 */
export type PurposeStanding = {
  purpose: PurposeKey;
  status: PurposeStatus;
  since: Date;
  until?: Date;
  /** Elements that an insufficient consent from older records lacks. Left out for an enquiry. */
  missing?: readonly StrongElement[];
};

/**
 * From least to most permission. `held`: it follows an opt-out and does not lift it. `insufficient`: it
 * comes from older records that do not prove it, or is an enquiry that the law does not count as a consent.
 */
const statuses = [
  "withdrawn",
  "held",
  "invalidated",
  "expired",
  "requested",
  "insufficient",
  "granted",
] as const;
type PurposeStatus = (typeof statuses)[number];

/**
 * Determines the standing of a consent for each purpose that it names, and for each purpose below them that
 * an event or opt-out mentions. Of its channels, the one that permits least counts. `events` are all of the phone,
 * because another consent of the phone may permit the same calls; `optOuts` are all of the person. `countsEnquiries` is
 * what `doesLawCountEnquiries` says of calls to the phone. Sorted by purpose; empty if the consent has no events or
 * names no purpose.
 */
export function determineStandings(
  consentId: ConsentId,
  events: readonly ConsentEvent[],
  optOuts: readonly OptOut[],
  moment: StandingMoment,
): PurposeStanding[] {
  const own = events.filter((event) => event.consentId === consentId);
  const questions = listQuestions(own, findRelevantPurposes(own, events, optOuts));
  const standings = questions.flatMap((question) => {
    const standing = determineStatus(consentId, question, events, optOuts, moment);
    return standing === null ? [] : { purpose: question.purpose, ...standing };
  });

  const least = standings.toSorted(
    (a, b) => statuses.indexOf(a.status) - statuses.indexOf(b.status),
  );
  const byPurpose = new Map(least.toReversed().map((standing) => [standing.purpose, standing]));
  return [...byPurpose.values()].toSorted((a, b) => (a.purpose < b.purpose ? -1 : 1));
}

type StandingMoment = { at: Date; countsEnquiries: boolean };

/** Finds the purposes of a consent, and those below them that other events or opt-outs mention. */
function findRelevantPurposes(
  own: readonly ConsentEvent[],
  events: readonly ConsentEvent[],
  optOuts: readonly OptOut[],
): PurposeKey[] {
  const named = own.flatMap(({ purposes }) => purposes);
  const mentioned = [
    ...events.flatMap(({ purposes }) => purposes),
    ...optOuts.flatMap((optOut) => (optOut.scope === "purpose" ? optOut.purpose : [])),
  ];
  return mentioned.filter((purpose) => named.some((node) => covers(node, purpose)));
}

function listQuestions(own: readonly ConsentEvent[], purposes: readonly PurposeKey[]) {
  const channels = new Set(own.flatMap((event) => event.channels));
  const sellers = new Set(own.map(({ sellerId }) => sellerId));
  return [...sellers].flatMap((sellerId) =>
    [...channels].flatMap((channel) =>
      [...new Set(purposes)].map((purpose): ConsentQuestion => ({ sellerId, purpose, channel })),
    ),
  );
}

function determineStatus(
  consentId: ConsentId,
  question: ConsentQuestion,
  events: readonly ConsentEvent[],
  optOuts: readonly OptOut[],
  { at, countsEnquiries }: StandingMoment,
): Omit<PurposeStanding, "purpose"> | null {
  const counted = determineStanding(listCountedEvents(events, countsEnquiries), question, at);
  const withEnquiries = determineStanding(events, question, at);
  const countsForNothing = counted.status === "none";
  const standing = countsForNothing ? withEnquiries : counted;
  if (standing.status === "none") return null;
  // A refusal when asked again withdraws the earlier consent.
  if (standing.status === "refused") return { status: "withdrawn", since: standing.since };
  if (standing.status !== "granted") return { status: standing.status, since: standing.since };

  const { since, until, grants } = standing;
  const blockingOptOuts = findBlockingOptOuts(optOuts, question, grants);
  // An enquiry that does not count is also held: it does not lift the opt-out either.
  const allGrants = withEnquiries.status === "granted" ? withEnquiries.grants : grants;
  const held = allGrants.find(
    (grant) => grant.consentId === consentId && isHeldByOptOut(grant, blockingOptOuts),
  );
  if (held) return { status: "held", since: held.at };
  const [optOut] = blockingOptOuts;
  if (optOut) return { status: "withdrawn", since: optOut.at };
  if (countsForNothing) return { status: "insufficient", since };
  if (grants.every((grant) => findLackingElements(grant).length > 0)) {
    return { status: "insufficient", since, missing: findLackingElements(grants[0]) };
  }
  return { status: "granted", since, ...(until && { until }) };
}

/** Response to a recorded or withdrawn consent: its standing for each purpose. */
export const ConsentResponse = z
  .object({
    id: ConsentId,
    standing: z
      .array(
        z.object({
          purpose: PurposeKey,
          status: z
            .enum([
              "requested",
              "granted",
              "insufficient",
              "expired",
              "withdrawn",
              "invalidated",
              "held",
            ])
            .meta({
              description:
                "`held`: an opt-out stands against it, which it does not lift. `insufficient`: it is " +
                "from older records, which do not hold what is `missing`, or an enquiry that the law " +
                "does not count as a consent.",
            }),
          since: z.date(),
          until: z.date().optional(),
          missing: z.array(Element).readonly().optional(),
        }),
      )
      .readonly(),
    statement: z.string().meta({
      description:
        "The latest signed statement about it: an SD-JWT (RFC 9901), which the ledger holds within seconds.",
    }),
    notes: z
      .array(z.string())
      .meta({ description: "How the record differs from the request, in words." }),
    certificate: z.string().meta({ description: "Path of its certificate." }),
  })
  .meta({ id: "Consent" });
export type ConsentResponse = z.infer<typeof ConsentResponse>;
