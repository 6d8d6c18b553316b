import { CauseFilter, ListViolations, Severity } from "@ringfence/core/calling/violation";
import { ReasonCode, ScreenedVerdict } from "@ringfence/core/calling/screening";
import { ConsentSource, ListConsents } from "@ringfence/core/consents/consent";
import { ComplaintSource } from "@ringfence/core/desk/complaint";
import { OptOutChannel, OptOutReach } from "@ringfence/core/do-not-call/opt-out";
import { SuppressionReason } from "@ringfence/core/do-not-call/suppression";
import { EndStep } from "@ringfence/core/audience/segment";
import { CalledParty } from "@ringfence/core/people/phone";
import {
  parseAsBoolean,
  parseAsIsoDateTime,
  parseAsString,
  parseAsStringLiteral,
} from "nuqs/server";
import { AuditKindFilter } from "@ringfence/core/platform/audit";
import type { ViewedList } from "@ringfence/core/desk/saved-view";
import { createListQuery } from "../list-query";

// Addresses of the lists that have filters. The page of a list, its file and its saved views read their filters with
// these. A search text (`find`) may be a number or a name, so it is encrypted in the address.

/** `who` is the type and id of an actor, such as `key.0195a000-…`; `from` and `to` are the first and last day. */
export const auditFilters = {
  find: parseAsString,
  kind: parseAsStringLiteral(AuditKindFilter.options),
  action: parseAsString,
  who: parseAsString,
  phone: parseAsString,
  contact: parseAsString,
  from: parseAsString,
  to: parseAsString,
};

export const auditQuery = createListQuery("/audit", auditFilters);

export const callsQuery = createListQuery("/calls", {
  campaign: parseAsString,
  dialer: parseAsString,
  from: parseAsIsoDateTime,
  until: parseAsIsoDateTime,
});

export const screeningsQuery = createListQuery("/screenings", {
  verdict: parseAsStringLiteral(ScreenedVerdict.options),
  reason: parseAsStringLiteral(ReasonCode.options),
  from: parseAsIsoDateTime,
  until: parseAsIsoDateTime,
});

/** Choices for the list of complaints. Without one, it shows all open complaints. */
export const complaintShows = ["decided", "urgent", "mine"] as const;

export const complaintsQuery = createListQuery("/complaints", {
  show: parseAsStringLiteral(complaintShows),
  source: parseAsStringLiteral(ComplaintSource.options),
});

export const consentStrengths = ListConsents.shape.strength.unwrap().options;

export const consentsQuery = createListQuery("/consents", {
  find: parseAsString,
  source: parseAsStringLiteral(ConsentSource.options),
  strength: parseAsStringLiteral(consentStrengths),
});

/** `seller` and `step` name the step of the overview at which the listed contacts ended. */
export const contactsQuery = createListQuery("/contacts", {
  find: parseAsString,
  party: parseAsStringLiteral(CalledParty.options),
  seller: parseAsString,
  step: parseAsStringLiteral(EndStep.options),
});

export const optOutsQuery = createListQuery("/opt-outs", {
  find: parseAsString,
  channel: parseAsStringLiteral(OptOutChannel.options),
  imports: parseAsBoolean,
  from: parseAsIsoDateTime,
  until: parseAsIsoDateTime,
  reach: parseAsStringLiteral(OptOutReach.options),
  campaign: parseAsString,
  dialer: parseAsString,
});

/** Without `show`, ended suppressions are hidden. A figure of Today sets `from`. */
export const suppressionsQuery = createListQuery("/suppressions", {
  find: parseAsString,
  reason: parseAsStringLiteral(SuppressionReason.options),
  show: parseAsStringLiteral(["all"]),
  from: parseAsIsoDateTime,
});

export const violationsQuery = createListQuery("/violations", {
  status: parseAsStringLiteral(ListViolations.shape.status.unwrap().options).withDefault("open"),
  severity: parseAsStringLiteral(Severity.options),
  cause: parseAsStringLiteral(CauseFilter.options),
  from: parseAsIsoDateTime,
});

type SavedFilters = Readonly<Record<string, string>>;
type OpenSaved = ReturnType<typeof callsQuery.openSaved>;

/** Reads the filters of saved views, for each list that has filters. */
export const viewQueries: Record<ViewedList, { openSaved: (saved: SavedFilters) => OpenSaved }> = {
  audit: auditQuery,
  calls: callsQuery,
  complaints: complaintsQuery,
  consents: consentsQuery,
  contacts: contactsQuery,
  "opt-outs": optOutsQuery,
  screenings: screeningsQuery,
  suppressions: suppressionsQuery,
  violations: violationsQuery,
};
