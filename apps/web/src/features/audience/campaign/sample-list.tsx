import type { readPreflight } from "@ringfence/services/audience/campaign";
import { useTranslations } from "next-intl";
import { PersonName } from "@/components/person-name";
import { PhoneText } from "@/components/phone-text";

type Sample = Awaited<ReturnType<typeof readPreflight>>["sample"];

/** Some who could be called, and what an operator would say to them. */
export function SampleList({ sample }: { sample: Sample }) {
  const t = useTranslations("campaign");
  if (sample.length === 0) return <p className="py-2.5 text-muted">{t("noSample")}</p>;
  return (
    <ul>
      {sample.map(({ ordinal, name, externalId, phones, language, script, offer }) => (
        <li key={ordinal} className="grid gap-1 border-b border-line py-2.5">
          <p>
            <b>
              <PersonName name={name} externalId={externalId} />
            </b>{" "}
            {phones.map((phone) => (
              <span key={phone} className="pr-2 text-sm text-muted">
                <PhoneText phone={phone} />
              </span>
            ))}
          </p>
          {offer !== null && <p className="text-sm text-muted">{t("offered", { offer })}</p>}
          <blockquote lang={language} className="max-w-[46rem] whitespace-pre-line">
            {script}
          </blockquote>
        </li>
      ))}
    </ul>
  );
}
