import { useTranslations } from "next-intl";
import { PageHead } from "@/components/page-head";
import { groupPhone } from "@/i18n/group-phone";
import { AskForm } from "../ask-form";

type CallHeadProps = { phone: string };

/** Who is on the line, and the field for the next. */
export function CallHead({ phone }: CallHeadProps) {
  const t = useTranslations("call");
  return (
    <>
      <PageHead title={t("title")} />
      <div className="mb-6">
        <AskForm value={groupPhone(phone)} isQuiet place="call" />
      </div>
    </>
  );
}
