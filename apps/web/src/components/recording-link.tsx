import { useTranslations } from "next-intl";

/** Link to the recording of a call, or its name if no browser can open it. */
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
