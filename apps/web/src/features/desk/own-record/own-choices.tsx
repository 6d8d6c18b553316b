import type { OwnRecord } from "@ringfence/services/desk/own-record";
import { useFormatter, useTranslations } from "next-intl";
import { PublicLink } from "@/components/public-page";
import { PublicSubmit } from "@/components/public-submit";
import { Checkbox } from "@/components/fields";
import { Section } from "@/components/page-layout";
import { declineOwnTopics } from "./actions";

type OwnTopicsProps = Pick<OwnRecord, "purposes"> & {
  /** The organization's part of the URL, and the encrypted id of the person whose record this is. */
  page: { address: string; owner: string };
};

/** Lets the person stop calls about some topics. Calls about the others stay as they are. */
export function OwnTopics({ purposes, page }: OwnTopicsProps) {
  const t = useTranslations("ownRecord");
  return (
    <Section title={t("topics")}>
      <form action={declineOwnTopics.bind(null, page)} className="grid gap-3 pt-3">
        <fieldset className="grid gap-1.5">
          <legend className="pb-2">{t("topicsLead")}</legend>
          {purposes.map(({ key, name }) => (
            <Checkbox key={key} name="topic" value={key} label={name} />
          ))}
        </fieldset>
        <PublicSubmit busy={t("sending")} isQuiet>
          {t("topicsSend")}
        </PublicSubmit>
      </form>
    </Section>
  );
}

type OwnAgreementsProps = Pick<OwnRecord, "purposes"> & {
  /** The forms, each with its address. */
  forms: readonly (OwnRecord["forms"][number] & { href: string })[];
};

/** Leads to the forms with which the person agrees, by a code to their own phone. */
export function OwnAgreements({ forms, purposes }: OwnAgreementsProps) {
  const t = useTranslations("ownRecord");
  const format = useFormatter();
  const toPurposeName = (key: string) => purposes.find((one) => one.key === key)?.name ?? key;
  if (forms.length === 0) return null;
  return (
    <Section title={t("agree")}>
      <p className="pt-3">{t("agreeLead")}</p>
      <ul>
        {forms.map(({ address, href, texts }) => (
          <li key={address} className="grid gap-2 border-b border-line py-3">
            {texts.map(({ id, seller, title, language, purposes: keys }) => (
              <p key={id}>
                <span lang={language}>{title}</span>
                <span className="block text-base text-muted">
                  {format.list([seller, ...keys.map(toPurposeName)])}
                </span>
              </p>
            ))}
            <PublicLink href={href}>{t("agreeOpen")}</PublicLink>
          </li>
        ))}
      </ul>
    </Section>
  );
}
