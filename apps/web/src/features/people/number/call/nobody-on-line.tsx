import { type Message, say } from "@ringfence/core/platform/message";
import { useLocale, useTranslations } from "next-intl";
import { Banner } from "@/components/banner";
import { Empty } from "@/components/empty";
import { PageHead } from "@/components/page-head";
import { AskForm } from "../ask-form";

type NobodyOnLineProps = {
  /** Of an address that opens no longer. */
  isOver?: boolean;
  typed?: string;
  /** Why nothing is shown of what was typed. */
  fault?: Message | string | null;
};

/** Before the first call, between two, or where what was typed is no number. */
export function NobodyOnLine({ isOver = false, typed, fault = null }: NobodyOnLineProps) {
  const t = useTranslations("call");
  const locale = useLocale();
  const said = fault === null || typeof fault === "string" ? fault : say(locale, fault);
  return (
    <>
      <PageHead title={t("title")} />
      <AskForm
        {...(typed !== undefined && { value: typed })}
        {...(said !== null && { describedBy: "fault", isInvalid: true })}
        hasFocus
        place="call"
      />
      {said === null ? (
        <Empty title={t(isOver ? "again" : "empty")}>{t("emptyBody")}</Empty>
      ) : (
        <div id="fault" className="mt-5">
          <Banner tone="bad" title={said} />
        </div>
      )}
    </>
  );
}
