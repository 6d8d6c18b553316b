"use client";
import type { QuestionId } from "@ringfence/core/ids";
import type { listQuestions } from "@ringfence/services/do-not-call/inbound";
import { useMutation } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { Button } from "@/components/buttons";
import { LocalTime } from "@/components/dates";
import { PhoneText } from "@/components/people";
import { MessageText } from "@/components/message-text";
import { showToast } from "@/components/toast";
import { useTRPC } from "@/trpc/client";

type Question = Awaited<ReturnType<typeof listQuestions>>["items"][number];

type QuestionListProps = { questions: readonly Question[]; whyNot: string | undefined };

/**
 * Lists messages that may be opt-outs. An opt-out that a member confirms is in force from the time of the
 * message.
 */
export function QuestionList({ questions, whyNot }: QuestionListProps) {
  const t = useTranslations("questions");
  const channels = useTranslations("optOuts.channels");
  const answer = useAnswer();
  const say = (questionId: QuestionId, isRefusal: boolean) =>
    answer.mutate({ questionId, isRefusal });
  return (
    <ul>
      {questions.map(({ id, phone, channel, text, pattern, receivedAt }) => (
        <li
          key={id}
          className="grid gap-2 border-b border-line py-2.5 sm:grid-cols-[minmax(0,1fr)_auto]"
        >
          <div>
            <p>
              <Asked {...{ text, pattern }} />
            </p>
            <p className="text-sm text-muted">
              {phone ? <PhoneText phone={phone} /> : t("noPhone")}, {channels(channel)},{" "}
              <LocalTime instant={receivedAt} />
            </p>
          </div>
          <div className="flex flex-wrap items-start gap-2">
            <Button
              size="small"
              whyNot={whyNot}
              disabled={answer.isPending}
              onClick={() => say(id, true)}
            >
              {t("refusal")}
            </Button>
            {whyNot === undefined && (
              <Button size="small" disabled={answer.isPending} onClick={() => say(id, false)}>
                {t("other")}
              </Button>
            )}
          </div>
        </li>
      ))}
    </ul>
  );
}

/** Shows what the person said, or else the pattern in the ends of their calls. */
function Asked({ text, pattern }: Pick<Question, "text" | "pattern">) {
  const t = useTranslations("questions");
  if (pattern !== null) return <MessageText message={pattern} />;
  return text === "" ? t("erased") : t("said", { text });
}

function useAnswer() {
  const t = useTranslations("questions");
  const trpc = useTRPC();
  const router = useRouter();
  return useMutation(
    trpc.inbound.answer.mutationOptions({
      onSuccess({ reference }) {
        if (reference) showToast({ tone: "done", title: t("recorded", { reference }) });
        router.refresh();
      },
      onError: ({ message }) => showToast({ tone: "bad", title: message }),
    }),
  );
}
