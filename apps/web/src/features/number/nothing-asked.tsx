import { useTranslations } from "next-intl";
import { Empty } from "@/components/empty";
import { PageHead } from "@/components/page-head";
import { AskForm } from "./ask-form";

/** Before the first number, or after a look that is over. */
export function NothingAsked({ isOver }: { isOver: boolean }) {
  const t = useTranslations("number");
  return (
    <>
      <PageHead title={t("title")} />
      <AskForm hasFocus />
      <Empty title={t(isOver ? "again" : "empty")}>{t(isOver ? "againBody" : "emptyBody")}</Empty>
    </>
  );
}
