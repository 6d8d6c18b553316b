import { csvLine } from "../../platform/csv/index.ts";

/** A number that somebody's refusal covers, as a file for dialers tells of it. */
export type RefusedPhone = {
  phone: string;
  scope: string;
  seller: string | null;
  purpose: string | null;
  at: Date;
  reference: string;
};

const header = ["phone", "scope", "seller", "purpose", "effective_at", "reference"];

export const refusalHeader: string = csvLine(header);

export const refusalLine = ({ phone, scope, seller, purpose, at, reference }: RefusedPhone) =>
  csvLine([phone, scope, seller ?? "", purpose ?? "", at.toISOString(), reference]);
