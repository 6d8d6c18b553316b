import type { Metadata } from "next";
import { getLocale, getTranslations } from "next-intl/server";
import type { HostedPage } from "@ringfence/core/consents/capture-form";
import type { ShownForm } from "@ringfence/services/consents/capture-form";
import type { useTranslations } from "next-intl";
import { HostedForm } from "@/features/consents/capture-form/hosted/hosted-form";
import { selectDisclosures } from "@/features/consents/capture-form/hosted/select-disclosures";
import { PublicFrame } from "@/components/public-page";
import { readFormState, noFormState } from "@/server/public-form";
import { env } from "@/env";
import { loadHostedForm, openForm } from "@/server/public-form";

type HostedFormPageProps = PageProps<"/f/[form]">;

export async function generateMetadata({ params }: HostedFormPageProps): Promise<Metadata> {
  const [t, { seller }] = [
    await getTranslations("publicForm"),
    await loadHostedForm((await params).form),
  ];
  return { title: { absolute: t("title", { seller }) } };
}

export default async function HostedFormPage({ params, searchParams }: HostedFormPageProps) {
  const { form: address } = await params;
  const isAgain = "again" in (await searchParams);
  const [t, locale] = [await getTranslations("publicForm"), await getLocale()];
  const url = `${env().PUBLIC_URL}/f/${address}`;
  const { form, token, page } = await openForm(address, (form) =>
    describePage(form, { url, locale, t }),
  );
  return (
    <PublicFrame seller={form.seller} title={t("title", { seller: form.seller })}>
      <p>{t("lead")}</p>
      <HostedForm
        address={address}
        token={token}
        page={page}
        name={form.settings.name}
        email={form.settings.email}
        state={isAgain ? await readFormState() : noFormState}
        disclosures={selectDisclosures(form, locale).map(({ id, language, text }) => {
          return { id, language, text };
        })}
      />
    </PublicFrame>
  );
}

type Page = {
  /** Address at which people reach the page. */
  url: string;
  locale: string;
  t: ReturnType<typeof useTranslations<"publicForm">>;
};

/** Maximum length of the recorded page text; the disclosures are recorded in full. */
const TEXT_MAX = 24_000;

const FIELDS = ["phone", "name", "email"] as const;

/** Describes what the hosted page shows. This goes on record when the person sends the form. */
function describePage(form: ShownForm, { url, locale, t }: Page): HostedPage {
  const title = t("title", { seller: form.seller });
  const shown = selectDisclosures(form, locale);
  const labels = FIELDS.flatMap((field) =>
    field === "phone" || form.settings[field] !== "none" ? [t(field)] : [],
  );
  const texts = shown.map(({ text }) => text);
  return {
    url,
    title: title.slice(0, 500),
    language: locale,
    text: [title, t("lead"), ...labels, ...texts, t("send")].join("\n").slice(0, TEXT_MAX),
    disclosures: shown.map(({ id, version }) => ({ id, version })),
  };
}
