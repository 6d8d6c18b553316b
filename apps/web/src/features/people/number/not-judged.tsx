import { useTranslations } from "next-intl";
import { Banner } from "@/components/banner";
import { PageHead } from "@/components/page-head";
import { AskForm } from "./ask-form";

/** What was asked cannot be judged: there is no seller yet, or it is not the member's to ask for. */
export function NotJudged({ fault }: { fault: string }) {
  const t = useTranslations("number");
  return (
    <>
      <PageHead title={t("title")} />
      <div className="mb-5">
        <AskForm />
      </div>
      <Banner title={fault} />
    </>
  );
}
