import {
  type HostedPage,
  listChoices,
  parseFormAddress,
} from "@ringfence/core/consents/capture-form";
import { type OwnForm, openOwnForm, readOwnForm } from "@ringfence/services/consents/capture-form";
import type { Metadata } from "next";
import { getLocale, getTranslations } from "next-intl/server";
import { notFound, redirect } from "next/navigation";
import { PublicFrame, PublicLink } from "@/components/public-page";
import { env } from "@/env";
import { selectDisclosures } from "@/features/consents/capture-form/hosted/select-disclosures";
import { PersonFields } from "@/features/consents/capture-form/hosted/hosted-form";
import { OwnAgreement } from "@/features/desk/own-record/own-agreement";
import { findOpenedRecord, loadOwnPage } from "@/server/own-record";
import { noFormState, orNotFound, readFormState } from "@/server/public-form";
import { addRequestedLanguage } from "@/server/request-path";
import { safePath } from "@/server/safe-path";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("ownRecord");
  return { title: { absolute: t("agree") } };
}

/** Shows the texts of a form to a person whose record is open, so that they can agree. The opt-out stays first. */
export default async function OwnAgreementPage({
  params,
  searchParams,
}: PageProps<"/my/[organization]/agree/[form]">) {
  const { organization: address, form: formAddress } = await params;
  const isAgain = "again" in (await searchParams);
  const visitor = await loadOwnPage(address);
  const opened = await findOpenedRecord(visitor.organizationId);
  if (opened === null) redirect(safePath(await addRequestedLanguage(`/my/${address}`)));
  const named = parseFormAddress(formAddress);
  if (named?.organizationId !== visitor.organizationId) notFound();

  const { formId } = named;
  const form = await orNotFound(() => readOwnForm(opened.ctx, { formId }));
  const t = await getTranslations("ownRecord");
  const words = await getTranslations("publicForm");
  const locale = await getLocale();
  const title = words("title", { seller: form.seller });
  const url = `${env().PUBLIC_URL}/my/${address}/agree/${formAddress}`;
  const shown = {
    formId,
    version: form.version,
    page: await describePage(form, { url, title, locale }),
  };
  const { token, page } = await orNotFound(() => openOwnForm(opened.ctx, shown));
  const state = isAgain ? await readFormState() : noFormState;
  return (
    <PublicFrame seller={form.seller} title={title} hasLanguages>
      <PublicLink href={await addRequestedLanguage(`/stop/${address}`)}>{t("stop")}</PublicLink>
      <p>{words("lead")}</p>
      <OwnAgreement
        form={form}
        texts={selectDisclosures(form, locale)}
        purposes={form.purposes}
        address={address}
        formAddress={formAddress}
        token={token}
        page={page}
        state={state}
      >
        <PersonFields name={form.settings.name} email={form.settings.email} state={state} />
      </OwnAgreement>
      <p className="text-base">
        <a href={await addRequestedLanguage(`/my/${address}`)}>{t("agreeBack")}</a>
      </p>
    </PublicFrame>
  );
}

/** Maximum length of the recorded page text; the disclosures are recorded in full. */
const TEXT_MAX = 24_000;

type Page = { url: string; title: string; locale: string };

/** Describes what the page shows. This goes on record when the person agrees. */
async function describePage(form: OwnForm, { url, title, locale }: Page): Promise<HostedPage> {
  const t = await getTranslations("ownRecord");
  const words = await getTranslations("publicForm");
  const shown = selectDisclosures(form, locale);
  const notices = {
    counts: [],
    handed: [t("agreeHanded"), t("agreeHandedBody")],
    refused: [t("agreeRefused"), t("agreeRefusedBody")],
  };
  const labels = (["name", "email"] as const).flatMap((field) =>
    form.settings[field] === "none" ? [] : [words(field)],
  );
  const texts = shown.flatMap(({ text, terms }) => {
    const { purposes, channels } = listChoices(terms);
    const names = purposes.map((key) => form.purposes.find((one) => one.key === key)?.name ?? key);
    const ways = channels.map((channel) => t(`agreeChannels.${channel}`));
    const isSingle = names.length + ways.length === 0;
    return [terms.title, text, ...names, ...ways, ...(isSingle ? [t("agreeBox")] : [])];
  });
  const parts = [
    title,
    words("lead"),
    ...notices[form.effect],
    ...labels,
    ...texts,
    t("agreeSend"),
  ];
  return {
    url,
    title: title.slice(0, 500),
    language: locale,
    text: parts.join("\n").slice(0, TEXT_MAX),
    disclosures: shown.map(({ id, version }) => ({ id, version })),
  };
}
