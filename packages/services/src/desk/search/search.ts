import { may } from "@ringfence/core/platform/access";
import { RecordKind, Search } from "@ringfence/core/desk/search";
import { type Phone, readPhone } from "@ringfence/core/people/phone";
import { z } from "zod";
import { type TransactionContext, query, visibleSellerIds } from "../../platform/internal.ts";
import { loadOrganization } from "../../account/organization/internal.ts";
import { listOptOuts } from "../../do-not-call/opt-out/internal.ts";
import { listCaptureForms } from "../../consents/capture-form/internal.ts";
import { listCampaigns } from "../../audience/campaign/internal.ts";
import { listOffers } from "../../audience/offer/internal.ts";
import { loadSegments, maySeeRule } from "../../audience/segment/internal.ts";
import { listContacts } from "../contact/internal.ts";

/**
 * A record and what the search shows of it. `title` is its name. A contact without a name has its external id or an
 * empty title, an opt-out its reference, and a complaint, screening or violation its id.
 */
export type FoundRecord = { kind: RecordKind; id: string; title: string };

export type SearchResult = {
  /** The typed text as a number in E.164; null if it is none, or the actor may not look numbers up. */
  number: Phone | null;
  records: FoundRecord[];
};

const MAX_OF_A_KIND = 5;

/**
 * Finds records of the kinds that the actor may read, at most five of a kind, and says whether the text is a
 * number. It never says whether a number may be called: that is decided when the number's page is opened.
 */
export const search = query({
  name: "search",
  action: "organization.read",
  input: Search,
  run: async (ctx, { text }): Promise<SearchResult> => {
    const { homeRegion } = await loadOrganization(ctx);
    const read = readPhone(text, homeRegion);
    const number = "fault" in read || !may(ctx.actor, "phone.read") ? null : read.phone;
    const records: FoundRecord[] = [];
    for (const find of finders) records.push(...(await find(ctx, text)).slice(0, MAX_OF_A_KIND));
    return { number, records };
  },
  // The lists of contacts and opt-outs that it calls write their own rows.
  audit: "by run",
});

type Finder = (ctx: TransactionContext, text: string) => Promise<FoundRecord[]>;

const finders: readonly Finder[] = [
  async (ctx, text) => {
    if (!may(ctx.actor, "contact.read")) return [];
    const { items } = await listContacts(ctx, { search: text, limit: MAX_OF_A_KIND });
    return items.map(({ id, name, externalId }) => ({
      kind: "contact",
      id,
      title: name ?? externalId ?? "",
    }));
  },
  async (ctx, text) => {
    if (!may(ctx.actor, "opt-out.read")) return [];
    const { items } = await listOptOuts(ctx, { search: text, limit: MAX_OF_A_KIND });
    return items.map(({ id, reference }) => ({ kind: "opt-out", id, title: reference }));
  },
  async (ctx, text) => {
    if (!may(ctx.actor, "segment.read")) return [];
    const segments = await loadSegments(ctx);
    const seen = [...segments].filter(([, { rule }]) => maySeeRule(ctx.actor, rule, segments));
    return selectByName(
      "segment",
      text,
      seen.map(([id, { name }]) => ({ id, name })),
    );
  },
  async (ctx, text) =>
    may(ctx.actor, "campaign.read") ? selectByName("campaign", text, await listCampaigns(ctx)) : [],
  async (ctx, text) =>
    may(ctx.actor, "offer.read") ? selectByName("offer", text, await listOffers(ctx)) : [],
  async (ctx, text) =>
    may(ctx.actor, "capture-form.read")
      ? selectByName("capture-form", text, await listCaptureForms(ctx))
      : [],
  async (ctx, text) => {
    if (!may(ctx.actor, "registry.read")) return [];
    const { db, organizationId } = ctx;
    const where = { organizationId, disconnectedAt: null };
    const registries = await db.registry.findMany({ where, select: { id: true, name: true } });
    return selectByName("registry", text, registries);
  },
  async (ctx, text) => {
    if (!may(ctx.actor, "member.read")) return [];
    const { db, organizationId } = ctx;
    const where = { organizationId, removedAt: null };
    const members = await db.member.findMany({ where, select: { id: true, name: true } });
    return selectByName("member", text, members);
  },
  async (ctx, text) => {
    if (!may(ctx.actor, "api-key.read")) return [];
    const { db, organizationId } = ctx;
    const where = { organizationId, revokedAt: null };
    const keys = await db.apiKey.findMany({ where, select: { id: true, name: true } });
    return selectByName("api-key", text, keys);
  },
  findById,
];

/** Finds a complaint, a screening or a violation by its full id, as it appears in logs and files. */
async function findById(ctx: TransactionContext, text: string): Promise<FoundRecord[]> {
  const { data: id } = z.uuid().safeParse(text.toLowerCase());
  if (id === undefined) return [];
  const { db, organizationId, actor } = ctx;
  const where = { organizationId, id };
  const sellers = visibleSellerIds(actor);
  const counts: Partial<Record<RecordKind, number>> = {
    complaint: may(actor, "complaint.read") ? await db.complaint.count({ where }) : 0,
    screening: may(actor, "screening.read")
      ? await db.screening.count({
          where: { ...where, ...(sellers && { sellerId: { in: [...sellers] } }) },
        })
      : 0,
    violation: may(actor, "violation.read") ? await db.violation.count({ where }) : 0,
  };
  return RecordKind.options
    .filter((kind) => (counts[kind] ?? 0) > 0)
    .map((kind) => ({ kind, id, title: id }));
}

/** Selects items whose name contains the text, ignoring case. */
const selectByName = (
  kind: RecordKind,
  text: string,
  rows: readonly { id: string; name: string }[],
): FoundRecord[] =>
  rows
    .filter(({ name }) => name.toLowerCase().includes(text.toLowerCase()))
    .map(({ id, name }) => ({ kind, id, title: name }));
