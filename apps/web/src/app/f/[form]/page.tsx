import type { Metadata } from "next";
import { getLocale, getTranslations } from "next-intl/server";
import { HostedForm } from "@/features/public-form/hosted-form";
import { PublicFrame } from "@/components/public-frame";
import { shownDisclosures } from "@/features/public-form/shown-disclosures";
import { keptState, nothingKept } from "@/server/kept-state";
import { hostedForm } from "@/server/public-form";

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
  const isAgain = "again" in (await searchParams);
  const [t, locale, form] = [
    await getTranslations("publicForm"),
    await getLocale(),
    await hostedForm(address),
  ];
  return (
    <PublicFrame seller={form.seller} title={t("title", { seller: form.seller })}>
      <p>{t("lead")}</p>
      <HostedForm
        address={address}
        token={form.token}
        issuedAt={form.issuedAt.toISOString()}
        name={form.settings.name}
        email={form.settings.email}
        state={isAgain ? await keptState() : nothingKept}
        disclosures={shownDisclosures(form, locale).map(({ id, language, text }) => {
          return { id, language, text };
        })}
      />
    </PublicFrame>
  );
}
