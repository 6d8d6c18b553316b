import { useTranslations } from "next-intl";
import { answerConfirmation } from "./answer-confirmation";
import { PublicSubmit } from "@/components/public-submit";

type AnswerFormProps = { link: string; answer: "confirm" | "disown" };

/** One answer, one tap. Not by the link alone: mail scanners open links. */
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
