import { formatPublicAddress } from "@ringfence/core/account/organization";
import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { createLoader, parseAsInteger } from "nuqs/server";
import { PublicFrame, PublicLink } from "@/components/public-page";
import { PublishedTexts } from "@/features/consents/capture-form/paper/published-texts";
import { loadPrintedForm } from "@/server/public-form";

type PrintedFormPageProps = PageProps<"/f/[form]/paper">;

const load = createLoader({ version: parseAsInteger });

export async function generateMetadata({
  params,
  searchParams,
}: PrintedFormPageProps): Promise<Metadata> {
  const { version } = await load(searchParams);
  const { name } = await loadPrintedForm((await params).form, version);
  return { title: { absolute: name } };
}

/**
 * Target of the QR code on a paper form. The person reads what they signed and how to withdraw it; a
 * member records the signed paper.
 */
export default async function PrintedFormPage({ params, searchParams }: PrintedFormPageProps) {
  const { form: address } = await params;
  const [t, { version: wanted }] = [await getTranslations("printedForm"), await load(searchParams)];
  const form = await loadPrintedForm(address, wanted);
  const { id, seller, name, version, isOpen, isOnPage, disclosures, organizationId } = form;
  const organization = formatPublicAddress(organizationId);
  return (
    <PublicFrame seller={seller} title={name}>
      <p>{t("lead", { version: String(version) })}</p>
      {!isOpen && <p>{t("closed")}</p>}
      <PublishedTexts disclosures={disclosures} hasBox={false} />
      <h2 className="pt-3 text-xl font-semibold">{t("takeBack")}</h2>
      <p>{t("takeBackBody", { organization: form.organization })}</p>
      <div className="grid gap-3">
        <PublicLink href={`/my/${organization}`}>{t("my")}</PublicLink>
        <PublicLink href={`/stop/${organization}`}>{t("stop")}</PublicLink>
      </div>
      {isOnPage && isOpen && (
        <p className="text-base">
          <a href={`/f/${address}`}>{t("fillIn")}</a>
        </p>
      )}
      <p className="border-t border-line pt-3 text-base text-muted">
        {t("staff", { organization: form.organization })}{" "}
        <a href={`/consents/record?form=${id}&version=${version}`}>{t("record")}</a>
      </p>
    </PublicFrame>
  );
}
