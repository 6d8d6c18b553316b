import { useLocale, useTranslations } from "next-intl";
import { Empty } from "@/components/empty";
import { PageHead } from "@/components/page-head";
import { AskForm } from "./ask-form";
import { placeName } from "./place-name";

type NothingAskedProps = {
  /** Of an address that opens no longer. */
  isOver: boolean;
  /** ISO 3166-1: the country of a number that names none. */
  homeRegion: string;
};

/** Before the first number, or after a look that is over. */
export function NothingAsked({ isOver, homeRegion }: NothingAskedProps) {
  const t = useTranslations("number");
  return (
    <>
      <PageHead title={t("title")} />
      <AskForm hasFocus describedBy="hint" />
      <p id="hint" className="mt-1 text-xs text-muted">
        {t("hint", { country: placeName(useLocale(), homeRegion) })}
      </p>
      <Empty title={t(isOver ? "again" : "empty")}>{t(isOver ? "againBody" : "emptyBody")}</Empty>
    </>
  );
}
