import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { notFound } from "next/navigation";
import { verify } from "ringfence-verify";
import { z } from "zod";
import { ButtonLink, DownloadLink } from "@/components/buttons";
import { DetailPage } from "@/components/detail-page";
import { Section } from "@/components/page-layout";
import { VerificationResult } from "@/features/proof/certificate/verification-result";
import { api, loadOrNotFound } from "@/server/caller";
import { requireMember } from "@/server/current-member";
import { loadPublishedTrust } from "@/server/installation";

/** The title names no person, because browsers keep page titles in their history. */
export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("certificate");
  return { title: t("title") };
}

export default async function CertificatePage({ params }: PageProps<"/certificates/[id]">) {
  const { zone } = await requireMember("proof.read");
  const { data: id } = z.uuid().safeParse((await params).id);
  if (id === undefined) notFound();

  const t = await getTranslations("certificate");
  const certificate = await loadOrNotFound(api.certificate.read({ id }));
  const file = new TextEncoder().encode(JSON.stringify(certificate));
  const verification = await verify(file, await loadPublishedTrust());
  return (
    <DetailPage title={t("title")} note={t("note")}>
      <p className="mb-5 flex flex-wrap gap-2">
        <DownloadLink href={`/api/certificates/${id}/pdf`} look="primary">
          {t("pdf")}
        </DownloadLink>
        <DownloadLink href={`/api/certificates/${id}/json`}>{t("json")}</DownloadLink>
        <ButtonLink href="/verify">{t("verify")}</ButtonLink>
      </p>
      <VerificationResult verification={verification} zone={zone} />
      {certificate.words && (
        <Section title={t("words")}>
          <blockquote
            lang={certificate.words.language}
            className="mt-3 border-l-[3px] border-line-strong pl-3 whitespace-pre-line"
          >
            {certificate.words.text}
          </blockquote>
        </Section>
      )}
    </DetailPage>
  );
}
