import "server-only";
import { ApiKeyId, ImportId, RefusalBurstId, ScrubId } from "@ringfence/core/ids";
import { kindMessage } from "@ringfence/core/proof/ledger";
import { say } from "@ringfence/core/platform/message";
import { listApiKeys } from "@ringfence/services/account/api-key";
import { type MemberView, listMembers } from "@ringfence/services/account/member";
import { listSellers } from "@ringfence/services/account/seller";
import { type CampaignListItem, listCampaigns } from "@ringfence/services/audience/campaign";
import { type OfferListItem, listOffers } from "@ringfence/services/audience/offer";
import { listSegments } from "@ringfence/services/audience/segment";
import { type ScrubView, listScrubs } from "@ringfence/services/calling/scrub";
import {
  type CaptureFormListItem,
  listCaptureFormsWithConsents,
} from "@ringfence/services/consents/capture-form";
import { type DisclosureListItem, listDisclosures } from "@ringfence/services/consents/disclosure";
import { type ImportView, listImports } from "@ringfence/services/desk/import";
import { type BurstView, listBursts } from "@ringfence/services/do-not-call/burst";
import { listEndpoints } from "@ringfence/services/do-not-call/endpoint";
import { type RegistryOverview, listRegistries } from "@ringfence/services/do-not-call/registry";
import { type StatementRow, listStatements } from "@ringfence/services/proof/ledger";
import { getLocale, getTranslations } from "next-intl/server";
import type { MemberContext } from "../answer-member";
import { listAttachment } from "../downloads";

type ApiKey = Awaited<ReturnType<typeof listApiKeys>>["items"][number];
type Segment = Awaited<ReturnType<typeof listSegments>>[number];
type Endpoint = Awaited<ReturnType<typeof listEndpoints>>[number];

type WriteFile = (ctx: MemberContext) => Promise<Response>;

/** Makes the only page of a list that is read in one go. */
const wholeList = <Row>(rows: readonly Row[]) => Promise.resolve({ rows, next: null });

/** Returns a function that writes sellers as their keys, as the contract names them. Empty is all sellers. */
async function createSellerKeys(ctx: MemberContext) {
  const keys = new Map<string, string>((await listSellers(ctx)).map(({ id, key }) => [id, key]));
  return (ids: readonly string[]) => ids.map((id) => keys.get(id) ?? id).join(" ");
}

/**
 * Files of the lists that show no people whom we call, by the list's name. They need no reason: each has the
 * permission and the limits of its list's own verb. Columns have the names of the contract; those of scrubs,
 * statements and registries have the heads of their page.
 */
export const recordFiles = {
  campaigns: async (ctx) => {
    const campaigns = await listCampaigns(ctx);
    return listAttachment<CampaignListItem>(
      "campaigns.csv",
      [
        ["id", ({ id }) => id],
        ["key", ({ key }) => key],
        ["name", ({ name }) => name],
        ["state", ({ state }) => state],
        ["offers", ({ offers }) => offers.join("; ")],
        ["segment", ({ segment }) => segment],
        ["seller", ({ seller }) => seller],
        ["priority", ({ priority }) => priority],
        ["startedAt", ({ startedAt }) => startedAt],
      ],
      () => wholeList(campaigns),
    );
  },

  segments: async (ctx) => {
    const segments = await listSegments(ctx, { locale: ctx.member.locale });
    return listAttachment<Segment>(
      "segments.csv",
      [
        ["id", ({ id }) => id],
        ["name", ({ name }) => name],
        ["version", ({ version }) => version],
        ["rule", ({ sentence }) => sentence],
        ["size", ({ size }) => size],
        ["countedAt", ({ refreshedAt }) => refreshedAt],
        ["callable", ({ callable }) => callable?.count ?? null],
      ],
      () => wholeList(segments),
    );
  },

  offers: async (ctx) => {
    const offers = await listOffers(ctx);
    return listAttachment<OfferListItem>(
      "offers.csv",
      [
        ["id", ({ id }) => id],
        ["name", ({ name }) => name],
        ["version", ({ version }) => version],
        ["purpose", ({ purpose }) => purpose],
        ["segment", ({ eligibilityName }) => eligibilityName],
        ["priority", ({ priority }) => priority],
        ["languages", ({ scripts }) => Object.keys(scripts).join(" ")],
      ],
      () => wholeList(offers),
    );
  },

  forms: async (ctx) => {
    const forms = await listCaptureFormsWithConsents(ctx);
    return listAttachment<CaptureFormListItem>(
      "forms.csv",
      [
        ["id", ({ id }) => id],
        ["name", ({ name }) => name],
        ["kind", ({ kind }) => kind],
        ["jurisdictions", ({ jurisdictions }) => jurisdictions.join(" ")],
        ["version", ({ version }) => version],
        ["publishedAt", ({ publishedAt }) => publishedAt],
        ["closedAt", ({ closedAt }) => closedAt],
        ["consents", ({ consents }) => consents],
        ["lastConsentAt", ({ lastConsentAt }) => lastConsentAt],
      ],
      () => wholeList(forms),
    );
  },

  disclosures: async (ctx) => {
    const [disclosures, toKeys] = await Promise.all([listDisclosures(ctx), createSellerKeys(ctx)]);
    return listAttachment<DisclosureListItem>(
      "disclosures.csv",
      [
        ["id", ({ id }) => id],
        ["title", ({ terms }) => terms.title],
        ["language", ({ language }) => language],
        ["asks", ({ terms }) => terms.asks],
        ["seller", ({ terms }) => toKeys([terms.seller])],
        ["purposes", ({ terms }) => terms.purposes.join(" ")],
        ["version", ({ version }) => version],
        ["consents", ({ consents }) => consents],
        ["changedAt", ({ changedAt }) => changedAt],
      ],
      () => wholeList(disclosures),
    );
  },

  imports: (ctx) =>
    listAttachment<ImportView>(
      "imports.csv",
      [
        ["id", ({ id }) => id],
        ["fileName", ({ fileName }) => fileName],
        ["kind", ({ kind }) => kind],
        ["status", ({ run }) => run?.status ?? null],
        ["isDryRun", ({ isDryRun }) => String(isDryRun)],
        ["bytes", ({ bytes }) => bytes],
        ["createdAt", ({ createdAt }) => createdAt],
      ],
      async (cursor) => {
        const after = ImportId.safeParse(cursor).data;
        const { items, next } = await listImports(ctx, { after, limit: 100 });
        return { rows: items, next };
      },
    ),

  members: async (ctx) => {
    const [members, toKeys] = await Promise.all([listMembers(ctx), createSellerKeys(ctx)]);
    return listAttachment<MemberView>(
      "members.csv",
      [
        ["id", ({ id }) => id],
        ["name", ({ name }) => name],
        ["email", ({ email }) => email],
        ["role", ({ role }) => role],
        ["sellers", ({ sellerIds }) => toKeys(sellerIds)],
        ["hasSecondFactor", ({ hasSecondFactor }) => String(hasSecondFactor)],
        ["signedInAt", ({ signedInAt }) => signedInAt],
      ],
      () => wholeList(members.filter(({ removedAt }) => removedAt === null)),
    );
  },

  keys: async (ctx) => {
    const toKeys = await createSellerKeys(ctx);
    return listAttachment<ApiKey>(
      "keys.csv",
      [
        ["id", ({ id }) => id],
        ["name", ({ name }) => name],
        ["scopes", ({ scopes }) => scopes.join(" ")],
        ["sellers", ({ sellerIds }) => toKeys(sellerIds)],
        ["maker", ({ maker }) => maker],
        ["reason", ({ reason }) => reason],
        ["allowedAddresses", ({ allowedAddresses }) => allowedAddresses.join(" ")],
        ["createdAt", ({ createdAt }) => createdAt],
        ["expiresAt", ({ expiresAt }) => expiresAt],
        ["lastUsedAt", ({ lastUse }) => lastUse?.at ?? null],
        ["revokedAt", ({ revokedAt }) => revokedAt],
      ],
      async (cursor) => {
        const after = ApiKeyId.safeParse(cursor).data;
        const { items, next } = await listApiKeys(ctx, { after, limit: 100 });
        return { rows: items, next };
      },
    );
  },

  endpoints: async (ctx) => {
    const endpoints = await listEndpoints(ctx);
    return listAttachment<Endpoint>(
      "endpoints.csv",
      [
        ["id", ({ id }) => id],
        ["name", ({ name }) => name],
        ["kind", ({ kind }) => kind],
        ["url", ({ url }) => url],
        ["events", ({ events }) => events.join(" ")],
        ["createdAt", ({ createdAt }) => createdAt],
        ["disabledAt", ({ disabledAt }) => disabledAt],
        ["deliveredAt", ({ deliveredAt }) => deliveredAt],
        ["failingSince", ({ failingSince }) => failingSince],
        ["pending", ({ pending }) => pending],
        ["dead", ({ dead }) => dead],
      ],
      () => wholeList(endpoints),
    );
  },

  bursts: (ctx) =>
    listAttachment<BurstView>(
      "bursts.csv",
      [
        ["id", ({ id }) => id],
        ["addresses", ({ addresses }) => addresses],
        ["firstAt", ({ firstAt }) => firstAt],
        ["lastAt", ({ lastAt }) => lastAt],
        ["requests", ({ refusals }) => refusals],
        ["withProof", ({ withProof }) => withProof],
        ["recorded", ({ recorded }) => recorded],
        ["lifted", ({ lifted }) => lifted],
        ["dismissedAt", ({ dismissed }) => dismissed?.at ?? null],
      ],
      async (cursor) => {
        const after = RefusalBurstId.safeParse(cursor).data;
        const { items, next } = await listBursts(ctx, { after });
        return { rows: items, next };
      },
    ),

  scrubs: async (ctx) => {
    const [t, status] = await Promise.all([getTranslations("scrubs"), getTranslations("status")]);
    return listAttachment<ScrubView>(
      "scrubs.csv",
      [
        [t("id"), ({ id }) => id],
        [t("file"), ({ fileName }) => fileName],
        [t("status"), (scrub) => status(scrub.status)],
        [t("rows"), ({ rows }) => rows],
        [t("allowed"), ({ counts }) => counts?.allow ?? null],
        [t("refused"), ({ counts }) => counts?.refuse ?? null],
        [t("by"), ({ by }) => by],
        [t("begun", { zone: "UTC" }), ({ createdAt }) => createdAt],
        [t("ended", { zone: "UTC" }), ({ endedAt }) => endedAt],
      ],
      async (cursor) => {
        const after = ScrubId.safeParse(cursor).data;
        const { scrubs, next } = await listScrubs(ctx, { after, limit: 100 });
        return { rows: scrubs, next };
      },
    );
  },

  statements: async (ctx) => {
    const [t, locale] = await Promise.all([getTranslations("ledger"), getLocale()]);
    return listAttachment<StatementRow>(
      "statements.csv",
      [
        [t("id"), ({ id }) => id],
        [t("kind"), ({ kind }) => say(locale, kindMessage(kind))],
        [t("accepted", { zone: "UTC" }), ({ acceptedAt }) => acceptedAt],
        [t("index"), ({ index }) => index],
        [t("signed", { zone: "UTC" }), ({ signedAt }) => signedAt],
      ],
      async (cursor) => {
        const page = { ...(cursor !== null && { after: cursor }), limit: 100 };
        const { statements, next } = await listStatements(ctx, page);
        return { rows: statements, next };
      },
    );
  },

  registries: async (ctx) => {
    const [t, status, registries] = await Promise.all([
      getTranslations("registries"),
      getTranslations("status"),
      listRegistries(ctx),
    ]);
    return listAttachment<RegistryOverview>(
      "registries.csv",
      [
        [t("id"), ({ code }) => code],
        [t("name"), ({ name }) => name],
        [t("stateOf"), ({ isStale }) => status(isStale ? "stale" : "fresh")],
        [t("ageDays"), ({ ageDays }) => ageDays && Math.ceil(ageDays)],
        [t("limitDays"), ({ limitDays }) => limitDays],
        [t("numbers"), ({ listed }) => listed],
        [t("edition"), ({ edition }) => edition?.number ?? null],
        [t("readAt", { zone: "UTC" }), ({ verifiedAt }) => verifiedAt],
        [t("next", { zone: "UTC" }), ({ nextReadAt }) => nextReadAt],
      ],
      () => wholeList(registries),
    );
  },
} satisfies Record<string, WriteFile>;
