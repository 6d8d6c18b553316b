import { isAction } from "@ringfence/core/platform/access";
import type { AuditView } from "@ringfence/services/desk/audit-log";
import { useLocale, useNow, useTimeZone, useTranslations } from "next-intl";
import { LocalTime } from "@/components/dates";
import { PhoneLink } from "@/components/people";
import { type Column, Table } from "@/components/table";
import { RecordedBy } from "@/components/officers";
import { zoneLabel } from "@/i18n/tell-time";
import Link from "next/link";
import { safePath } from "@/server/safe-path";

/** Table of audit entries. */
export function AuditTable({ entries }: { entries: readonly AuditView[] }) {
  const t = useTranslations("audit");
  const zone = zoneLabel(useLocale(), useTimeZone() ?? "UTC", useNow());
  const columns: [Column<AuditView>, ...Column<AuditView>[]] = [
    {
      key: "did",
      head: t("did"),
      cell: ({ action }) => (isAction(action) ? t(`actions.${action}`) : action),
    },
    { key: "who", head: t("who"), narrow: t("who"), cell: ({ by }) => <RecordedBy by={by} /> },
    {
      key: "at",
      head: t("at", { zone }),
      narrow: t("at", { zone }),
      cell: ({ at }) => <LocalTime instant={at} precision="cell" />,
    },
    {
      key: "whose",
      head: t("whose"),
      narrow: t("whose"),
      cell: ({ phone }) =>
        phone &&
        (phone.number ? <PhoneLink phoneId={phone.phoneId} phone={phone.number} /> : t("erased")),
    },
    {
      key: "details",
      head: t("details"),
      narrow: "full",
      cell: (entry) => <EntryDetails entry={entry} />,
    },
  ];
  return (
    <Table
      isStack
      caption={t("caption")}
      columns={columns}
      rows={entries}
      rowKey={({ id }) => id}
    />
  );
}

/** Links from an entry to the pages of what it names. */
const places = {
  optOutId: "opt-outs",
  consentId: "consents",
  contactId: "contacts",
  campaignId: "campaigns",
  segmentId: "segments",
  offerId: "offers",
  registryId: "registries",
  scrubId: "scrubs",
  violationId: "violations",
  importId: "imports",
  formId: "forms",
  disclosureId: "disclosures",
  endpointId: "endpoints",
  memberId: "members",
} as const;

const isPlace = (name: string): name is keyof typeof places => Object.hasOwn(places, name);

/** Details of an audit entry: reason, links and figures. */
function EntryDetails({ entry: { details, reason } }: { entry: AuditView }) {
  const t = useTranslations("audit");
  return (
    <>
      {reason && <span className="block max-w-[26rem]">{t("for", { reason })}</span>}
      <span className="flex flex-wrap gap-x-3">
        {Object.entries(details).map(([name, value]) => {
          if (value === null || value === "") return null;
          if (isPlace(name)) {
            return (
              <Link key={name} href={safePath(`/${places[name]}/${value}`)} prefetch={false}>
                {t(`see.${name}`)}
              </Link>
            );
          }
          if (name.endsWith("Id")) return null;
          return (
            <code key={name} className="font-mono text-sm text-muted">
              {name}: {String(value)}
            </code>
          );
        })}
      </span>
    </>
  );
}
