import type { Metadata } from "next";
import { getLocale, getTranslations } from "next-intl/server";
import { HostedForm } from "@/features/consents/public-form/hosted/hosted-form";
import { PublicFrame } from "@/components/public-frame";
import {
  describePage,
  selectDisclosures,
} from "@/features/consents/public-form/hosted/describe-page";
import { keptState, nothingKept } from "@/server/kept-state";
import { env } from "@/env";
import { hostedForm, openForm } from "@/server/public-form";

type HostedFormPageProps = PageProps<"/f/[form]">;

export async function generateMetadata({ params }: HostedFormPageProps): Promise<Metadata> {
  const [t, { seller }] = [
    await getTranslations("publicForm"),
    await hostedForm((await params).form),
  ];
  return { title: { absolute: t("title", { seller }) } };
}

export default async function HostedFormPage({ params, searchParams }: HostedFormPageProps) {
  const { form: address } = await params;
  await hostedForm(address); // redirects if the form is printed
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
        state={isAgain ? await keptState() : nothingKept}
        disclosures={selectDisclosures(form, locale).map(({ id, language, text }) => {
          return { id, language, text };
        })}
      />
    </PublicFrame>
  );
}
