import { PhoneId } from "@ringfence/core/ids";
import type { ConsentListItem } from "@ringfence/services/consents/consent";
import type { Metadata } from "next";
import { getFormatter, getLocale, getTranslations } from "next-intl/server";
import { notFound } from "next/navigation";
import { createLoader, parseAsString } from "nuqs/server";
import { Banner } from "@/components/banner";
import { FormPage } from "@/components/form-page";
import { Empty } from "@/components/page-layout";
import { PhoneLink } from "@/components/people";
import { LetterForm } from "@/features/consents/consent/letter/letter-form";
import { formatInstant } from "@/i18n/format-time";
import { api, loadOrExplain } from "@/server/caller";
import { requireMember } from "@/server/current-member";

const load = createLoader({ phone: parseAsString });

/** More consents than any person gives to one organization. */
const MAX_CONSENTS = 200;

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("recordLetter");
  return { title: t("title") };
}

/** Records a withdrawal that arrived by letter. */
export default async function RecordLetterPage({ searchParams }: PageProps<"/consents/withdraw">) {
  const { zone } = await requireMember("consent.record");
  const { phone } = await load(searchParams);
  const phoneId = PhoneId.safeParse(phone).data ?? notFound();
  const t = await getTranslations("recordLetter");
  const { got } = await loadOrExplain(api.phone.read({ phoneId }));
  const number = got?.judged?.answer.phone ?? null;
  if (number === null) return <Empty title={t("erased")}>{t("erasedBody")}</Empty>;

  const { items } = await api.consent.list({ search: number, limit: MAX_CONSENTS });
  const standing = items.filter(isStanding);
  const [format, locale, purposes] = await Promise.all([
    getFormatter(),
    getLocale(),
    api.purpose.list(),
  ]);
  const names = new Map<string, string>(purposes.map(({ key, name }) => [key, name]));
  const consents = standing.map(({ id, seller, purposes, at }) => ({
    id,
    name: t("name", {
      seller,
      isData: String(purposes.length === 0),
      purposes: format.list(purposes.map((key) => names.get(key) ?? key)),
      day: formatInstant(locale, zone, at, "day"),
    }),
  }));
  return (
    <FormPage
      title={t("title")}
      note={<PhoneLink phoneId={phoneId} phone={number} />}
      missing={consents.length === 0 && { title: t("empty"), body: t("emptyBody") }}
    >
      <div className="max-w-[36rem] pt-4">
        <Banner title={t("before")}>{t("beforeBody")}</Banner>
      </div>
      <LetterForm phoneId={phoneId} consents={consents} />
    </FormPage>
  );
}

/** True unless the whole consent was withdrawn or found void. */
const isStanding = ({ standing, latest }: ConsentListItem) =>
  standing.length === 0
    ? latest !== "withdrawn" && latest !== "invalidated"
    : standing.some(({ status }) => status !== "withdrawn" && status !== "invalidated");
