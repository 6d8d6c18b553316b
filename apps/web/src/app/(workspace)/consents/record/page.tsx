import { CaptureFormId, PhoneId } from "@ringfence/core/ids";
import type { Metadata } from "next";
import { getLocale, getTranslations } from "next-intl/server";
import { createLoader, parseAsInteger, parseAsString } from "nuqs/server";
import { FormPage } from "@/components/form-page";
import { RecordOffline } from "@/features/consents/consent/record-offline/record-offline";
import { groupPhone } from "@/i18n/group-phone";
import { api, loadChoices, loadOrExplain } from "@/server/caller";
import { requireMember } from "@/server/current-member";
import { unsealText } from "@/server/sealed-search";

/** Query parameters: a phone on record or a sealed number, and the signed form as its QR code names it. */
const load = createLoader({
  phone: parseAsString,
  asked: parseAsString,
  form: parseAsString,
  version: parseAsInteger.withDefault(0),
});

/** The title leaves out the number, because browsers keep page titles in their history. */
export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("recordConsent");
  return { title: t("title") };
}

/** Records what a person said in a call or signed on paper, with the file that proves it. */
export default async function RecordConsentPage({ searchParams }: PageProps<"/consents/record">) {
  const member = await requireMember("consent.record");
  const query = await load(searchParams);
  const typed = query.asked && (await unsealText(query.asked));
  const [t, locale, organization, forms, choices, person] = await Promise.all([
    getTranslations("recordConsent"),
    getLocale(),
    api.organization.read(),
    api.captureForm.list(),
    loadChoices(member),
    findPerson(query.phone),
  ]);
  // Closed forms too, but last: people may have signed one before it was closed.
  const published = forms
    .filter(({ version }) => version > 0)
    .toSorted((a, b) => Number(a.closedAt !== null) - Number(b.closedAt !== null))
    .map(({ id, name, kind }) => ({ id, name, kind }));
  const signed = published.find(({ id }) => id === CaptureFormId.safeParse(query.form).data);
  return (
    <FormPage title={t("title")} note={t("note")}>
      <RecordOffline
        choices={{ ...choices, forms: published }}
        homeRegion={organization.homeRegion}
        isRefused={person?.isRefused ?? false}
        initial={{
          language: locale,
          ...(typed && { phone: typed }),
          ...(person && { phone: groupPhone(person.phone) }),
          ...(signed && { means: "paper", formId: signed.id, version: query.version }),
        }}
      />
    </FormPage>
  );
}

/**
 * Finds the number of a phone, and whether its person has opted out. Null if there is no number to fill in.
 */
async function findPerson(phone: string | null) {
  const { data: phoneId } = PhoneId.safeParse(phone);
  if (phoneId === undefined) return null;
  const { got } = await loadOrExplain(api.phone.read({ phoneId }));
  const answer = got?.judged?.answer;
  if (!answer?.phone) return null;
  const isRefused = answer.refusals.some(({ reason }) => reason === "opted-out");
  return { phone: answer.phone, isRefused };
}
