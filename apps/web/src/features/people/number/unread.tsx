import { say } from "@ringfence/core/platform/message";
import type { Message } from "@ringfence/core/platform/message";
import { CircleAlert } from "lucide-react";
import { useLocale, useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { PageHead } from "@/components/page-head";
import { AskForm } from "./ask-form";
import type { Look } from "./look";

type UnreadProps = { typed: string; fault: Message; look: Look };

/** What was typed is no number, and why: nothing else is looked at. */
export function Unread({ typed, fault, look }: UnreadProps) {
  const t = useTranslations("number");
  const verdict = useTranslations("verdict");
  const locale = useLocale();
  const { seller, purpose, dialer } = look;
  return (
    <>
      <PageHead title={t("title")} />
      <AskForm
        value={typed}
        look={{ seller, purpose, dialer }}
        describedBy="unread"
        isInvalid
        hasFocus
      />
      <section
        aria-label={verdict("label")}
        className="mt-7 grid grid-cols-[auto_minmax(0,1fr)] gap-x-3.5"
      >
        <CircleAlert aria-hidden strokeWidth={1.75} className="size-9 text-refuse md:size-11" />
        <p id="unread" className="max-w-[50rem] text-xl text-pretty md:text-2xl">
          {t.rich("unread", {
            no: (text: ReactNode) => <strong className="text-refuse">{text}</strong>,
            sentence: say(locale, fault),
          })}
        </p>
      </section>
    </>
  );
}
