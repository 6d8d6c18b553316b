import type { OwnRecord } from "@ringfence/services/desk/own-record";

/**
 * Query of the page, which names what was just done. Anyone can write it into a link, and send a person a link
 * that says their consent was withdrawn: so the record decides what is shown.
 */
export type OwnQuery = Readonly<Record<string, string | string[] | undefined>>;

/** True if the query names a consent of the person that was withdrawn whole. */
export const isWithdrawn = (
  { withdrawn }: OwnQuery,
  {
    consents,
    standing,
  }: Pick<OwnRecord, "standing"> & {
    consents: readonly { consentId: string }[];
  },
): boolean =>
  typeof withdrawn === "string" &&
  !standing.has(withdrawn) &&
  consents.some(({ consentId }) => consentId === withdrawn);

/** True if the query names a complaint of the person. */
export const isComplaintRecorded = (
  { complained }: OwnQuery,
  { complaints }: { complaints: readonly { id: string }[] },
): boolean => complaints.some(({ id }) => id === complained);

/** True if the query names an opt-out of the person that was not corrected. */
export const isDeclined = (
  { declined }: OwnQuery,
  { refusals }: { refusals: readonly { id: string; correctedAt: Date | null }[] },
): boolean => refusals.some(({ id, correctedAt }) => id === declined && correctedAt === null);

/** True if the query names a choice about calls that is in force. */
export const isChosen = (
  { chosen }: OwnQuery,
  { preferences }: { preferences: readonly { id: string }[] },
): boolean => preferences.some(({ id }) => id === chosen);

/**
 * What became of an agreement that the query names: `counts` if the consent is in force, `waits` if the person still has
 * to answer a message; null if it is not theirs, or has ended.
 */
export function findAgreement(
  { agreed }: OwnQuery,
  {
    consents,
    standing,
  }: Pick<OwnRecord, "standing"> & {
    consents: readonly { consentId: string; type: string }[];
  },
): "counts" | "waits" | null {
  const latest = consents.find(({ consentId }) => consentId === agreed);
  if (latest === undefined || !standing.has(latest.consentId)) return null;
  return latest.type === "requested" ? "waits" : "counts";
}
