import { useTranslations } from "next-intl";

/** Where a call can be heard: a link, unless it is kept under a name that no browser can open. */
export function RecordingLink({ recording }: { recording: string }) {
  const t = useTranslations("recording");
  if (!/^https?:\/\//i.test(recording) || !URL.canParse(recording)) {
    return <span className="break-words">{t("keptAt", { recording })}</span>;
  }
  return (
    <a href={recording} target="_blank" rel="noreferrer">
      {t("listen", { host: new URL(recording).host })}
    </a>
  );
}
