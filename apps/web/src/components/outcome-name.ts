import { useTranslations } from "next-intl";

/** Returns a function that names the outcome of a call. One that only the dialer knows stays as it wrote it. */
export function useOutcomeName() {
  const t = useTranslations("timeline.outcome");
  return (outcome: string | null) => (isKnownOutcome(outcome) ? t(outcome) : outcome);
}

const isKnownOutcome = (outcome: string | null) =>
  outcome === "reached" || outcome === "no_answer" || outcome === "busy" || outcome === "failed";
