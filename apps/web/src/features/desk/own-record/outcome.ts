import type { OwnRecord } from "@ringfence/services/desk/own-record";

/** Query of the page, as anyone can write it into a link. */
export type OwnQuery = Readonly<Record<string, string | string[] | undefined>>;

/**
 * True if the query names a consent that the person gave and that is no longer in force. The record decides,
 * not the link: otherwise anyone could send a person a link that says their consent was withdrawn.
 */
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
