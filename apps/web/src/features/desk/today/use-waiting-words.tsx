import type { Need } from "@ringfence/services/desk/today";
import { useTranslations } from "next-intl";
import { LocalTime } from "@/components/local-time";

type Waiting = Need & {
  kind:
    | "opt-outs-misread"
    | "questions-open"
    | "complaints-open"
    | "corrections-open"
    | "bursts-open"
    | "burst-liftings-open";
};

/** How much of what people said waits, and since when, in words. */
export function useWaitingWords() {
  const t = useTranslations("need");
  return ({ kind, count, oldest }: Waiting) => ({
    title: t(`${kind}.title`, { count }),
    body: t(`${kind}.body`, { count }),
    due: t.rich("oldest", { time: () => <LocalTime instant={oldest} /> }),
  });
}
