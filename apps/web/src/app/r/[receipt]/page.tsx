import { type Receipt, readReceipt } from "@ringfence/services/do-not-call/opt-out";
import { type OptOutChoices, readOptOutChoices } from "@ringfence/services/do-not-call/stop-page";
import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { hashToBase64url } from "@ringfence/core/proof/ledger";
import { useTranslations } from "next-intl";
import type { ScopeView } from "@ringfence/core/do-not-call/opt-out";
import { PublicDownload, PublicFrame } from "@/components/public-page";
import { loadReceipt } from "@/server/public-stop";
import { Facts } from "@/components/page-layout";
import { LocalTime } from "@/components/dates";
import { PhoneText } from "@/components/people";
import { Seal } from "@/components/seal";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("receipt");
  // The address is a key, so no other page may learn it.
  return { title: { absolute: t("title") }, referrer: "no-referrer" };
}

/** Confirms that the opt-out is in force, with the receipt to keep. */
export default async function ReceiptPage({ params }: PageProps<"/r/[receipt]">) {
  const { receipt: link } = await params;
  const { ctx, optOutId } = await loadReceipt(link);
  const [t, receipt, offer] = [
    await getTranslations("receipt"),
    await readReceipt(ctx, { optOutId }),
    await readOptOutChoices(ctx),
  ];
  const { kind, name } = nameScope(receipt.scope, offer);
  return (
    <PublicFrame
      seller={receipt.organization}
      title={receipt.correctedAt ? t("titles.corrected") : t(`titles.${kind}`, { name })}
      hasLanguages
    >
      <ReceiptSheet link={link} receipt={receipt} what={t(`what.${kind}`, { name })} />
    </PublicFrame>
  );
}

type ReceiptSheetProps = {
  link: string;
  receipt: Receipt;
  /** Scope of the opt-out, in words. */
  what: string;
};

/** Shows the reference to read aloud, the time of effect, and the files that prove the opt-out. */
function ReceiptSheet({ link, receipt, what }: ReceiptSheetProps) {
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
function nameScope(scope: ScopeView, { sellers, purposes }: OptOutChoices): ScopeName {
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
