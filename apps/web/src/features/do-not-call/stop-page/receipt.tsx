import { hashToBase64url } from "@ringfence/core/proof/ledger";
import type { Receipt } from "@ringfence/services/do-not-call/opt-out";
import { useTranslations } from "next-intl";
import { Facts } from "@/components/page-layout";
import { LocalTime } from "@/components/dates";
import { PhoneText } from "@/components/people";
import { PublicDownload } from "@/components/public-page";
import { Seal } from "@/components/seal";
import type { ScopeView } from "@ringfence/core/do-not-call/opt-out";
import type { OptOutChoices } from "@ringfence/services/do-not-call/stop-page";

type ReceiptSheetProps = {
  link: string;
  receipt: Receipt;
  /** Scope of the opt-out, in words. */
  what: string;
};

/** Shows the reference to read aloud, the time of effect, and the files that prove the opt-out. */
export function ReceiptSheet({ link, receipt, what }: ReceiptSheetProps) {
  const t = useTranslations("receipt");
  const { reference, phone, effectiveAt, correctedAt, zone, certificate } = receipt;
  const digest = hashToBase64url(
    certificate.statement.slice(0, certificate.statement.indexOf("~")),
  );
  const hash = Buffer.from(digest, "base64url").toString("hex");
  return (
    <>
      <div className="grid grid-cols-[minmax(0,1fr)_auto] items-center gap-5 border-y border-ink py-4">
        <div>
          <p className="text-base text-muted">{t("reference")}</p>
          <p className="text-[2rem] leading-10 font-semibold whitespace-nowrap">
            {reference.slice(0, 4)} {reference.slice(4)}
          </p>
          <p className="text-base text-muted">{t("readAloud")}</p>
        </div>
        <Seal hash={hash} size={96} />
      </div>
      <Facts
        facts={[
          ...(phone === null ? [] : [{ name: t("phone"), value: <PhoneText phone={phone} /> }]),
          { name: t("scope"), value: what },
          {
            name: t("since"),
            value: <LocalTime instant={effectiveAt} zone={zone} precision="evidence" />,
          },
          correctedAt === null
            ? { name: t("until"), value: t("noEnd"), notes: [t("noEndNote")] }
            : {
                name: t("until"),
                value: <LocalTime instant={correctedAt} zone={zone} precision="evidence" />,
                notes: [t("correctedNote")],
              },
          {
            name: t("entry"),
            value: <code>{`${hash.slice(0, 8)}…${hash.slice(-8)}`}</code>,
            notes: [t(certificate.proof === null ? "entryWaits" : "entryProven")],
          },
        ]}
      />
      <div className="grid gap-3 sm:grid-cols-2">
        <PublicDownload href={`/r/${link}/pdf`}>{t("pdf")}</PublicDownload>
        <PublicDownload href={`/r/${link}/json`}>{t("json")}</PublicDownload>
      </div>
      <p className="text-base text-muted">
        {t.rich("check", { verify: (chunks) => <a href="/verify">{chunks}</a> })}
      </p>
    </>
  );
}

type ScopeName = { kind: "all" | "seller" | "purpose" | "profiling"; name: string };

/** Finds the kind of a scope and the current name of its seller or purpose. */
export function nameScope(scope: ScopeView, { sellers, purposes }: OptOutChoices): ScopeName {
  if ("seller" in scope && scope.seller) {
    return { kind: "seller", name: findName(sellers, scope.seller) };
  }
  if ("purpose" in scope && scope.purpose) {
    return { kind: "purpose", name: findName(purposes, scope.purpose) };
  }
  return { kind: "profiling" in scope ? "profiling" : "all", name: "" };
}

const findName = (known: OptOutChoices["sellers"], key: string) =>
  known.find((one) => one.key === key)?.name ?? key;
