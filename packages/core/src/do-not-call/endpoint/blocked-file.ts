import { csvLine } from "../../platform/csv/index.ts";

/** A number that somebody's refusal covers, as a file for dialers tells of it. */
export type BlockedPhone = {
  phone: string;
  scope: string;
  seller: string | null;
  purpose: string | null;
  at: Date;
  reference: string;
};

const header = ["phone", "scope", "seller", "purpose", "effective_at", "reference"];

export const BLOCKED_FILE_HEADER: string = csvLine(header);

export const toBlockedLine = ({ phone, scope, seller, purpose, at, reference }: BlockedPhone) =>
  csvLine([phone, scope, seller ?? "", purpose ?? "", at.toISOString(), reference]);
