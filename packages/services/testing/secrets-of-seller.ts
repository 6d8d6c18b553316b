import type { recordForTwoSellers } from "./two-sellers.ts";

type Rows = Awaited<ReturnType<typeof recordForTwoSellers>>["shop"];

/**
 * Values that identify a seller's data. A member for another seller must not see them unless they sent
 * them.
 */
export function listSecrets(of: Rows, said: unknown): readonly string[] {
  const words = JSON.stringify(said ?? null);
  return secretGroups(of)
    .filter((group) => !group.some((secret) => words.includes(secret)))
    .flat();
}

/** Values that belong together: whoever knows one of a group may know all of it. */
const secretGroups = (of: Rows): readonly (readonly string[])[] => [
  [of.phones.consent, of.phoneIds.consent],
  [of.phones.optOut, of.phoneIds.optOut],
  [of.calledPhone, of.calledPhoneId],
  [of.consent.id],
  [of.consent.entryId],
  [of.optOut.id],
  [of.optOut.reference],
  [of.screening.id],
  [of.scrubId],
  [of.callId],
  [of.violationId],
  [of.words],
  [of.disclosureId],
  [of.formId],
  [of.segmentId],
  [of.segmentName],
  [of.campaignId],
  [of.campaignName],
  [of.plan.key],
];
