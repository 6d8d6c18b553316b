import { Phone } from "@ringfence/core/people/phone";
import { useTranslations } from "next-intl";
import { CopyButton } from "@/components/copy-button";
import { LineFacts } from "@/components/line-facts";
import { OfflineLinks } from "@/components/offline-links";
import { PhoneLink } from "@/components/phone-link";
import type { Contact } from "./contact-facts";

type ContactPhonesProps = {
  /** `stopAddress` is where its person refuses calls to it. */
  phones: readonly (Contact["phones"][number] & { stopAddress: string | null })[];
  /** Why the member is given no stop links. */
  whyNoLinks: string | undefined;
  mayRecordConsents: boolean;
};

/** The numbers of a person, and the link by which each is refused. A refusal for one holds for all. */
export function ContactPhones({ phones, whyNoLinks, mayRecordConsents }: ContactPhonesProps) {
  const t = useTranslations("contact");
  if (phones.length === 0) return <p className="pt-2.5 text-muted">{t("noPhones")}</p>;
  return (
    <>
      <ul>
        {phones.map(({ id, e164, line, stopAddress }) => (
          <li key={id} className="grid gap-1 border-b border-line py-2">
            <span className="font-medium">
              {e164 ? <PhoneLink phoneId={id} phone={e164} /> : t("erased")}
            </span>
            {e164 && <LineFacts line={line} phone={Phone.parse(e164)} />}
            {e164 && mayRecordConsents && <OfflineLinks subject={{ phoneId: id }} hasConsents />}
            {stopAddress && (
              <span className="flex flex-wrap items-center gap-2 text-sm">
                <span className="text-muted">{t("stopLink")}</span>
                <span className="font-mono break-all">{stopAddress}</span>
                <CopyButton text={stopAddress} />
              </span>
            )}
          </li>
        ))}
      </ul>
      <p className="max-w-[38rem] pt-2 text-sm text-pretty text-muted">
        {whyNoLinks === undefined ? t("stopLinkBody") : t("stopLinkNot", { why: whyNoLinks })}
      </p>
    </>
  );
}
