import type { AuditListed } from "@ringfence/services/desk/audit-log";
import { useTranslations } from "next-intl";
import Link from "next/link";
import { safePath } from "@/server/safe-path";

/** Where what an entry names can be seen. */
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

/** What is told beside an entry: what it was for, what it names, and its figures. */
export function EntryDetails({ entry: { details, reason } }: { entry: AuditListed }) {
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
