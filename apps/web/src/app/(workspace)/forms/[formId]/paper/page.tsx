import { CaptureFormId } from "@ringfence/core/ids";
import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { notFound } from "next/navigation";
import { toString } from "qrcode";
import { DetailPage } from "@/components/detail-page";
import { PrintButton } from "@/components/client-buttons";
import { env } from "@/env";
import { PublishedTexts } from "@/features/consents/capture-form/paper/published-texts";
import { api, loadOrNotFound } from "@/server/caller";
import { requireMember } from "@/server/current-member";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("paper");
  return { title: t("title") };
}

/**
 * A form to be signed by hand. Its QR code leads to a page with the same version of the text, where the
 * person can withdraw the consent and a member can record the signed paper.
 */
export default async function PaperPage({ params }: PageProps<"/forms/[formId]/paper">) {
  await requireMember("capture-form.read");
  const formId = CaptureFormId.safeParse((await params).formId).data ?? notFound();
  const [t, { name, address, versions }] = await Promise.all([
    getTranslations("paper"),
    loadOrNotFound(api.captureForm.read({ formId })),
  ]);
  const [latest] = versions;
  if (latest === undefined) notFound();
  const printed = `${env().PUBLIC_URL}/f/${address}/paper?version=${latest.version}`;
  const picture = Buffer.from(await toString(printed, { type: "svg", margin: 0 })).toString(
    "base64",
  );
  return (
    <DetailPage
      title={name}
      note={t("version", { version: String(latest.version) })}
      actions={<PrintButton>{t("print")}</PrintButton>}
    >
      <div className="grid max-w-[46rem] gap-6">
        <PublishedTexts disclosures={latest.disclosures} hasBox />
        <dl className="grid gap-6">
          {(["name", "phone", "date", "signature"] as const).map((field) => (
            <div key={field} className="grid gap-6 border-b border-ink pb-1">
              <dt className="text-sm text-muted">{t(field)}</dt>
              <dd />
            </div>
          ))}
        </dl>
        <figure className="flex items-center gap-4">
          {/* oxlint-disable-next-line nextjs/no-img-element -- drawn here, and no file */}
          <img
            src={`data:image/svg+xml;base64,${picture}`}
            alt={t("qr")}
            width={112}
            height={112}
          />
          <figcaption className="grid gap-1 text-sm">
            <span>{t("qrLead")}</span>
            <a href={printed} className="break-all">
              {printed}
            </a>
          </figcaption>
        </figure>
      </div>
    </DetailPage>
  );
}
