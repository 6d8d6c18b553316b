import "server-only";
import {
  CallId,
  ComplaintId,
  ContactId,
  OptOutId,
  ScreeningId,
  SuppressionId,
  ViolationId,
} from "@ringfence/core/ids";
import { SellerStep } from "@ringfence/core/desk/overview";
import type { ExportedList } from "@ringfence/core/platform/audit";
import { type CallItem, listCalls } from "@ringfence/services/calling/call";
import { type ScreeningItem, listScreenings } from "@ringfence/services/calling/screening";
import { type ViolationView, listViolations } from "@ringfence/services/calling/violation";
import { type ConsentListItem, listConsents } from "@ringfence/services/consents/consent";
import { type ComplaintView, listComplaints } from "@ringfence/services/desk/complaint";
import { listContacts } from "@ringfence/services/desk/contact";
import { exportOptOuts, listOptOuts } from "@ringfence/services/do-not-call/opt-out";
import { listSuppressions } from "@ringfence/services/do-not-call/suppression";
import { getTranslations } from "next-intl/server";
import type { MemberContext } from "../answer-member";
import { phoneColumns } from "../csv";
import { attachment, encodePages, listAttachment } from "../downloads";
import { isAnyChosen, keepChosen } from "../list-query";
import { openSearch } from "../sealed-search";
import {
  callsQuery,
  complaintsQuery,
  consentsQuery,
  contactsQuery,
  optOutsQuery,
  screeningsQuery,
  suppressionsQuery,
  violationsQuery,
} from "./queries";

type Contact = Awaited<ReturnType<typeof listContacts>>["items"][number];
type OptOut = Awaited<ReturnType<typeof listOptOuts>>["items"][number];
type Suppression = Awaited<ReturnType<typeof listSuppressions>>["items"][number];

/** Writes the file of a list with the filters of the request's address. */
type WriteFile = (ctx: MemberContext, request: Request) => Promise<Response>;

const limit = 200;

/**
 * Files of the lists that show people, by the list's name. Their route records the export with a reason before it
 * calls these. Each page of a file is a call of the list's own verb, so it obeys its permissions and is audited like
 * a page that is looked at. Columns have the names of the contract; those of contacts, suppressions and violations
 * have the heads of their page.
 */
export const peopleFiles = {
  calls: async (ctx, request) => {
    const criteria = keepChosen((await callsQuery.load(request)).filters);
    return listAttachment<CallItem>(
      "calls.csv",
      [
        ["id", ({ id }) => id],
        ["at", ({ at }) => at],
        ["phone", ({ phone }) => phone],
        ["seller", ({ seller }) => seller],
        ["campaign", ({ campaign }) => campaign],
        ["dialer", ({ dialer }) => dialer],
        ["outcome", ({ outcome }) => outcome],
        ["seconds", ({ seconds }) => seconds],
        ["screeningId", ({ screeningId }) => screeningId],
        ["violationId", ({ violationId }) => violationId],
      ],
      async (cursor) => {
        const after = CallId.safeParse(cursor).data;
        const { items, next } = await listCalls(ctx, { ...criteria, after, limit });
        return { rows: items, next };
      },
    );
  },

  screenings: async (ctx, request) => {
    const criteria = keepChosen((await screeningsQuery.load(request)).filters);
    return listAttachment<ScreeningItem>(
      "screenings.csv",
      [
        ["id", ({ id }) => id],
        ["at", ({ at }) => at],
        ["phone", ({ phone }) => phone],
        ["verdict", ({ verdict }) => verdict],
        ["reasons", ({ reasons }) => reasons.join(" ")],
        ["seller", ({ seller }) => seller],
        ["purpose", ({ purpose }) => purpose],
        ["campaign", ({ campaign }) => campaign],
      ],
      async (cursor) => {
        const after = ScreeningId.safeParse(cursor).data;
        const { items, next } = await listScreenings(ctx, { ...criteria, after, limit });
        return { rows: items, next };
      },
    );
  },

  complaints: async (ctx, request) => {
    const { show, source } = (await complaintsQuery.load(request)).filters;
    const criteria = {
      isDecided: show === "decided",
      isUrgent: show === "urgent",
      isMine: show === "mine",
      ...keepChosen({ source }),
    };
    return listAttachment<ComplaintView>(
      "complaints.csv",
      [
        ["id", ({ id }) => id],
        ["phone", ({ phone }) => phone],
        ["text", ({ text }) => text],
        ["source", ({ source }) => source],
        ["regulator", ({ regulator }) => regulator],
        ["receivedAt", ({ receivedAt }) => receivedAt],
        ["dueAt", ({ dueAt }) => dueAt],
        ["calls", ({ calls }) => calls],
        ["assignee", ({ assignee }) => assignee],
        ["decision", ({ decision }) => decision],
        ["decidedAt", ({ decidedAt }) => decidedAt],
        ["appealedAt", ({ appealedAt }) => appealedAt],
      ],
      async (cursor) => {
        const after = ComplaintId.safeParse(cursor).data;
        const { items, next } = await listComplaints(ctx, { ...criteria, after });
        return { rows: items, next };
      },
    );
  },

  consents: async (ctx, request) => {
    const { find, ...filters } = (await consentsQuery.load(request)).filters;
    const { search, isOver } = await openSearch(find);
    if (isOver) return answerSearchOver();
    const criteria = keepChosen({ search, ...filters });
    return listAttachment<ConsentListItem>(
      "consents.csv",
      [
        ["id", ({ id }) => id],
        ["phone", ({ phone }) => phone],
        ["seller", ({ seller }) => seller],
        ["purposes", ({ purposes }) => purposes.join(" ")],
        ["at", ({ at }) => at],
        ["source", ({ source }) => source],
        ["form", ({ form }) => form],
        ["event", ({ latest }) => latest],
        [
          "standing",
          ({ standing }) => standing.map(({ purpose, status }) => `${purpose}=${status}`).join(" "),
        ],
        ["missing", ({ weaknesses }) => weaknesses.join(" ")],
      ],
      async (cursor) => {
        const page = { ...criteria, ...(cursor !== null && { after: cursor }), limit };
        const { items, next } = await listConsents(ctx, page);
        return { rows: items, next };
      },
    );
  },

  contacts: async (ctx, request) => {
    const { find, party, ...ended } = (await contactsQuery.load(request)).filters;
    const { search, isOver } = await openSearch(find);
    if (isOver) return answerSearchOver();
    const criteria = {
      ...keepChosen({ search, calledParty: party }),
      ended: SellerStep.safeParse(ended).data,
    };
    const [t, status, words] = await Promise.all([
      getTranslations("contacts"),
      getTranslations("status"),
      getTranslations("phoneColumns"),
    ]);
    const heads = { phone: words("phone"), others: words("others") };
    return listAttachment<Contact>(
      "contacts.csv",
      [
        [t("externalId"), ({ externalId }) => externalId],
        [t("name"), ({ name }) => name],
        ...phoneColumns<Contact>(heads, ({ phones }) => phones.flatMap(({ e164 }) => e164 ?? [])),
        [t("region"), ({ addressRegion }) => addressRegion],
        [t("zone"), ({ zone }) => zone],
        [t("standing"), ({ standing }) => standing && status(standing)],
        [t("added", { zone: "UTC" }), ({ createdAt }) => createdAt],
      ],
      async (cursor) => {
        const after = ContactId.safeParse(cursor).data;
        const { items, next } = await listContacts(ctx, { ...criteria, after, limit });
        return { rows: items, next };
      },
    );
  },

  // Without filters, the file is the one of the API, for dialers that keep a copy.
  "opt-outs": async (ctx, request) => {
    const { filters } = await optOutsQuery.load(request);
    if (!isAnyChosen(filters))
      return attachment("opt-outs.csv", encodePages(await exportOptOuts(ctx)));
    const { find, ...others } = filters;
    const { search, isOver } = await openSearch(find);
    if (isOver) return answerSearchOver();
    const criteria = keepChosen({ search, ...others });
    return listAttachment<OptOut>(
      "opt-outs.csv",
      [
        ["id", ({ id }) => id],
        ["phone", ({ phone }) => phone],
        ["scope", ({ scope }) => Object.keys(scope)[0] ?? "all"],
        ["seller", ({ scope }) => ("seller" in scope ? scope.seller : null)],
        ["purpose", ({ scope }) => ("purpose" in scope ? scope.purpose : null)],
        ["channel", ({ channel }) => channel],
        ["effective_at", ({ effectiveAt }) => effectiveAt],
        ["recorded_at", ({ recordedAt }) => recordedAt],
        ["reference", ({ reference }) => reference],
        ["lifted_at", ({ correctedAt }) => correctedAt],
      ],
      async (cursor) => {
        const after = OptOutId.safeParse(cursor).data;
        const { items, next } = await listOptOuts(ctx, { ...criteria, after, limit });
        return { rows: items, next };
      },
    );
  },

  suppressions: async (ctx, request) => {
    const { find, reason, show, from } = (await suppressionsQuery.load(request)).filters;
    const { search, isOver } = await openSearch(find);
    if (isOver) return answerSearchOver();
    const criteria = { ...keepChosen({ search, reason, from }), ended: show === "all" };
    const [t, reasons] = await Promise.all([
      getTranslations("suppressions"),
      getTranslations("suppressions.reasons"),
    ]);
    return listAttachment<Suppression>(
      "suppressions.csv",
      [
        [t("phone"), ({ phone }) => phone],
        [t("reason"), (row) => reasons(row.reason)],
        [t("since", { zone: "UTC" }), ({ at }) => at],
        [t("until", { zone: "UTC" }), ({ until }) => until],
        [t("recorded", { zone: "UTC" }), ({ recordedAt }) => recordedAt],
      ],
      async (cursor) => {
        const after = SuppressionId.safeParse(cursor).data;
        const { items, next } = await listSuppressions(ctx, { ...criteria, after, limit });
        return { rows: items, next };
      },
    );
  },

  violations: async (ctx, request) => {
    const { status, ...others } = (await violationsQuery.load(request)).filters;
    const criteria = { status, ...keepChosen(others) };
    const [t, causes, statuses] = await Promise.all([
      getTranslations("violations"),
      getTranslations("violations.causes"),
      getTranslations("status"),
    ]);
    return listAttachment<ViolationView>(
      "violations.csv",
      [
        [t("id"), ({ id }) => id],
        [t("what"), (row) => row.causes.map(({ cause }) => causes(cause)).join("; ")],
        [t("severity"), ({ severity }) => statuses(severity)],
        [t("whose"), ({ call, campaign }) => call?.phone ?? campaign],
        [t("at", { zone: "UTC" }), ({ at }) => at],
        [t("due", { zone: "UTC" }), ({ dueAt }) => dueAt],
        [t("owner"), ({ owner }) => owner?.name ?? null],
        [t("closed", { zone: "UTC" }), ({ closedAt }) => closedAt],
      ],
      async (cursor) => {
        const after = ViolationId.safeParse(cursor).data;
        const { items, next } = await listViolations(ctx, { ...criteria, after, limit });
        return { rows: items, next };
      },
    );
  },
} satisfies Partial<Record<ExportedList, WriteFile>>;

/**
 * Refuses a search that can no longer be decrypted. Otherwise the file would list everybody instead of one person.
 */
async function answerSearchOver() {
  const t = await getTranslations("exportList");
  return Response.json({ message: t("searchOver"), path: null }, { status: 400 });
}
