import { ApiKeyId } from "@ringfence/core/ids";
import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import Link from "next/link";
import { may } from "@ringfence/core/platform/access";
import { toActor } from "@ringfence/services/account/member";
import { safePath } from "@/server/safe-path";
import type { listApiKeys } from "@ringfence/services/account/api-key";
import type { listSellers } from "@ringfence/services/account/seller";
import { useFormatter, useLocale, useNow, useTimeZone, useTranslations } from "next-intl";
import { DownloadList } from "@/components/export-list";
import { ListPage, ListRows } from "@/components/list-page";
import { NewLink } from "@/components/buttons";
import { FirstRequest } from "@/features/account/api-key/first-request";
import { api, readApiAddress } from "@/server/caller";
import { requireMember, whyNot } from "@/server/current-member";
import { createListQuery } from "@/server/list-query";
import { LocalTime } from "@/components/dates";
import { type Column, Table } from "@/components/table";
import { zoneLabel } from "@/i18n/format-time";
import { ChangeKeyLimits } from "@/features/account/api-key/limit-api-key";
import { RequestSigning } from "@/features/account/api-key/request-signing";
import { EndKeyOverlap, RotateApiKey } from "@/features/account/api-key/rotate-api-key";
import {
  ConfirmNetworks,
  RevokeApiKey,
  TakeOverApiKey,
} from "@/features/account/api-key/key-actions";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("apiKeys");
  return { title: t("title") };
}

const query = createListQuery("/keys", {});

export default async function KeysPage({ searchParams }: PageProps<"/keys">) {
  const member = await requireMember("api-key.read");
  const look = await query.load(searchParams);
  const [t, refusal, { items, next }, sellers, address] = await Promise.all([
    getTranslations("apiKeys"),
    whyNot(member, "api-key.change"),
    api.apiKey.list({ after: ApiKeyId.safeParse(look.after.at(-1)).data }),
    api.seller.list(),
    readApiAddress(),
  ]);
  const steps = query.toSteps(look, next);
  return (
    <ListPage
      title={t("title")}
      note={t("note")}
      actions={
        <>
          <DownloadList href="/api/keys.csv" />
          <NewLink href="/keys/new" whyNot={refusal}>
            {t("add")}
          </NewLink>
        </>
      }
    >
      <ListRows
        isEmpty={items.length === 0}
        empty={{ title: t("empty"), body: t("emptyBody") }}
        pager={{ label: t("pages"), shown: t("shown", { count: items.length }), ...steps }}
      >
        <ApiKeyTable
          keys={items}
          sellers={sellers}
          whyNot={refusal}
          showsReads={may(toActor(member), "audit.read")}
        />
      </ListRows>
      {items.length > 0 && <FirstRequest api={address} scopes={["screen"]} />}
    </ListPage>
  );
}

type ApiKey = Awaited<ReturnType<typeof listApiKeys>>["items"][number];
type Sellers = Awaited<ReturnType<typeof listSellers>>;
type ApiKeyTableProps = {
  keys: readonly ApiKey[];
  sellers: Sellers;
  whyNot: string | undefined;
  /** True if the member may open the page that says whose data a key read. */
  showsReads: boolean;
};

/** Table of API keys with scopes, sellers, dates, and a button to revoke each. */
function ApiKeyTable({ keys, sellers, whyNot, showsReads }: ApiKeyTableProps) {
  const t = useTranslations("apiKeys");
  const columns: [Column<ApiKey>, ...Column<ApiKey>[]] = [
    {
      key: "name",
      head: t("name"),
      cell: (key) => <KeyName apiKey={key} showsReads={showsReads} />,
    },
    ...useRightsColumns(sellers),
    ...useLifeColumns(whyNot),
  ];
  return (
    <Table isStack caption={t("caption")} columns={columns} rows={keys} rowKey={({ id }) => id} />
  );
}

/** Shows a key's name, purpose, maker and limits, and the scopes it lost with its maker's rights. */
function KeyName({ apiKey, showsReads }: { apiKey: ApiKey; showsReads: boolean }) {
  const { id, name, reason, maker, cutScopes, revokedAt, previousUntil, newNetworks } = apiKey;
  const t = useTranslations("apiKeys");
  const scopes = useTranslations("apiKeys.scopes");
  const format = useFormatter();
  return (
    <>
      {name}
      <p className="max-w-[30rem] text-sm text-pretty text-muted">
        {reason ?? t("noReason")} {maker && t("maker", { name: maker })}
      </p>
      {revokedAt === null && <KeyLimits apiKey={apiKey} />}
      {revokedAt === null && apiKey.signedSince && <Signing apiKey={apiKey} />}
      <LastUse apiKey={apiKey} />
      {showsReads && (
        <p className="text-sm">
          <Link href={safePath(`/audit/reads?who=key.${id}`)} prefetch={false}>
            {t("reads")}
          </Link>
        </p>
      )}
      {revokedAt === null && newNetworks.length > 0 && (
        <p className="max-w-[30rem] text-sm text-pretty text-warn">
          {t("newNetworks", { networks: format.list(newNetworks) })}
        </p>
      )}
      {revokedAt === null && previousUntil && <Overlap until={previousUntil} />}
      {revokedAt === null && cutScopes.length > 0 && (
        <p className="max-w-[30rem] text-sm text-pretty text-refuse">
          {t("cut", { scopes: format.list(cutScopes.map((scope) => scopes(scope))) })}
        </p>
      )}
    </>
  );
}

/** Says when a key was last used, and from which network. */
function LastUse({ apiKey: { lastUse, isIdle, revokedAt } }: { apiKey: ApiKey }) {
  const t = useTranslations("apiKeys");
  const time = () => lastUse && <LocalTime instant={lastUse.at} precision="cell" />;
  return (
    <p className="max-w-[30rem] text-sm text-pretty text-muted">
      {lastUse ? t.rich("lastUse", { network: lastUse.network, time }) : t("neverUsed")}{" "}
      {isIdle && revokedAt === null && <span className="text-warn">{t("idle")}</span>}
    </p>
  );
}

/** Says which public keys verify the requests, all of which have to be signed. */
function Signing({ apiKey: { publicKeys } }: { apiKey: ApiKey }) {
  const t = useTranslations("requestSigning");
  const format = useFormatter();
  if (publicKeys.length === 0) {
    return <p className="max-w-[30rem] text-sm text-pretty text-refuse">{t("onlyNone")}</p>;
  }
  const beginnings = publicKeys.map(({ thumbprint }) => `${thumbprint.slice(0, 8)}…`);
  return (
    <p className="max-w-[30rem] text-sm text-pretty text-muted">
      {t("only", { count: publicKeys.length, thumbprints: format.list(beginnings) })}
    </p>
  );
}

/** Says how long the secret before a rotation still works. */
function Overlap({ until }: { until: Date }) {
  const t = useTranslations("apiKeys");
  const left = useFormatter().relativeTime(until, useNow());
  return (
    <p className="max-w-[30rem] text-sm text-pretty text-warn">
      {t.rich("previous", { left, time: () => <LocalTime instant={until} precision="cell" /> })}
    </p>
  );
}

/** Says until when a key works, and from where. */
function KeyLimits({ apiKey: { expiresAt, isExpired, allowedAddresses } }: { apiKey: ApiKey }) {
  const t = useTranslations("apiKeys");
  const format = useFormatter();
  const time = () => expiresAt && <LocalTime instant={expiresAt} precision="cell" />;
  const addresses =
    allowedAddresses.length > 0 && t("addresses", { addresses: format.list(allowedAddresses) });
  return (
    <p className={`max-w-[30rem] text-sm text-pretty ${isExpired ? "text-refuse" : "text-muted"}`}>
      {expiresAt === null ? t("noExpiry") : t.rich(isExpired ? "expired" : "expires", { time })}{" "}
      {addresses}
    </p>
  );
}

function useRightsColumns(sellers: Sellers): Column<ApiKey>[] {
  const t = useTranslations("apiKeys");
  const scopes = useTranslations("apiKeys.scopes");
  const format = useFormatter();
  return [
    {
      key: "scopes",
      head: t("may"),
      narrow: t("may"),
      cell: (key) => format.list(key.scopes.map((scope) => scopes(scope))),
    },
    {
      key: "sellers",
      head: t("for"),
      narrow: t("for"),
      cell: ({ sellerIds }) =>
        sellerIds.length === 0
          ? t("allSellers")
          : format.list(sellers.flatMap(({ id, name }) => (sellerIds.includes(id) ? name : []))),
    },
  ];
}

function useLifeColumns(whyNot: string | undefined): Column<ApiKey>[] {
  const t = useTranslations("apiKeys");
  const zone = zoneLabel(useLocale(), useTimeZone() ?? "UTC", useNow());
  return [
    {
      key: "made",
      head: t("made", { zone }),
      narrow: t("made", { zone }),
      cell: ({ createdAt }) => <LocalTime instant={createdAt} precision="cell" />,
    },
    {
      key: "state",
      head: t("state"),
      narrow: "full",
      cell: (key) =>
        key.revokedAt ? (
          <Revoked at={key.revokedAt} />
        ) : (
          <KeyActions apiKey={key} whyNot={whyNot} />
        ),
    },
  ];
}

function Revoked({ at }: { at: Date }) {
  const t = useTranslations("apiKeys");
  return (
    <span className="text-muted">
      {t.rich("revoked", { time: () => <LocalTime instant={at} precision="cell" /> })}
    </span>
  );
}

/** Buttons of a key that was not revoked. */
function KeyActions({ apiKey, whyNot }: { apiKey: ApiKey; whyNot: string | undefined }) {
  const {
    id: apiKeyId,
    name,
    cutScopes,
    expiresAt,
    allowedAddresses,
    previousUntil,
    newNetworks,
    signedSince,
    publicKeys,
  } = apiKey;
  const action = { apiKeyId, name, whyNot };
  return (
    <div className="flex flex-wrap gap-2">
      <ChangeKeyLimits {...action} {...{ expiresAt, allowedAddresses }} />
      <RequestSigning {...action} {...{ signedSince, publicKeys }} />
      {previousUntil ? <EndKeyOverlap {...action} /> : <RotateApiKey {...action} />}
      {newNetworks.length > 0 && <ConfirmNetworks {...action} networks={newNetworks} />}
      {cutScopes.length > 0 && <TakeOverApiKey apiKeyId={apiKeyId} whyNot={whyNot} />}
      <RevokeApiKey {...action} />
    </div>
  );
}
