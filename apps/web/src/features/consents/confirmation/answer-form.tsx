import { useTranslations } from "next-intl";
import { answerConfirmation, submitCode } from "./answer";
import { PublicSubmit } from "@/components/public-submit";
import { PublicCode, PublicForm } from "@/components/public-page";

type AnswerFormProps = { link: string; answer: "confirm" | "disown" };

/** Button for one answer. Opening the link is not enough, because mail scanners open links. */
export function AnswerForm({ link, answer }: AnswerFormProps) {
  const t = useTranslations("publicForm");
  return (
    <form action={answerConfirmation.bind(null, link)}>
      <input type="hidden" name="answer" value={answer} />
      <PublicSubmit busy={t("sending")} isQuiet={answer === "disown"}>
        {t(answer)}
      </PublicSubmit>
    </form>
  );
}

type CodeFormProps = { address: string; reference: string; isWrong: boolean };

/** Form for the code from the message. */
export function CodeForm({ isWrong, ...place }: CodeFormProps) {
  const t = useTranslations("publicForm");
  return (
    <PublicForm action={submitCode.bind(null, place)} hasFault={isWrong}>
      <PublicCode label={t("code")} fault={isWrong ? t("wrongCode") : undefined} />
      <PublicSubmit busy={t("sending")}>{t("confirm")}</PublicSubmit>
    </PublicForm>
  );
}
